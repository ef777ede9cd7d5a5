/// `deliver`: how the relayer of a channel works from now on.
struct DeliverStep: ScenarioStep {
    static let kind = ScenarioKind(
        "deliver",
        "Has the relayer of a channel deliver in some way from now on: promptly, shuffled, duplicated, delayed, dropped, "
            + "forged, hostile (some of everything), or a mixture with weights. A pairing stands for its control channel; "
            + "its two channels are called NAME/control and NAME/transfer.",
        example: """
            - deliver: { over: main, policy: dropped }
            - deliver: { over: main, policy: { prompt: 6, delayed: 2, forged_proof: 1 }, order: random, steps: 4 }
            """
    )
    /// By how many steps of the network the delayed ones are late unless the step says so.
    static let usualDelay: UInt64 = 3

    private let channel: ScenarioChannel
    private let policy: DeliveryPolicy
    private let title: String

    init(_ node: ScenarioNode, _ reader: inout ScenarioReader) throws(ScenarioError) {
        let members = try node.members(of: "deliver", allowing: ["over", "policy", "order", "steps"])
        channel = try reader.channel(try members.required("over"))
        let delay = try members.optional("steps")?.number("steps", in: 1...1000) ?? Self.usualDelay
        let value = try members.required("policy")
        var policy: DeliveryPolicy
        if case .mapping(let shares) = value.content {
            policy = DeliveryPolicy(try Self.shares(shares, delay: delay))
            title = shares.map(\.name).joined(separator: ", ")
        } else {
            title = try value.text("a policy")
            policy = try Self.policy(value, delay: delay)
        }
        if let order = try members.optional("order")?.word("an order", of: ["sent", "random"]) {
            policy.order = order == "random" ? .random : .sent
        }
        self.policy = policy
    }

    var description: String { "deliver over \(channel.name): \(title)" }

    func perform(in run: ScenarioRun) throws(ScenarioError) { try run.deliver(over: channel, by: policy) }

    private static func policy(_ node: ScenarioNode, delay: UInt64) throws(ScenarioError) -> DeliveryPolicy {
        let word = try node.text("a policy")
        switch word {
        case "prompt": return .prompt
        case "shuffled": return .shuffled
        case "hostile": return .hostile
        case "forged": return .forged
        default:
            guard let fate = fate(word, delay: delay) else {
                let words = ["prompt", "shuffled", "hostile", "forged"] + fates(delay: delay).dropFirst().map(\.name)
                throw node.refusal("a policy is one of \(words.joined(separator: ", ")), not \(word.shownShort)")
            }
            return DeliveryPolicy([.init(fate)])
        }
    }

    private static func shares(_ members: [ScenarioNode.Member], delay: UInt64) throws(ScenarioError)
        -> [DeliveryPolicy.Share]
    {
        try members.map { (member) throws(ScenarioError) in
            guard let fate = fate(member.name, delay: delay) else {
                throw ScenarioError(
                    .unknownMember,
                    at: member.place,
                    "there is no fate \(member.name.shownShort); there are "
                        + fates(delay: delay).map(\.name).joined(separator: ", ")
                )
            }
            return .init(fate, weight: try member.value.number("a weight", in: 0...1000))
        }
    }

    private static func fate(_ word: String, delay: UInt64) -> DeliveryPolicy.Fate? {
        fates(delay: delay).first { $0.name == word }?.fate
    }

    /// All that can happen to a packet, by name.
    private static func fates(delay: UInt64) -> [(name: String, fate: DeliveryPolicy.Fate)] {
        [
            ("prompt", .prompt), ("duplicated", .duplicated), ("delayed", .delayed(steps: delay)),
            ("dropped", .dropped),
        ] + Forgery.allCases.map { ("forged_\($0.rawValue)", .forged($0)) }
    }
}
