/// `crash`: a chain's process dies.
struct CrashStep: ScenarioStep {
    static let kind = ScenarioKind(
        "crash",
        "Lets a chain crash, between two blocks or within one. It makes no blocks until it is reopened.",
        example: """
            - crash: consumer
            - crash: { chain: consumer, moment: before_commit, loses: pending }
            """
    )

    private let chain: String
    private let isWithinBlock: Bool
    private let losesPending: Bool

    init(_ node: ScenarioNode, _ reader: inout ScenarioReader) throws(ScenarioError) {
        guard case .mapping = node.content else {
            (chain, isWithinBlock, losesPending) = (try reader.chain(node), false, false)
            return
        }
        let members = try node.members(of: "crash", allowing: ["chain", "moment", "loses"])
        chain = try reader.chain(try members.required("chain"))
        let moment = try members.optional("moment")?.word("a moment", of: ["between_blocks", "before_commit"])
        isWithinBlock = moment == "before_commit"
        let lost = try members.optional("loses")?.word("what is lost", of: ["nothing", "pending"])
        losesPending = lost == "pending"
    }

    var description: String { "\(chain) crashes\(isWithinBlock ? " within a block" : "")" }

    func perform(in run: ScenarioRun) throws(ScenarioError) {
        let moment: SandboxChain.CrashMoment = isWithinBlock ? .beforeCommit(time: run.network.now) : .betweenBlocks
        let chain = try run.chain(chain)
        try ScenarioError.running(nil) { try chain.crash(moment, losesPending: losesPending) }
    }
}
