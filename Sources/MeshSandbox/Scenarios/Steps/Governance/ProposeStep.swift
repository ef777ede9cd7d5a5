import ModuleKit

/// `propose`: something is put to the vote.
struct ProposeStep: ScenarioStep {
    static let kind = ScenarioKind(
        "propose",
        "Submits a proposal on a chain with governance, with all of the deposit unless `deposit` says how much. Its messages are "
            + "sent when it passes: any, written as for `submit`, or grant with its cap, revoke and recommend for a pairing.",
        example: """
            - propose:
                { from: juno/bob, title: Let Osmosis secure us, messages: [{ grant: main, cap: 5_000_000ujuno }], as: grant }
            - propose: { from: juno/bob, title: A thank-you, deposit: 1ujuno, as: thanks }
            """
    )
    static let allowed = ["from", "title", "about", "deposit", "messages"] + MessageSigning.members

    private let from: AccountReference
    private let title: String
    private let about: String
    private let deposit: ScenarioToken?
    private let messages: [ProposedMessage]
    private let label: String?
    private let failure: ExpectedFailure?

    init(_ node: ScenarioNode, _ reader: inout ScenarioReader) throws(ScenarioError) {
        let members = try node.members(of: "propose", allowing: Self.allowed)
        let place = try members.required("from")
        from = try reader.account(place)
        let chain = try reader.description(ofChain: from.chain, at: place)
        guard chain.specification.governance != nil else {
            throw place.refusal("\(chain.name) decides nothing by vote: give it the member governance")
        }
        title = try members.required("title").text("a title")
        about = try members.optional("about")?.text("what it is about") ?? ""
        deposit = try members.optional("deposit").map { [from, reader] (node) throws(ScenarioError) in
            try ScenarioToken(node, on: from.chain, reader)
        }
        messages =
            try members.optional("messages")?.elements.map { [from, reader] (node) throws(ScenarioError) in
                try ProposedMessage(node, on: from.chain, reader)
            } ?? []
        failure = try members.optional("fails").map { (node) throws(ScenarioError) in try ExpectedFailure(node) }
        label = try members.label(&reader)
    }

    var description: String { "\(from) proposes: \(title)" }

    func perform(in run: ScenarioRun) throws(ScenarioError) {
        let chain = try run.chain(from.chain)
        let messages = try messages.map { (message) throws(ScenarioError) in try message.encoded(on: chain) }
        let coin = try deposit.map { (token) throws(ScenarioError) in try run.coin(token) } ?? chain.fullDeposit
        let proposal = SandboxProposal(title, summary: about, messages)
        switch try run.propose(proposal, from: from, depositing: coin, label: label) {
        case .success: run.put(nil, failing: failure, of: "proposal of \(from)")
        case .failure(let error): run.put(error, failing: failure, of: "proposal of \(from)")
        }
    }
}
