import GovernanceEvents
import ModuleKit

/// A vote on the command line: one option, or several with their parts.
///
/// Invariant: each option stands in it once, and the weights, each above zero, add up to exactly 1.
struct VoteParts {
    let options: [GovernanceWeightedOption]

    /// Reads `yes`, or `yes=0.7 no=0.3`.
    ///
    /// - Throws: `badInput`, with what is wrong.
    init(_ words: [String]) throws(CommandError) {
        var options: [GovernanceWeightedOption] = []
        var sum = Decimal18.zero
        for word in words {
            let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            guard let name = parts.first, let option = GovernanceVoteOption.all.first(where: { $0.name == name }) else {
                let names = GovernanceVoteOption.all.map(\.name).joined(separator: ", ")
                throw CommandError(
                    .badInput,
                    "'\(word.printable)' is no vote: name one of \(names), or parts such as yes=0.7"
                )
            }
            guard !options.contains(where: { $0.option == option }) else {
                throw CommandError(.badInput, "\(name) stands twice in the vote: name it once, with all its weight")
            }
            guard parts.count == 2 || words.count == 1 else {
                throw CommandError(
                    .badInput,
                    "'\(name)' has no part of the vote: give each its own, such as yes=0.7 no=0.3"
                )
            }
            let weight: Decimal18
            do throws(ModuleError) {
                weight = parts.count == 2 ? try Decimal18(parts[1]) : .one
                sum = try sum.adding(weight)
            } catch {
                throw CommandError(error).adding(context: "the part of \(name)")
            }
            guard !weight.isZero else {
                throw CommandError(.badInput, "\(name) has no weight: leave it out, or give it a part above 0")
            }
            options.append(
                .with {
                    $0.option = option
                    $0.weight = weight.description
                }
            )
        }
        guard sum == .one else {
            throw CommandError(
                .badInput,
                "the parts of the vote add up to \(sum.shortDescription): make them add up to 1"
            )
        }
        self.options = options
    }
}

extension GovernanceVoteOption {
    /// All that can be voted, in the order of the Cosmos SDK.
    static let all: [GovernanceVoteOption] = [.yes, .abstain, .no, .noWithVeto]

    /// The option in a word, as it is given on the command line.
    var name: String {
        switch self {
        case .yes: "yes"
        case .abstain: "abstain"
        case .no: "no"
        case .noWithVeto: "no-with-veto"
        case .unspecified, .UNRECOGNIZED: "unknown"
        }
    }
}

extension [GovernanceWeightedOption] {
    /// `yes`, or `yes 0.7, no 0.3`.
    var text: String {
        guard count != 1 else { return self[0].option.name }
        return map { "\($0.option.name) \((try? Decimal18($0.weight))?.shortDescription ?? $0.weight)" }
            .joined(separator: ", ")
    }

    /// The vote as programs read it.
    var document: JSONValue {
        .array(map { ["option": .string($0.option.name), "weight": .string($0.weight)] })
    }
}
