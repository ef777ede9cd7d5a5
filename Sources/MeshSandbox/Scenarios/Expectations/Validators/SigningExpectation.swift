import ModuleKit
import SlashingEvents

/// `signing`: how a validator has signed of late, and whether it may.
struct SigningExpectation: ScenarioExpectation {
    static let kind = ScenarioKind(
        "signing",
        "How a validator has signed: missed (votes of the window that it did not give), and is: counted, paused (jailed, or out "
            + "of the active set) or tombstoned.",
        example: "- expect: { signing: juno/validator-2, missed: 4, is: counted }"
    )
    static let allowed = ["signing", "missed", "is"]
    private static let words = ["counted", "paused", "tombstoned"]

    private let validator: AccountReference
    private let missed: UInt64?
    private let standing: String?

    init(_ members: ScenarioMembers, _ reader: ScenarioReader) throws(ScenarioError) {
        validator = try reader.validator(try members.required("signing"))
        missed = try members.optional("missed")?.number("how many it missed", in: 0...UInt64.max)
        standing = try members.optional("is")?.word("how it stands", of: Self.words)
        guard missed != nil || standing != nil else {
            throw ScenarioError(.missingMember, at: members.place, "say what it `is`, or how many votes it `missed`")
        }
    }

    var description: String { "signing of \(validator)" }
    var expected: String { Self.text(missed, standing) }

    func finding(in run: ScenarioRun) throws(ScenarioError) -> ScenarioFinding {
        let chain = try run.chain(validator.chain)
        let address = try ScenarioError.running(nil) { try chain.consensusAddress(ofValidator: validator.name) }
        let query = SlashingQuery.with { $0.signingInfo.consensusAddress = address }
        return try run.ask(query, of: "slashing", on: validator.chain) { answer in
            let info = answer.signingInfo
            let found = info.isTombstoned ? "tombstoned" : info.isCounted ? "counted" : "paused"
            return ScenarioFinding(
                Self.text(missed == nil ? nil : info.missed, standing == nil ? nil : found),
                isMet: missed.map { $0 == info.missed } != false && standing.map { $0 == found } != false
            )
        }
    }

    private static func text(_ missed: UInt64?, _ standing: String?) -> String {
        [standing, missed.map { "missed \($0)" }].compactMap { $0 }.joined(separator: ", ")
    }
}
