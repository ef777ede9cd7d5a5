import ExternalStakingEvents
import LocalStakingEvents
import ModuleKit
import RewardsEvents

/// `withdraw_rewards`: what stake has earned is paid.
struct WithdrawRewardsStep: ScenarioStep {
    static let kind = ScenarioKind(
        "withdraw_rewards",
        "Pays what stake of an account has earned: with `over`, its cross-stake; with `locally`, its collateral on its own "
            + "chain; else its delegations, without `at` those to all validators. Over a pairing, vouchers go `to` an account of "
            + "the provider, or to the staker; what the consumer holds goes `remote_to` an account there, or to any text as "
            + "`remote_receiver`.",
        example: """
            - withdraw_rewards: { from: juno/bob }
            - withdraw_rewards: { from: osmosis/alice, at: osmosis/validator, locally: yes }
            - withdraw_rewards: { from: osmosis/alice, at: juno/validator, over: main, remote_to: juno/bob, as: claim }
            """
    )
    static let allowed =
        ["from", "at", "locally", "over", "to", "remote_to", "remote_receiver"] + MessageSigning.members

    /// Whose books say what is due.
    private enum Source: Sendable {
        case delegations(AccountReference?)
        case localStake(AccountReference)
        case crossStake(ScenarioPairing, AccountReference, to: AccountReference?, remote: RemoteRecipient?)
    }

    private let signing: MessageSigning
    private let source: Source

    init(_ node: ScenarioNode, _ reader: inout ScenarioReader) throws(ScenarioError) {
        let members = try node.members(of: "withdraw_rewards", allowing: Self.allowed)
        let over = try members.optional("over").map { [reader] (node) throws(ScenarioError) in try reader.pairing(node)
        }
        signing = try MessageSigning(try members.user(on: over?.provider, reader), members, &reader)
        let isLocal = try members.isLocal()
        if let over {
            guard !isLocal else { throw node.refusal("say `over`, or `locally: yes`; not both") }
            source = .crossStake(
                over,
                try reader.validator(try members.required("at"), on: over.consumer),
                to: try members.optional("to").map { [reader] (node) throws(ScenarioError) in
                    try reader.account(node, on: over.provider)
                },
                remote: try RemoteRecipient(members, on: over.consumer, reader)
            )
            return
        }
        for name in ["to", "remote_to", "remote_receiver"] where members.has(name) {
            throw node.refusal("`\(name)` stands beside `over` alone: leave it out")
        }
        let validator = try members.optional("at").map {
            [reader, chain = signing.account.chain] (node)
                throws(ScenarioError) in try reader.validator(node, on: chain)
        }
        guard isLocal else {
            source = .delegations(validator)
            return
        }
        guard let validator else {
            throw node.refusal("local stake is withdrawn from one validator: name it with `at`")
        }
        source = .localStake(validator)
    }

    var description: String {
        let place =
            switch source {
            case .delegations(let validator): validator.map { " at \($0)" } ?? ""
            case .localStake(let validator): " of local stake at \(validator)"
            case .crossStake(let pairing, let validator, _, let remote):
                " at \(validator) over \(pairing.name)" + (remote.map { ", for \($0) there" } ?? "")
            }
        return "\(signing.account) withdraws rewards\(place)"
    }

    func perform(in run: ScenarioRun) throws(ScenarioError) {
        switch source {
        case .delegations(nil):
            try signing.submit(
                [RewardsMessage.with { $0.withdrawAll = .init() }],
                to: ChainSpecification.rewardsLabel,
                in: run
            )
        case .delegations(let validator?):
            let text = try run.operatorText(of: validator)
            let message = RewardsMessage.with { $0.withdraw.validator = text }
            try signing.submit([message], to: ChainSpecification.rewardsLabel, in: run)
        case .localStake(let validator):
            let text = try run.operatorText(of: validator)
            let message = LocalStakingMessage.with { $0.withdrawRewards.validator = text }
            try signing.submit([message], to: ChainSpecification.localStaking, in: run)
        case .crossStake(let pairing, let validator, let recipient, let remote):
            try run.requireSetUp(pairing)
            let text = try run.operatorText(of: validator)
            let recipient = try recipient.map { (account) throws(ScenarioError) in try run.address(of: account) }
            let remote = try remote?.text(in: run)
            let message = ExternalStakingMessage.with {
                $0.withdrawRewards.validator = text
                $0.withdrawRewards.recipient = recipient ?? ""
                $0.withdrawRewards.remoteRecipient = remote ?? ""
            }
            try signing.submit([message], to: pairing.specification.externalStaking, in: run)
        }
    }
}

/// Who gets what the consumer holds.
private enum RemoteRecipient: Sendable, CustomStringConvertible {
    case account(AccountReference)
    /// Any text, such as one that is no account there.
    case text(String)

    /// Reads the member `remote_to` or `remote_receiver`; nil where there is neither.
    init?(_ members: ScenarioMembers, on chain: String, _ reader: ScenarioReader) throws(ScenarioError) {
        if let node = members.optional("remote_receiver") {
            guard !members.has("remote_to") else {
                throw node.refusal("say `remote_to`, an account, or `remote_receiver`, any text; not both")
            }
            self = .text(try node.text("a recipient"))
        } else if let node = members.optional("remote_to") {
            self = .account(try reader.account(node, on: chain))
        } else {
            return nil
        }
    }

    func text(in run: ScenarioRun) throws(ScenarioError) -> String {
        switch self {
        case .account(let account): try run.address(of: account)
        case .text(let text): text
        }
    }

    var description: String {
        switch self {
        case .account(let account): account.description
        case .text(let text): text.shownShort
        }
    }
}

extension ScenarioMembers {
    /// Whether local stake is meant, by the member `locally`.
    func isLocal() throws(ScenarioError) -> Bool {
        try optional("locally")?.flag("whether local stake is meant") ?? false
    }
}

extension ScenarioReader {
    /// Takes a value as an account of a chain.
    func account(_ node: ScenarioNode, on chain: String) throws(ScenarioError) -> AccountReference {
        let account = try account(node)
        guard account.chain == chain else {
            throw node.refusal("\(account) is on another chain: name an account of \(chain)")
        }
        return account
    }
}
