public import ModuleKit
public import StakingEvents

extension StakingSettings: StateValue {}
extension StakingValidatorProfile: StateValue {}
extension StakingUnbondingDelegation: StateValue {}
extension StakingRedelegation: StateValue {}
extension StakingValidatorChange: StateValue {}
extension StakingSlashInProgress: StateValue {}

/// The collections of an instance. Validators are keyed by operator.
struct StakingState: Sendable {
    let settings = StateItem<StakingSettings>(1, "settings")
    let rules = StateItem<StakingRules>(2, "parameters")
    let totals = StateItem<PoolTotals>(3, "totals")

    let profiles = StateMap<Address, StakingValidatorProfile>(4, "validator profiles")
    let stakes = StateMap<Address, ValidatorStake>(5, "validator stakes")
    let validatorsByConsensusAddress = StateMap<Address, Address>(6, "validators by consensus address")
    /// Every validator that is not jailed.
    let validatorsByPower = StateMap<PowerRank, Unit>(7, "validators by power")
    /// Validators that have left the active set, by when they are unbonded.
    let unbondingValidators = StateIndex<Timestamp, Address>(8, "unbonding validators")

    let delegations = StateMap<DelegationKey, DelegationStake>(9, "delegations")

    let unbondings = StateMap<DelegationKey, StakingUnbondingDelegation>(10, "unbonding delegations")
    let unbondingQueue = StateIndex<Timestamp, DelegationKey>(11, "unbonding queue")
    /// (validator, delegator) of every unbonding delegation.
    let unbondingsByValidator = StateMap<Pair<Address, Address>, Unit>(12, "unbonding delegations by validator")

    let redelegations = StateMap<RedelegationKey, StakingRedelegation>(13, "redelegations")
    let redelegationQueue = StateIndex<Timestamp, RedelegationKey>(14, "redelegation queue")
    /// (source, delegator, destination) of every redelegation.
    let redelegationsBySource = StateMap<Triple<Address, Address, Address>, Unit>(15, "redelegations by source")
    /// The source of every redelegation, by delegator and destination.
    let redelegationsByDestination = StateIndex<DelegationKey, Address>(16, "redelegations by destination")

    /// The powers that the consensus engine knows; none is zero.
    let powers = StateMap<Address, UInt64>(17, "powers")
    /// The power of a validator from a height on; zero when it left.
    let powerHistory = StateMap<Pair<Address, DescendingHeight>, UInt64>(18, "power history")
    /// The power of the active set from a height on.
    let totalPowerHistory = StateMap<DescendingHeight, UInt64>(19, "total power history")

    let slashes = StateMap<UInt64, StakingSlashInProgress>(20, "slashes in progress")

    /// Every sub-account that ever had stake.
    let subAccounts = StateMap<Address, StakingSubAccount>(21, "sub-accounts")

    /// What happened to validators of late, by number.
    let validatorChanges = StateMap<UInt64, StakingValidatorChange>(22, "validator changes")
    /// The number of the next such change.
    let nextValidatorChange = StateItem<UInt64>(23, "next validator change")
    /// The stake at a validator that can be taken back at once, from a height on.
    let recallable = StateMap<Pair<Address, DescendingHeight>, RecallableStake>(24, "recallable stake")
    let recallQueue = StateIndex<Timestamp, Pair<Address, DescendingHeight>>(25, "recallable stake queue")
}

extension StakingState {
    /// The parameters.
    ///
    /// - Throws: `notConfigured` before the first configuration or genesis.
    func currentRules(_ state: some StateReading) throws(ModuleError) -> StakingRules {
        guard let rules = try rules.value(in: state) else { throw Self.notConfigured }
        return rules
    }

    /// The parameters, or those of a new chain.
    func rulesOrInitial(_ state: some StateReading) throws(ModuleError) -> StakingRules {
        if let rules = try rules.value(in: state) { return rules }
        return try .initial(bondDenom: try Denom("stake"))
    }

    /// The settings.
    ///
    /// - Throws: `notConfigured` before the first configuration or genesis.
    func currentSettings(_ state: some StateReading) throws(ModuleError) -> StakingSettings {
        guard let settings = try settings.value(in: state) else { throw Self.notConfigured }
        return settings
    }

    /// The text forms of the chain's addresses.
    func prefixes(_ state: some StateReading) throws(ModuleError) -> AddressPrefixes {
        let settings = try currentSettings(state)
        return try AddressPrefixes(
            account: settings.accountPrefix,
            validatorOperator: settings.operatorPrefix,
            consensus: settings.consensusPrefix
        )
    }

    /// The sums, zero at the beginning.
    func currentTotals(_ state: some StateReading) throws(ModuleError) -> PoolTotals {
        try totals.value(in: state) ?? PoolTotals()
    }

    /// A validator's stake.
    ///
    /// - Throws: `validatorNotFound`.
    func stake(of validator: Address, in state: some StateReading) throws(ModuleError) -> ValidatorStake {
        guard let stake = try stakes.value(for: validator, in: state) else { throw Self.noValidator }
        return stake
    }

    /// A validator's profile.
    ///
    /// - Throws: `validatorNotFound`.
    func profile(of validator: Address, in state: some StateReading) throws(ModuleError) -> StakingValidatorProfile {
        guard let profile = try profiles.value(for: validator, in: state) else { throw Self.noValidator }
        return profile
    }

    /// Whether coins came to a delegation by a redelegation that is still open.
    func hasReceived(_ delegator: Address, at validator: Address, in state: some StateReading) throws(ModuleError)
        -> Bool
    {
        var isFound = false
        let key = DelegationKey(delegator, validator)
        try redelegationsByDestination.forEach(at: key, in: state) { (_) throws(ModuleError) in
            isFound = true
            return false
        }
        return isFound
    }

    /// Visits the keys of an index under one validator, from the one after `start` on, until `visit` returns false.
    func walk<Rest: StateKey>(
        _ index: StateMap<Pair<Address, Rest>, Unit>,
        at validator: Address,
        after start: Rest?,
        in state: some StateReading,
        _ visit: (Rest) throws(ModuleError) -> Bool
    ) throws(ModuleError) {
        guard let start else {
            try index.forEach(startingWith: validator, in: state) { (key, _) throws(ModuleError) in
                try visit(key.second)
            }
            return
        }
        try index.forEach(in: state, from: Pair(validator, start)) { (key, _) throws(ModuleError) in
            guard key.first == validator else { return false }
            return key.second == start ? true : try visit(key.second)
        }
    }

    static var noValidator: ModuleError {
        ModuleError(.validatorNotFound, "there is no such validator: list the validators with a query")
    }

    static var noDelegation: ModuleError {
        ModuleError(.delegationNotFound, "there is no such delegation: list the delegations with a query")
    }

    private static var notConfigured: ModuleError {
        ModuleError(.notConfigured, "the staking instance has no parameters yet: configure it, or import a genesis")
    }
}
