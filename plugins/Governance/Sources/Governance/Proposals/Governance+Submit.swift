import GovernanceEvents
import ModuleKit

extension Governance {
    /// The longest title, in bytes of UTF-8.
    static let titleBytesMax = 255
    /// The longest summary, in bytes of UTF-8.
    static let summaryBytesMax = 10_200
    /// The most messages of a proposal.
    static let messagesMax = 64
    /// The most that all messages may have together, in bytes: an event carries them.
    static let messageBytesMax = 32_768

    /// Takes up a proposal, with its first deposit.
    ///
    /// - Throws: `proposalMalformed`, `unknownAddressee`, `depositTooSmall`, `notDepositCoin`; what its messages throw.
    func submit(_ request: GovernanceSubmit, _ proposer: Address, _ context: Context) throws(ModuleError) {
        try checkForm(of: request)
        try requireAddressees(of: request.messages, context)
        let rules = try collections.currentRules(context)
        let amount = request.hasInitialDeposit ? try rules.amount(of: request.initialDeposit) : .zero
        try require(amount, reaches: max(rules.minInitialDepositRatio, rules.minDepositRatio), rules)
        let number = try collections.currentTotals(context).nextProposal
        let end = try context.block.time.adding(rules.maxDepositPeriod)
        try context.emit(
            .with {
                $0.proposalSubmitted = .with {
                    $0.proposal = number
                    $0.title = request.title
                    $0.summary = request.summary
                    $0.proposer = text(of: proposer, context)
                    $0.messages = request.messages
                    $0.mayFailNow = request.mayFailNow
                    $0.submitTimeNanoseconds = context.block.time.nanoseconds
                    $0.depositEndTimeNanoseconds = end.nanoseconds
                }
            }
        )
        try rehearse(request, number, context)
        if !amount.isZero { try deposit(amount, on: number, proposer, rules, context) }
    }

    private func checkForm(of request: GovernanceSubmit) throws(ModuleError) {
        func require(_ isRight: Bool, _ rule: String) throws(ModuleError) {
            guard isRight else { throw ModuleError(.proposalMalformed, rule) }
        }
        try require(!request.title.isEmpty, "the proposal has no title: give it one")
        try require(
            request.title.utf8.count <= Self.titleBytesMax,
            "the title is over \(Self.titleBytesMax) bytes: shorten it"
        )
        try require(
            request.summary.utf8.count <= Self.summaryBytesMax,
            "the summary is over \(Self.summaryBytesMax) bytes: shorten it, or link to a longer text"
        )
        try require(
            request.messages.count <= Self.messagesMax,
            "the proposal has over \(Self.messagesMax) messages: split it"
        )
        let bytes = request.messages.reduce(0) { $0 + $1.instance.utf8.count + $1.message.count }
        try require(bytes <= Self.messageBytesMax, "the messages are over \(Self.messageBytesMax) bytes: split them")
    }

    private func requireAddressees(of messages: [GovernanceProposalMessage], _ context: Context) throws(ModuleError) {
        for (index, message) in messages.enumerated() {
            guard isForHost(message, context) || context.instance(named: message.instance) != nil else {
                throw ModuleError(
                    .unknownAddressee,
                    "message \(index) is for an instance that does not exist: deploy it first, or mend the label or address"
                )
            }
        }
    }

    /// Takes a proposal back.
    ///
    /// - Throws: `notProposer`, `proposalOver`.
    func cancel(_ number: UInt64, _ sender: Address, _ context: Context) throws(ModuleError) {
        let proposal = try collections.proposal(number, in: context)
        guard proposal.proposer == text(of: sender, context) else {
            throw ModuleError(.notProposer, "only who submitted proposal \(number) can take it back: vote against it")
        }
        let isOpen =
            switch proposal.status {
            case .depositPeriod: context.block.time < proposal.depositEnd
            case .waiting: true
            case .votingPeriod: context.block.time < proposal.votingEnd
            default: false
            }
        guard isOpen else {
            throw ModuleError(.proposalOver, "proposal \(number) is decided: it can't be taken back any more")
        }
        let part = try collections.currentRules(context).proposalCancelRatio
        try context.emit(
            .with {
                $0.proposalCancelled.proposal = number
                $0.proposalCancelled.burnedPart = part.description
            }
        )
    }
}
