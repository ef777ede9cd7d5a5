import BankEvents
public import ModuleKit
import VaultEvents

extension Vault {
    /// How many liens a user may have where the configuration does not say; 1 to `liensLimit` can be chosen.
    public static let liensMaxDefault: UInt32 = 32
    /// The most that can be chosen: a slash tells every holder.
    public static let liensLimit: UInt32 = 64
    /// The time over which slashes are added up where the configuration does not say: 21 days.
    public static let unbondingPeriodDefault = TimeSpan.days(21)

    /// Takes the settings of an instance, and claims the module account that keeps the collateral.
    ///
    ///     {
    ///         "denom": "uatom",
    ///         "local_staking": "local",          (a label or an address; null or absent for none)
    ///         "liens_max": 32,
    ///         "minimum_stake": "1",
    ///         "unbonding_period": "1814400s"
    ///     }
    ///
    /// Only the denomination is needed, and it is for good. A later configuration changes what it names, and nothing else.
    /// The unbonding period only grows: holders have paired with other chains on the promise that it is as long as theirs,
    /// and users have relied on the bound that it puts on slashes.
    ///
    /// - Throws: `wrongCollateralDenomination` for another denomination than before; `unbondingPeriodShortened`;
    ///   `invalidArgument` for an unknown setting; codespace `genesis` for a malformed or missing one.
    public func configure(_ configuration: JSONValue, _ context: Context) throws(ModuleError) {
        let field = JSONField(configuration)
        var settings = try present(or: field["denom"], context)
        for (name, field) in try field.members() {
            switch name {
            case "denom":
                guard try field.denom().text == settings.denom else {
                    throw ModuleError(
                        .wrongCollateralDenomination,
                        "the vault keeps \(settings.denom) for good: deploy another one for another denomination"
                    )
                }
            case "local_staking": settings.localStaking = try field.optional?.string() ?? ""
            case "liens_max": settings.liensMax = try liensMax(field)
            case "minimum_stake": settings.minimumStake = try field.amount().description
            case "unbonding_period":
                settings.unbondingPeriod = try unbondingPeriod(field, atLeast: try self.settings.value(in: context))
            default:
                throw ModuleError(
                    .invalidArgument,
                    "a vault has no setting at \(field.path): use denom, local_staking, liens_max, minimum_stake or "
                        + "unbonding_period"
                )
            }
        }
        let result = settings
        try context.emit(.with { $0.configured.settings = result })
    }

    /// The settings, or what a new instance has where its configuration names a denomination and nothing else.
    private func present(or denom: JSONField, _ context: Context) throws(ModuleError) -> VaultSettings {
        if let settings = try settings.value(in: context) { return settings }
        let denom = try denom.denom()
        return .with {
            $0.denom = denom.text
            $0.liensMax = Self.liensMaxDefault
            $0.minimumStake = Amount.one.description
            $0.unbondingPeriod = Self.unbondingPeriodDefault.nanoseconds
            $0.moduleAccount = VaultEvent.moduleAccount(of: context.identity.number).name
            $0.bech32Prefix = context.addresses.account
            $0.label = context.identity.label
        }
    }

    private func unbondingPeriod(_ field: JSONField, atLeast present: VaultSettings?) throws(ModuleError) -> UInt64 {
        let period = try field.timeSpan()
        if let present, period.nanoseconds < present.unbondingPeriod {
            throw ModuleError(
                .unbondingPeriodShortened,
                "the vault looks back \(TimeSpan(nanoseconds: present.unbondingPeriod)), which others rely on, and \(period) "
                    + "is shorter: keep it, or deploy another vault"
            )
        }
        return period.nanoseconds
    }

    private func liensMax(_ field: JSONField) throws(ModuleError) -> UInt32 {
        let count = try field.integer(as: UInt32.self)
        guard (1...Self.liensLimit).contains(count) else {
            throw field.invalid("a user can be allowed 1 to \(Self.liensLimit) liens; choose such a number")
        }
        return count
    }
}
