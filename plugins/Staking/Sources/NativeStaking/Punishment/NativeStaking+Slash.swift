import ModuleKit
import StakingEvents

/// A slash burns `fraction` of the tokens that a validator's power stood for at the infraction (`x/staking`, `Slash`).
///
/// What was unbonded or redelegated since the infraction pays its fraction first, record by record; the fraction of what was
/// taken back at once is taken off; the validator pays the rest, at most all it has. A slash visits at most `slashRecordsMax` records at once and goes on at the end of the
/// following blocks. Until it is complete, nothing enters or leaves its validator, and nothing that is unbonding from
/// it is paid out.
extension NativeStaking {
    /// How many records a slash visits in one go.
    static let slashRecordsMax = 500

    /// Begins a slash, and mostly completes it.
    func startSlash(
        of validator: Address,
        _ stake: ValidatorStake,
        _ fraction: Decimal18,
        since infractionHeight: UInt64,
        power: UInt64,
        _ context: Context
    ) throws(ModuleError) {
        guard fraction <= .one, infractionHeight <= context.block.height else {
            throw ModuleError(
                .punishmentNotAllowed,
                "a slash takes at most all, for an infraction at this height or before: mend the punishment"
            )
        }
        // The stake of an unbonded validator has answered for as long as it had to.
        guard stake.status != .unbonded else { return }
        let rules = try collections.currentRules(context)
        let tokens = try Amount(UInt128(power)).multiplied(by: rules.powerReduction)
        let amount = try tokens.multiplied(by: fraction, rounding: .floor)
        let number = try collections.currentTotals(context).nextSlash
        try context.emit(
            .with {
                $0.slashStarted = .with {
                    $0.slash = number
                    $0.validator = text(ofOperator: validator, context)
                    $0.infractionHeight = infractionHeight
                    $0.power = power
                    $0.fraction = fraction.description
                    $0.amount = amount.description
                    $0.timeNanoseconds = context.block.time.nanoseconds
                }
            }
        )
        // While the slash goes on, nothing comes or goes: what has gone by now is all, in this block too.
        try creditRecalls(try SlashScope(number: number, try collections.slash(number, in: context), rules), context)
        var budget = Self.slashRecordsMax
        try continueSlash(number, &budget, context)
    }

    /// Goes on with the slashes that are not complete, from the oldest.
    func continueSlashes(_ context: Context) throws(ModuleError) {
        var budget = Self.slashRecordsMax
        var numbers: [UInt64] = []
        try collections.slashes.forEach(in: context) { (number, _) throws(ModuleError) in
            numbers.append(number)
            return numbers.count < Self.slashRecordsMax
        }
        for number in numbers where budget > 0 { try continueSlash(number, &budget, context) }
    }

    private func continueSlash(_ number: UInt64, _ budget: inout Int, _ context: Context) throws(ModuleError) {
        let stored = try collections.slash(number, in: context)
        let rules = try collections.currentRules(context)
        let slash = try SlashScope(number: number, stored, rules)
        // A slash at the height of the infraction concerns nothing that has left before.
        if slash.infractionHeight < context.block.height {
            if !stored.isInRedelegations {
                let start = try stored.delegator.isEmpty ? nil : Address(bech32: stored.delegator)
                guard try visitUnbondings(slash, after: start, &budget, context) else { return }
            }
            var start: Pair<Address, Address>?
            if stored.isInRedelegations, !stored.delegator.isEmpty {
                start = Pair(try Address(bech32: stored.delegator), try Address(bech32: stored.destination))
            }
            guard try visitRedelegations(slash, after: start, &budget, context) else { return }
        }
        try completeSlash(slash, context)
    }

    /// Burns what is left to pay from the validator.
    private func completeSlash(_ slash: SlashScope, _ context: Context) throws(ModuleError) {
        let remaining = try Amount(try collections.slash(slash.number, in: context).remaining)
        let stake = try collections.stake(of: slash.validator, in: context)
        let burned = min(remaining, stake.tokens)
        try context.emit(
            .with {
                $0.validatorSlashed = .with {
                    $0.slash = slash.number
                    $0.validator = text(ofOperator: slash.validator, context)
                    $0.burned = slash.rules.coin(burned)
                    $0.isValidatorBonded = stake.isBonded
                    $0.infractionHeight = slash.infractionHeight
                    $0.fraction = slash.fraction.description
                    $0.tokens = stake.tokens.description
                    $0.shares = stake.shares.description
                }
            }
        )
    }
}

/// What a slash reaches.
struct SlashScope {
    let number: UInt64
    let validator: Address
    let infractionHeight: UInt64
    let fraction: Decimal18
    /// What was due by then does not pay.
    let time: Timestamp
    let rules: StakingRules

    init(number: UInt64, _ stored: StakingSlashInProgress, _ rules: StakingRules) throws(ModuleError) {
        self.number = number
        validator = try Address(bech32: stored.validator)
        infractionHeight = stored.infractionHeight
        fraction = try Decimal18(stored.fraction)
        time = Timestamp(nanoseconds: stored.timeNanoseconds)
        self.rules = rules
    }

    /// Whether coins that left at a height, and are due at a time, were at stake at the infraction.
    func reaches(_ creationHeight: UInt64, dueAt time: UInt64) -> Bool {
        creationHeight >= infractionHeight && time > self.time.nanoseconds
    }

    /// The fraction of what left.
    func part(of initialBalance: String) throws(ModuleError) -> Amount {
        try Amount(initialBalance).multiplied(by: fraction, rounding: .floor)
    }
}
