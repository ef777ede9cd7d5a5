import ModuleKit
public import StakingEvents

extension SlashingEvent: PunishesValidators {
    /// What an event does to a validator; nothing for most.
    public var punishments: [ValidatorPunishment] {
        get throws(ModuleError) {
            switch event {
            case .downtimePunished(let event): return try event.punishments
            case .doubleSignPunished(let event): return try event.punishments
            case .unjailed(let event):
                let address = try Address(bytes: event.consensusAddress)
                return [ValidatorPunishment(consensusAddress: address, .unjail)]
            case .signingInfoImported(let event): return try event.punishments
            default: return []
            }
        }
    }
}

extension SlashingDowntimePunished {
    fileprivate var punishments: [ValidatorPunishment] {
        get throws(ModuleError) {
            let address = try Address(bytes: consensusAddress)
            let until = Timestamp(nanoseconds: jailedUntilNanoseconds)
            return try .slashing(address, fraction, since: infractionHeight, power: power)
                + [ValidatorPunishment(consensusAddress: address, .jail(until: until))]
        }
    }
}

extension SlashingDoubleSignPunished {
    fileprivate var punishments: [ValidatorPunishment] {
        get throws(ModuleError) {
            let address = try Address(bytes: equivocation.consensusAddress)
            return try .slashing(address, fraction, since: infractionHeight, power: equivocation.power)
                + [
                    ValidatorPunishment(consensusAddress: address, .jail(until: nil)),
                    ValidatorPunishment(consensusAddress: address, .tombstone),
                ]
        }
    }
}

extension SlashingSigningInfoImported {
    /// What a Cosmos chain keeps in `slashing` alone: until when a jailed validator is kept out, and whether for good.
    fileprivate var punishments: [ValidatorPunishment] {
        get throws(ModuleError) {
            guard isJailed else { return [] }
            let address = try Address(bytes: consensusAddress)
            if info.isTombstoned { return [ValidatorPunishment(consensusAddress: address, .tombstone)] }
            guard info.jailedUntilNanoseconds > 0 else { return [] }
            let until = Timestamp(nanoseconds: info.jailedUntilNanoseconds)
            return [ValidatorPunishment(consensusAddress: address, .jail(until: until))]
        }
    }
}

extension [ValidatorPunishment] {
    /// A slash, unless nothing is to be burned.
    fileprivate static func slashing(
        _ address: Address,
        _ fraction: String,
        since height: UInt64,
        power: UInt64
    ) throws(ModuleError) -> Self {
        let fraction = try Decimal18(fraction)
        guard !fraction.isZero else { return [] }
        let slash = ValidatorPunishment.Action.slash(fraction: fraction, infractionHeight: height, power: power)
        return [ValidatorPunishment(consensusAddress: address, slash)]
    }
}
