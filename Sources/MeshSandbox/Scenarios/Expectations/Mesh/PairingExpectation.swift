import ConverterEvents
import ExternalStakingEvents
import ModuleKit

/// `pairing`: how a pairing stands.
struct PairingExpectation: ScenarioExpectation {
    static let kind = ScenarioKind(
        "pairing",
        "Whether a pairing is open, closed (at both ends, or at the one end that `on` names), ready: open, and in nobody's "
            + "power but the authorities', or settled: no operation of either side waits for its answer.",
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
        state = try word.word("how a pairing stands", of: ["open", "closed", "ready", "settled"])
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
        guard state == "open" || state == "closed" else {
            throw word.refusal("a pairing is \(state) as a whole: leave `on` out")
        }
        self.chain = chain
    }

    var description: String { "pairing \(pairing.name)\(chain.map { " on \($0)" } ?? "")" }
    var expected: String { state }

    func finding(in run: ScenarioRun) throws(ScenarioError) -> ScenarioFinding {
        try run.requireSetUp(pairing)
        if state == "settled" { return try settlement(in: run) }
        if state == "ready" { return try readiness(in: run) }
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

    /// What only authorities can do does not count: they decide when it is ready.
    private func readiness(in run: ScenarioRun) throws(ScenarioError) -> ScenarioFinding {
        var specification = pairing.specification
        (specification.cap, specification.isRecommended) = (nil, false)
        let progress = try ScenarioError.running(nil) { try PairingSetup(specification).progress(in: run.network) }
        let left = progress.steps.map { specification.purpose(of: $0) }.joined(separator: "; ")
        guard !progress.isOver else { return ScenarioFinding("closed", isMet: false) }
        return ScenarioFinding(left.isEmpty ? "ready" : "left: \(left)", isMet: left.isEmpty)
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
