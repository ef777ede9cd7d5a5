import GovernanceEvents
import ModuleKit

/// The count of the votes on a proposal, validator by validator, by the rules of the Cosmos SDK (`x/gov`, `Keeper.Tally`).
///
/// Whoever voted himself counts with what his shares are worth; a validator that voted counts with what is left of its shares.
/// Each worth is rounded down at 18 digits. The Cosmos SDK does so voter by voter, this for the sums of each validator, so
/// both differ at most in the last digits.
struct VoteCount {
    /// What a bonded validator brings in.
    struct Validator {
        let tokens: Amount
        let shares: Decimal18
        /// What of its shares does not count, by the weights of delegators.
        let discounted: Decimal18
        /// Those who voted themselves.
        let tally: ValidatorTally
        /// What the validator itself voted; nil when it did not.
        let vote: WeightedVote?
    }

    /// The votes in units of the bond denomination.
    private(set) var votes = OptionSums()
    /// All bonded stake, as much as counts.
    private(set) var bonded = Decimal18.zero

    /// Counts a bonded validator and those who stand behind it.
    mutating func add(_ validator: Validator) throws(ModuleError) {
        guard !validator.shares.isZero else { return }
        func worth(of part: Decimal18) throws(ModuleError) -> Decimal18 {
            try part.multiplied(by: validator.tokens).dividing(by: validator.shares, rounding: .floor)
        }
        let counting = try validator.shares.subtracting(min(validator.discounted, validator.shares))
        bonded = try bonded.adding(try worth(of: counting))
        try votes.add(try validator.tally.votes.mapped { (part) throws(ModuleError) in try worth(of: part) })
        guard let vote = validator.vote else { return }
        let inherited = try counting.subtracting(min(validator.tally.deducted, counting))
        try votes.add(try OptionSums(try worth(of: inherited), by: vote))
    }

    /// What decides, in the order of the Cosmos SDK.
    ///
    /// The thresholds are multiplied out, so nothing is lost to a division: what is asked for is rounded so that the
    /// comparison is exact.
    func outcome(_ rules: GovernanceRules) throws(ModuleError) -> GovernanceTallyOutcome {
        guard !bonded.isZero else { return .nothingBonded }
        let total = try votes.total()
        guard try total >= bonded.multiplied(by: rules.quorum, rounding: .ceiling) else { return .quorumMissed }
        let deciding = try total.subtracting(votes.abstain)
        guard !deciding.isZero else { return .allAbstained }
        guard try votes.noWithVeto <= total.multiplied(by: rules.vetoThreshold, rounding: .floor) else {
            return .vetoed
        }
        guard try votes.yes > deciding.multiplied(by: rules.threshold, rounding: .floor) else {
            return .thresholdMissed
        }
        return .accepted
    }

    /// The count as it is recorded, in whole units.
    func result(_ outcome: GovernanceTallyOutcome) throws(ModuleError) -> GovernanceTallyResult {
        var result = GovernanceTallyResult()
        result.yes = try votes.yes.whole(rounding: .floor).description
        result.abstain = try votes.abstain.whole(rounding: .floor).description
        result.no = try votes.no.whole(rounding: .floor).description
        result.noWithVeto = try votes.noWithVeto.whole(rounding: .floor).description
        result.bonded = try bonded.whole(rounding: .floor).description
        result.outcome = outcome
        return result
    }
}
