import Bank
import MeshHost
import NativeStaking

/// The modules that this program runs, in their declared order.
enum StandardModules {
    /// The module set; its hash stands in every header, so a home made with another set says so.
    ///
    /// - Throws: `invalidModuleSet`, which a build with consistent modules never does.
    static func registry() throws(HostError) -> ModuleRegistry {
        try ModuleRegistry(Bank(), NativeStaking())
    }
}
