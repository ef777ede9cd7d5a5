import ModuleKit
public import StakingEvents

extension StandInSlash {
    /// The punishment.
    public var punishment: ValidatorPunishment {
        get throws(ModuleError) {
            ValidatorPunishment(
                consensusAddress: try Address(bytes: consensusAddress),
                .slash(fraction: try Decimal18(fraction), infractionHeight: infractionHeight, power: power)
            )
        }
    }
}

extension StandInJail {
    /// The punishment.
    public var punishment: ValidatorPunishment {
        get throws(ModuleError) {
            let until = untilNanoseconds == 0 ? nil : Timestamp(nanoseconds: untilNanoseconds)
            return ValidatorPunishment(consensusAddress: try Address(bytes: consensusAddress), .jail(until: until))
        }
    }
}

extension StandInTombstone {
    /// The punishment.
    public var punishment: ValidatorPunishment {
        get throws(ModuleError) {
            ValidatorPunishment(consensusAddress: try Address(bytes: consensusAddress), .tombstone)
        }
    }
}

extension StandInUnjail {
    /// The end of a punishment.
    public var punishment: ValidatorPunishment {
        get throws(ModuleError) {
            ValidatorPunishment(consensusAddress: try Address(bytes: consensusAddress), .unjail)
        }
    }
}
