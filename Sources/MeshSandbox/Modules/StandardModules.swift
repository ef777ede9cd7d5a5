import Bank
import Converter
import Evidence
import ExternalStaking
import Governance
import Interchain
import LocalStaking
public import MeshHost
import NativeStaking
import PriceFeed
import RecommendedList
import Rewards
import Slashing
import Transfer
import Vault
import VirtualStaking

/// The modules that a chain of this program runs, in their declared order.
///
/// Governance, rewards and slashing stand right behind staking, whose events they follow: before all that answer these events
/// with more stake.
public enum StandardModules {
    /// The module set; its hash stands in every header, so a home made with another set says so.
    ///
    /// - Throws: `invalidModuleSet`, which a build with consistent modules never does.
    public static func registry() throws(HostError) -> ModuleRegistry {
        try ModuleRegistry(
            Bank(),
            NativeStaking(),
            Governance(),
            Rewards(),
            Slashing(),
            Interchain(),
            Transfer(),
            ValidatorEvidence(),
            Vault(),
            LocalStaking(),
            ExternalStaking(),
            RecommendedList(),
            PriceFeed(),
            Converter(),
            VirtualStaking()
        )
    }
}
