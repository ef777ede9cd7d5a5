import ConverterEvents
import ExternalStakingEvents
import ModuleKit

/// `pairing`: how a pairing stands.
struct PairingExpectation: ScenarioExpectation {
    static let kind = ScenarioKind(
        "pairing",
        "Whether a pairing is open, closed (at both ends, or at the one end that `on` names), or settled: no operation of "
            + "either side waits for its answer.",
        example: """
            - expect: { pairing: main, is: settled }
            - expect: { pairing: main, on: osmosis, is: closed }
            """
    )
    static let allowed = ["pairing", "on", "is"]

    private let pairing: ScenarioPairing
    private let chain: String?
    private let state: String

    init(_ members: ScenarioMembers, _ reader: ScenarioReader) throws(ScenarioError) {
        pairing = try reader.pairing(try members.required("pairing"))
        let word = try members.required("is")
        state = try word.word("how a pairing stands", of: ["open", "closed", "settled"])
        guard let node = members.optional("on") else {
            chain = nil
            return
        }
        let chain = try reader.chain(node)
        guard pairing.chains.contains(chain) else {
            throw node.refusal(
                "\(pairing.name) is between \(pairing.chains.joined(separator: " and ")), not on \(chain)"
            )
        }
        guard state != "settled" else { throw word.refusal("a pairing is settled as a whole: leave `on` out") }
        self.chain = chain
    }

    var description: String { "pairing \(pairing.name)\(chain.map { " on \($0)" } ?? "")" }
    var expected: String { state }

    func finding(in run: ScenarioRun) throws(ScenarioError) -> ScenarioFinding {
        try run.requireSetUp(pairing)
        guard state != "settled" else { return try settlement(in: run) }
        let ends = try pairing.chains.filter { chain == nil || $0 == chain }.map { (name) throws(ScenarioError) in
            (name: name, isOpen: try isOpen(on: name, in: run))
        }
        let isMet = ends.allSatisfy { $0.isOpen == (state == "open") }
        let found = ends.map { "\($0.isOpen ? "open" : "closed") on \($0.name)" }.joined(separator: ", ")
        return ScenarioFinding(isMet ? state : found, isMet: isMet)
    }

    private func settlement(in run: ScenarioRun) throws(ScenarioError) -> ScenarioFinding {
        let report = try run.report(on: pairing)
        let (provider, consumer) = (report.unsettledOnProvider, report.unsettledOnConsumer)
        let waiting = "\(provider) on \(pairing.provider) and \(consumer) on \(pairing.consumer) wait for an answer"
        return ScenarioFinding(report.isSettled ? "settled" : waiting, isMet: report.isSettled)
    }

    private func isOpen(on chain: String, in run: ScenarioRun) throws(ScenarioError) -> Bool {
        if chain == pairing.provider {
            let query = ExternalStakingQuery.with { $0.channel = .init() }
            return try run.ask(query, of: pairing.specification.externalStaking, on: chain) {
                $0.channel.openedAt != 0 && $0.channel.closedAt == 0
            }
        }
        let query = ConverterQuery.with { $0.channel = .init() }
        return try run.ask(query, of: pairing.specification.converter, on: chain) { $0.channel.status == .open }
    }
}
