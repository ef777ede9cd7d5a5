public import ModuleKit

/// An amount that is expected: exactly, at least, or at most.
public struct ExpectedAmount: Hashable, Sendable, CustomStringConvertible {
    /// The members that say it.
    public static let members = ["is", "at_least", "at_most"]

    private let lowest: Amount
    private let highest: Amount

    /// Reads the members.
    ///
    /// - Throws: `missingMember` when none is there; `invalidValue` when no amount meets them all.
    public init(_ members: ScenarioMembers) throws(ScenarioError) {
        let exact = try members.optional("is")?.amount("what it is")
        let lowest = try members.optional("at_least")?.amount("what it is at least")
        let highest = try members.optional("at_most")?.amount("what it is at most")
        guard exact != nil || lowest != nil || highest != nil else {
            throw ScenarioError(
                .missingMember,
                at: members.place,
                "\(members.title) needs one of the members \(Self.members.joined(separator: ", "))"
            )
        }
        self.lowest = max(exact ?? .zero, lowest ?? .zero)
        self.highest = min(exact ?? .max, highest ?? .max)
        guard self.lowest <= self.highest else {
            throw ScenarioError(.invalidValue, at: members.place, "no amount is what \(members.title) expects")
        }
    }

    /// What is found, against this.
    public func finding(_ amount: Amount) -> ScenarioFinding {
        ScenarioFinding(amount.description, isMet: lowest <= amount && amount <= highest)
    }

    /// As a table shows it.
    public var description: String {
        if lowest == highest { return lowest.description }
        if highest == .max { return "at least \(lowest)" }
        return lowest.isZero ? "at most \(highest)" : "\(lowest) to \(highest)"
    }
}
