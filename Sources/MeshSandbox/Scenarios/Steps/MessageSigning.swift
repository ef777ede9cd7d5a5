import ModuleKit

/// Who signs what a step sends, what the packet is called that it leads to, and how it is expected to fail.
struct MessageSigning: Sendable {
    /// The members that say it, beside the signer's.
    static let members = ["as", "fails"]

    let account: AccountReference
    private let label: String?
    private let failure: ExpectedFailure?

    /// Signs without more.
    init(_ account: AccountReference) {
        (self.account, label, failure) = (account, nil, nil)
    }

    init(_ account: AccountReference, _ members: ScenarioMembers, _ reader: inout ScenarioReader) throws(ScenarioError)
    {
        self.account = account
        failure = try members.optional("fails").map { (node) throws(ScenarioError) in try ExpectedFailure(node) }
        label = try members.label(&reader)
    }

    /// Sends messages to an instance, in one transaction.
    func submit<Message: MessageVocabulary>(_ messages: [Message], to instance: String, in run: ScenarioRun)
        throws(ScenarioError)
    {
        let messages = try ScenarioError.running(nil) { try messages.map { try SandboxMessage($0, to: instance) } }
        try submit(messages, in: run)
    }

    /// Sends messages in one transaction.
    func submit(_ messages: [SandboxMessage], in run: ScenarioRun) throws(ScenarioError) {
        try run.submit(messages, from: account, label: label, failing: failure)
    }
}

extension ScenarioMembers {
    /// The user of a chain, by the member `from`.
    ///
    /// - Parameter chain: the chain on which he has to be; any unless given.
    func user(on chain: String? = nil, _ reader: ScenarioReader) throws(ScenarioError) -> AccountReference {
        let node = try required("from")
        let account = try reader.account(node)
        guard chain == nil || account.chain == chain else {
            throw node.refusal("\(account) is on another chain: name an account of \(chain ?? "")")
        }
        return account
    }

    /// Who decides, by the member `by`: the authority of a chain unless somebody is named.
    func decider(on chain: String, _ reader: ScenarioReader) throws(ScenarioError) -> AccountReference {
        guard let node = optional("by") else {
            return AccountReference(chain: chain, name: ChainSpecification.authority)
        }
        let account = try reader.account(node)
        guard account.chain == chain else {
            throw node.refusal(
                "\(account) is on another chain: name an account of \(chain), such as \(chain)/authority"
            )
        }
        return account
    }
}

extension ScenarioRun {
    /// Some of a token as a chain writes it.
    func coin(_ token: ScenarioToken) throws(ScenarioError) -> ProtoCoin {
        let denomination = try denomination(token.denomination)
        return try ScenarioError.running(current?.place) { ProtoCoin(Coin(token.amount, try Denom(denomination))) }
    }
}
