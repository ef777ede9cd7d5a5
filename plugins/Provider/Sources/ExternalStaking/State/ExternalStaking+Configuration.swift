import ControlChannel
import ExternalStakingEvents
import IBC
import InterchainEvents
public import ModuleKit

extension ExternalStaking {
    /// Takes the settings of an instance, and binds its port, `mesh.` and the instance's address.
    ///
    ///     {
    ///       "vault": "vault",                           label or address
    ///       "rewards_denom": "ujuno",                   the consumer's own name of its token
    ///       "unbonding_period": "504h0m0s",
    ///       "slash_ratio": {                            of a stake, what an infraction costs
    ///         "double_sign": "0.2",                     and what a lien can lose at most
    ///         "offline": "0.1"                          stated only: nothing proves downtime here, and no packet slashes
    ///       },
    ///       "remote_endpoint": {"connection": "connection-0", "port": "mesh.juno1…"},
    ///       "versions": {"minimum": "1.0.0", "maximum": "1.0.0"},
    ///       "minimum_stake": "1",
    ///       "packet_timeout": "24h0m0s",
    ///       "validators_max": 1024,                     of the consumer that are ever known
    ///       "keys_max": 8,                              that the consumer names for each
    ///       "clock_drift": "10s",                       how far the clocks of the two chains may be apart
    ///       "bounty": "0"                               part of what is slashed for who brings the evidence; 0.1 at most
    ///       "rewards": {…}                              how they come, see `RewardSettingsReader`
    ///     }
    ///
    /// The first four are needed at the deployment; a later configuration keeps what it leaves out. Once the pairing
    /// has had its channel, only `minimum_stake`, `packet_timeout`, `validators_max`, `keys_max` and `rewards` can change:
    /// users have staked on the rest. `rewards` then takes the chain's authority, as at the converter: whoever names a channel
    /// says what stakers are paid in.
    ///
    /// - Throws: `invalidExternalStakingSetting`, `settingFixed`; `invalidArgument` for an unknown setting; codespace
    ///   `genesis` for a missing or malformed one, `control` for versions; `notFound` without Interchain;
    ///   `portNotOwned`.
    public func configure(_ configuration: JSONValue, _ context: Context) throws(ModuleError) {
        let old = try settings.value(in: context)
        let isPaired = try pairing.value(in: context) != nil
        var reader = SettingsReader(old ?? Self.standardSettings(context))
        try reader.read(JSONField(configuration), isFirst: old == nil)
        var read = reader.settings
        try read.nameVouchers(context)
        // Nothing can have come before, so users need to look at no channel but the last.
        if !isPaired, read.hasRewards { read.rewards.sources = read.rewards.sources.suffix(1) }
        let new = read
        if let old, isPaired, !new.isSamePairing(as: old) {
            throw ModuleError(
                .settingFixed,
                "the pairing has had its channel: only minimum_stake, packet_timeout, validators_max, keys_max and "
                    + "rewards can change; deploy another instance for other terms"
            )
        }
        if let old, isPaired, old.rewards != new.rewards { try requireAuthority(context) }
        _ = try context.interchain()
        try context.emit(.with { $0.configured.settings = new })
        guard old == nil else { return }
        try context.bind(try ModuleError.wrapping { () throws(IBCError) in try PortID(new.portID) })
    }

    /// - Throws: `settingFixed` for anybody but the chain's authority.
    private func requireAuthority(_ context: Context) throws(ModuleError) {
        guard let authority = try context.authority(), context.sender == authority else {
            throw ModuleError(
                .settingFixed,
                "the pairing has had its channel: how rewards come is changed by the chain's authority alone; make it the admin, and "
                    + "propose it there"
            )
        }
    }

    private static func standardSettings(_ context: Context) -> ExternalStakingSettings {
        .with {
            $0.minimumVersion = ControlVersionRange.standard.minimum.description
            $0.maximumVersion = ControlVersionRange.standard.maximum.description
            $0.minimumStake = "1"
            $0.packetTimeout = TimeSpan.hours(24).nanoseconds
            $0.validatorsMax = consumerValidatorsMaxDefault
            $0.keysMax = keysMaxDefault
            $0.clockDrift = clockDriftDefault.nanoseconds
            $0.bounty = "0"
            $0.portID = "mesh.\(context.addresses.format(context.identity.address, as: .account))"
            $0.bech32Prefix = context.addresses.account
            $0.label = context.identity.label
        }
    }
}

extension ExternalStakingSettings {
    /// Whether nothing has changed on which users have relied when they staked.
    fileprivate func isSamePairing(as other: ExternalStakingSettings) -> Bool {
        var same = other
        same.minimumStake = minimumStake
        same.packetTimeout = packetTimeout
        same.validatorsMax = validatorsMax
        same.keysMax = keysMax
        if hasRewards { same.rewards = rewards } else { same.clearRewards() }
        return self == same
    }
}
