import GovernanceEvents
import ModuleKit

/// What somebody votes: one option, or several in parts.
///
/// Invariant of a checked vote: each option stands in it once, and the weights, each above zero, add up to exactly one.
struct WeightedVote: Hashable {
    let parts: [(option: GovernanceVoteOption, weight: Decimal18)]

    /// Reads a vote that was checked when it was recorded.
    init(_ options: [GovernanceWeightedOption]) throws(ModuleError) {
        var parts: [(GovernanceVoteOption, Decimal18)] = []
        for option in options { parts.append((option.option, try Decimal18(option.weight))) }
        self.parts = parts
    }

    /// Reads and checks a vote that came from outside.
    ///
    /// - Throws: `invalidVote`, `invalidDecimal`.
    init(checking options: [GovernanceWeightedOption]) throws(ModuleError) {
        func refuse(_ rule: String) -> ModuleError { ModuleError(.invalidVote, rule) }
        try self.init(options)
        guard !parts.isEmpty else { throw refuse("the vote has no option: give one with the weight 1") }
        var sum = Decimal18.zero
        for (index, part) in parts.enumerated() {
            guard [.yes, .abstain, .no, .noWithVeto].contains(part.option) else {
                throw refuse("there is no such option: vote yes, abstain, no or no with veto")
            }
            guard !parts[..<index].contains(where: { $0.option == part.option }) else {
                throw refuse("an option stands twice in the vote: give each once, with all its weight")
            }
            guard !part.weight.isZero else { throw refuse("an option has no weight: leave it out") }
            sum = try sum.adding(part.weight)
        }
        guard sum == .one else {
            throw refuse("the weights add up to \(sum.shortDescription): they have to add up to 1")
        }
    }

    /// The vote as it is recorded.
    var options: [GovernanceWeightedOption] {
        parts.map { part in
            .with {
                $0.option = part.option
                $0.weight = part.weight.description
            }
        }
    }

    static func == (left: Self, right: Self) -> Bool { left.options == right.options }
    func hash(into hasher: inout Hasher) { hasher.combine(options) }
}
