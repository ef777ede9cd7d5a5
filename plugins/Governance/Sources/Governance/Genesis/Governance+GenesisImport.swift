import BankEvents
import GovernanceEvents
public import ModuleKit

extension Governance {
    /// The section that an export writes.
    static let genesisSection = "governance"

    /// Takes over `governance`, which an instance of this module has exported, or `gov` of a Cosmos chain.
    ///
    /// - Throws: `governanceGenesisContradiction` where parts don't agree, codespace `genesis` for malformed values, each
    ///   with the path.
    public func importGenesis(_ genesis: GenesisDocument, _ context: Context, _ report: inout GenesisReport)
        throws(ModuleError)
    {
        let (own, cosmos) = (genesis.appState[Self.genesisSection], genesis.appState["gov"])
        for section in [Self.genesisSection, "gov"] { report.claim(section) }
        guard own.optional == nil || cosmos.optional == nil else {
            throw ModuleError(
                .governanceGenesisContradiction,
                "\(own.path) and \(cosmos.path) both say how governance stands: leave one out"
            )
        }
        if let section = own.optional { try take(exported: section, context) }
        if let section = cosmos.optional { try take(cosmos: section, context, &report) }
    }

    private func take(exported section: JSONField, _ context: Context) throws(ModuleError) {
        do throws(ModuleError) {
            let genesis = try GovernanceGenesis(decodingJSON: try section.required().text())
            try set(try GovernanceRules(genesis.parameters), context)
            try number(genesis.nextProposal, context)
            for proposal in genesis.proposals { try take(proposal, context) }
            for deposit in genesis.deposits { try take(deposit, context) }
            for weight in genesis.weights {
                try set(try Decimal18(weight.multiplier), of: try account(weight.delegator, context), context)
            }
            for vote in genesis.votes { try take(vote, context) }
            try requireDeposits(context)
        } catch {
            throw error.adding(context: section.path)
        }
    }

    private func take(cosmos section: JSONField, _ context: Context, _ report: inout GenesisReport)
        throws(ModuleError)
    {
        try takeParameters(section, context, &report)
        let rules = try collections.currentRules(context)
        let genesis = try CosmosGenesis(section, rules, context.addresses, &report)
        do throws(ModuleError) {
            try number(genesis.nextProposal, context)
            for proposal in genesis.proposals { try take(proposal, context) }
            for deposit in genesis.deposits { try take(deposit, context) }
            for vote in genesis.votes { try take(vote, context) }
            if genesis.isLegacy { try fundDeposits(rules, context, &report) }
            try requireDeposits(context)
        } catch {
            throw error.adding(context: section.path)
        }
    }

    private func takeParameters(_ section: JSONField, _ context: Context, _ report: inout GenesisReport)
        throws(ModuleError)
    {
        let known = [
            "starting_proposal_id", "deposits", "votes", "proposals", "deposit_params", "voting_params", "tally_params",
            "params",
        ]
        for (name, field) in try section.members() where !known.contains(name) && field.optional != nil {
            if field.value == .string("") { continue }
            report.skip("app_state.gov.\(name)", "not known", example: field.path)
        }
        var rules = try collections.currentRules(context)
        // Newer documents have both layouts; the newer one counts.
        for name in ["deposit_params", "voting_params", "tally_params", "params"] {
            guard let params = section[name].optional else { continue }
            for unknown in try ParametersFormat.unknownMembers(of: params) {
                report.remark(
                    "app_state.gov.\(name).\(unknown)",
                    "not kept: nothing here goes by it",
                    example: params[unknown].path
                )
            }
            try ParametersFormat.read(params, into: &rules)
        }
        do throws(ModuleError) {
            try set(rules, context)
        } catch {
            throw error.adding(context: section.path)
        }
    }

    private func number(_ next: UInt64, _ context: Context) throws(ModuleError) {
        guard next > 0, next < .max else {
            throw ModuleError(.governanceGenesisContradiction, "proposals are numbered from 1: mend the next number")
        }
        guard next != (try collections.currentTotals(context).nextProposal) else { return }
        try context.emit(.with { $0.numberingSet.nextProposal = next })
    }

    private func take(_ proposal: GovernanceProposal, _ context: Context) throws(ModuleError) {
        let totals = try collections.currentTotals(context)
        let isNumbered = proposal.number > 0 && proposal.number < totals.nextProposal
        let isThere = try collections.proposals.contains(proposal.number, in: context)
        guard isNumbered, !isThere else {
            throw ModuleError(
                .governanceGenesisContradiction,
                "proposal \(proposal.number) stands there twice, or its number is still to be given: mend it"
            )
        }
        guard proposal.status != .votingPeriod || totals.ballotBoxes < GovernanceRules.maxVotingLimit else {
            throw ModuleError(
                .governanceGenesisContradiction,
                "more than \(GovernanceRules.maxVotingLimit) proposals are voted on: end some before the export"
            )
        }
        try requireForm(of: proposal)
        try context.emit(.with { $0.proposalImported.proposal = proposal })
    }

    /// What events count on later: a status, and the rules of a vote.
    private func requireForm(of proposal: GovernanceProposal) throws(ModuleError) {
        if proposal.hasRules { try GovernanceRules(proposal.rules).check() }
        if !proposal.burnedPart.isEmpty {
            guard try Decimal18(proposal.burnedPart) <= .one else {
                throw ModuleError(
                    .governanceGenesisContradiction,
                    "proposal \(proposal.number) burns over all: mend it"
                )
            }
        }
        let isDecided = proposal.isOver || proposal.status == .accepted
        let isRight =
            switch proposal.status {
            case .unspecified, .UNRECOGNIZED: false
            case .votingPeriod: proposal.hasRules
            default: true
            }
        guard isRight, isDecided == !proposal.burnedPart.isEmpty else {
            throw ModuleError(
                .governanceGenesisContradiction,
                "proposal \(proposal.number) has a status that its other figures contradict: mend it"
            )
        }
    }

    private func take(_ deposit: GovernanceDepositImported, _ context: Context) throws(ModuleError) {
        let depositor = try account(deposit.depositor, context)
        _ = try collections.proposal(deposit.proposal, in: context)
        let isThere = try collections.deposits.contains(Pair(deposit.proposal, depositor), in: context)
        let amount = try Amount(deposit.amount)
        guard !isThere, !amount.isZero else {
            throw ModuleError(
                .governanceGenesisContradiction,
                "a deposit on proposal \(deposit.proposal) is zero, or stands there twice: mend it"
            )
        }
        try context.emit(.with { $0.depositImported = deposit })
    }

    /// Votes are taken as they are: who has no stake any more counts for nothing.
    private func take(_ vote: GovernanceVoted, _ context: Context) throws(ModuleError) {
        let voter = try account(vote.voter, context)
        _ = try WeightedVote(checking: vote.options)
        let status = try collections.proposal(vote.proposal, in: context).status
        let isThere = try collections.ballots.contains(Pair(vote.proposal, voter), in: context)
        guard status == .votingPeriod, !isThere else {
            throw ModuleError(
                .governanceGenesisContradiction,
                "a vote on proposal \(vote.proposal) stands there twice, or the proposal is not voted on: mend it"
            )
        }
        try track(voter, context)
        try context.emit(.with { $0.voted = vote })
    }

    private func account(_ text: String, _ context: Context) throws(ModuleError) -> Address {
        try context.addresses.parse(text, as: .account)
    }

    /// Brings into being what old chains held outside of all accounts.
    private func fundDeposits(_ rules: GovernanceRules, _ context: Context, _ report: inout GenesisReport)
        throws(ModuleError)
    {
        let held = try collections.currentTotals(context).held
        guard let balance = try balance(rules, context), balance < held else { return }
        let missing = rules.coin(try held.subtracting(balance))
        try context.emit(.with { $0.depositsFunded.amount = missing })
        report.remark("app_state.gov.deposits", "were held outside of accounts: the module's account got the coins")
    }

    private func requireDeposits(_ context: Context) throws(ModuleError) {
        let rules = try collections.currentRules(context)
        let held = try collections.currentTotals(context).held
        guard !held.isZero, let balance = try balance(rules, context) else { return }
        guard balance >= held else {
            throw ModuleError(
                .governanceGenesisContradiction,
                "deposits of \(held) are held, but the account \(GovernanceAccount.name) has \(balance): mend one"
            )
        }
    }

    /// What the account of deposits has; nil where there is no bank.
    private func balance(_ rules: GovernanceRules, _ context: Context) throws(ModuleError) -> Amount? {
        guard let bank = context.firstInstance(ofModule: "bank") else { return nil }
        let query = BankQuery.with {
            $0.balance.address = text(of: GovernanceAccount.address, context)
            $0.balance.denom = rules.minDeposit.denom.text
        }
        return try context.ask(query, of: bank.number).balance.coin().amount
    }
}
