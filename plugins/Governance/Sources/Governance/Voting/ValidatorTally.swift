import GovernanceEvents
import ModuleKit

/// The votes of those of one validator's delegators who voted themselves, in shares.
///
/// Kept running: whenever such a voter's vote, shares or multiplier change, exactly what was added for him is taken away, and
/// what he has now is added. All of it follows from what is stored, so no sum ever falls below zero.
struct ValidatorTally: StoredValue, Hashable {
    var votes = OptionSums()
    /// The shares of all of them: the validator does not vote for these.
    var deducted = Decimal18.zero

    init() {}

    init(_ stored: GovernanceValidatorTally) throws(ModuleError) {
        votes.yes = try Decimal18(stored.yes)
        votes.abstain = try Decimal18(stored.abstain)
        votes.no = try Decimal18(stored.no)
        votes.noWithVeto = try Decimal18(stored.noWithVeto)
        deducted = try Decimal18(stored.deducted)
    }

    var stored: GovernanceValidatorTally {
        .with {
            $0.yes = votes.yes.description
            $0.abstain = votes.abstain.description
            $0.no = votes.no.description
            $0.noWithVeto = votes.noWithVeto.description
            $0.deducted = deducted.description
        }
    }

    var isZero: Bool { deducted.isZero }

    /// Counts a voter's shares by his vote.
    mutating func add(_ shares: Decimal18, _ vote: WeightedVote) throws(ModuleError) {
        try votes.add(try OptionSums(shares, by: vote))
        deducted = try deducted.adding(shares)
    }

    /// Takes away what was counted for a voter with these shares and this vote.
    mutating func remove(_ shares: Decimal18, _ vote: WeightedVote) throws(ModuleError) {
        try votes.subtract(try OptionSums(shares, by: vote))
        deducted = try deducted.subtracting(shares)
    }
}
