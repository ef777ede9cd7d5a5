import ModuleKit
import StakingEvents

extension StakingState {
    func apply(_ event: StakingValidatorCreated, to state: StateWriter) throws(ModuleError) {
        let validator = try Address(bech32: event.validator)
        let profile = StakingValidatorProfile.with {
            $0.consensusKey = event.consensusKey
            $0.description_p = event.description_p
            $0.commission = event.commission
            $0.minSelfDelegation = event.minSelfDelegation
        }
        try insert(validator, profile, ValidatorStake(), in: state)
    }

    /// Adds a validator under its keys.
    func insert(
        _ validator: Address,
        _ profile: StakingValidatorProfile,
        _ stake: ValidatorStake,
        in state: StateWriter
    ) throws(ModuleError) {
        try profiles.set(profile, for: validator, in: state)
        try stakes.set(stake, for: validator, in: state)
        let consensusAddress = try Address(ed25519PublicKey: [UInt8](profile.consensusKey))
        try validatorsByConsensusAddress.set(validator, for: consensusAddress, in: state)
        try rank(validator, from: nil, to: stake, try currentRules(state).powerReduction, in: state)
    }

    func apply(_ event: StakingValidatorEdited, to state: StateWriter) throws(ModuleError) {
        let validator = try Address(bech32: event.validator)
        var profile = try profile(of: validator, in: state)
        profile.description_p = event.description_p
        profile.commission = event.commission
        profile.minSelfDelegation = event.minSelfDelegation
        try profiles.set(profile, for: validator, in: state)
    }

    func apply(_ event: StakingValidatorRemoved, to state: StateWriter) throws(ModuleError) {
        let validator = try Address(bech32: event.validator)
        let stake = try stake(of: validator, in: state)
        guard stake.shares.isZero, stake.status == .unbonded else {
            throw Self.doesNotFit("the removal of a validator that has stake")
        }
        let profile = try profile(of: validator, in: state)
        try profiles.remove(validator, in: state)
        try stakes.remove(validator, in: state)
        let consensusAddress = try Address(ed25519PublicKey: [UInt8](profile.consensusKey))
        try validatorsByConsensusAddress.remove(consensusAddress, in: state)
        try rank(validator, from: stake, to: nil, try currentRules(state).powerReduction, in: state)
    }

    func apply(_ event: StakingValidatorUnbonded, to state: StateWriter) throws(ModuleError) {
        let validator = try Address(bech32: event.validator)
        try changeStake(of: validator, in: state) { (stake) throws(ModuleError) in
            try unbondingValidators.move(validator, from: stake.unbondingTime, to: nil, in: state)
            stake.status = .unbonded
            stake.unbondingHeight = 0
            stake.unbondingTime = .epoch
        }
    }

    func apply(_ event: StakingValidatorJailed, to state: StateWriter) throws(ModuleError) {
        try changeStake(of: try Address(bech32: event.validator), in: state) { (stake) throws(ModuleError) in
            stake.isJailed = true
            stake.jailedUntil = max(stake.jailedUntil, Timestamp(nanoseconds: event.untilNanoseconds))
        }
    }

    func apply(_ event: StakingValidatorUnjailed, to state: StateWriter) throws(ModuleError) {
        try changeStake(of: try Address(bech32: event.validator), in: state) { (stake) throws(ModuleError) in
            stake.isJailed = false
        }
    }

    func apply(_ event: StakingValidatorTombstoned, to state: StateWriter) throws(ModuleError) {
        try changeStake(of: try Address(bech32: event.validator), in: state) { (stake) throws(ModuleError) in
            stake.isTombstoned = true
        }
    }
}
