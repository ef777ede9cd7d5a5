import ControlChannel
import ConverterEvents
import IBC
import InterchainEvents
public import ModuleKit

extension Converter {
    /// Takes the settings of an instance, and binds its port when it is deployed.
    ///
    ///     {
    ///       "price_feed": "osmo-price",
    ///       "virtual_staking": "virtual-osmo",
    ///       "remote_denom": "uosmo",
    ///       "discount": "0.1",
    ///       "remote_endpoint": { "connection": "connection-0", "port": "mesh.osmo1…" },
    ///       "versions": { "minimum": "1.0.0", "maximum": "1.0.0" },
    ///       "packet_timeout": "24h",
    ///       "rewards": { "route": "ics20-memo", "transfer": "transfer", "channel": "channel-1" }
    ///     }
    ///
    /// A price feed and the remote denomination have to be there from the beginning. A reconfiguration names what
    /// changes, and the rest stays. What both chains have looked at before the channel was opened is fixed from then
    /// on: the price feed, the authority itself, the timeout of packets and the route of rewards are all that the authority may
    /// still change, and nobody else anything. `rewards` is replaced as a whole; see ``RewardSettingsReader``.
    ///
    /// The port is `mesh.` and the instance's address, and can't be chosen.
    ///
    /// - Throws: `converterSettingNotAllowed`, `converterSettingFixed`; codespace `genesis` for a missing or malformed
    ///   member; codespace `control` for versions; `portNotOwned`.
    public func configure(_ configuration: JSONValue, _ context: Context) throws(ModuleError) {
        let old = try settings.value(in: context)
        let new = try SettingsReader().read(configuration, over: old ?? initialSettings(context))
        try requireKeptDenomination(new, context)
        if let old {
            try requireChangeable(from: old, to: new, context)
        } else {
            try requireComplete(new)
        }
        try context.emit(.with { $0.configured.settings = new })
        if old == nil {
            try context.bind(try ModuleError.wrapping { () throws(IBCError) in try PortID(new.portID) })
        }
    }

    private func initialSettings(_ context: Context) -> ConverterSettings {
        .with {
            $0.portID = "mesh." + context.addresses.format(context.identity.address, as: .account)
            $0.discount = Decimal18.zero.description
            $0.minimumVersion = ControlVersionRange.standard.minimum.description
            $0.maximumVersion = ControlVersionRange.standard.maximum.description
            $0.packetTimeoutNanoseconds = TimeSpan.days(1).nanoseconds
            $0.operatorPrefix = context.addresses.validatorOperator
            $0.label = context.identity.label
        }
    }

    private func requireComplete(_ settings: ConverterSettings) throws(ModuleError) {
        guard !settings.priceFeed.isEmpty, !settings.remoteDenom.isEmpty else {
            throw ModuleError(
                .converterSettingNotAllowed,
                "a converter needs a price feed and the denomination that is pledged: set price_feed and remote_denom"
            )
        }
    }

    /// Checks what may change after the channel was open.
    private func requireChangeable(from old: ConverterSettings, to new: ConverterSettings, _ context: Context)
        throws(ModuleError)
    {
        guard try channel.value(in: context) != nil, old != new else { return }
        var allowed = old
        allowed.priceFeed = new.priceFeed
        allowed.packetTimeoutNanoseconds = new.packetTimeoutNanoseconds
        allowed.rewards = new.rewards
        if !new.hasRewards { allowed.clearRewards() }
        guard allowed == new else {
            throw ModuleError(
                .converterSettingFixed,
                "once the channel was open, only price_feed, packet_timeout and rewards can change: deploy a new converter for another "
                    + "pairing"
            )
        }
        try requireAuthority(to: "change settings once the channel was open", .converterSettingFixed, context)
    }
}
