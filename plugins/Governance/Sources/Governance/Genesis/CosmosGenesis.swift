import GovernanceEvents
import ModuleKit

/// `gov` of a Cosmos genesis document, in the layouts from SDK 0.34 to 0.50, as far as it is carried over.
///
/// What proposals of another program would do, nobody here can read. Proposals that are over are history, and kept as such
/// without their contents. One under way goes on when it is a mere text; any other fails, and its deposits go back.
struct CosmosGenesis {
    let nextProposal: UInt64
    private(set) var proposals: [GovernanceProposal] = []
    private(set) var deposits: [GovernanceDepositImported] = []
    private(set) var votes: [GovernanceVoted] = []
    /// Whether deposits were held outside of accounts, as before SDK 0.36.
    private(set) var isLegacy = false

    private let rules: GovernanceRules
    private let prefixes: AddressPrefixes

    init(
        _ section: JSONField,
        _ rules: GovernanceRules,
        _ prefixes: AddressPrefixes,
        _ report: inout GenesisReport
    ) throws(ModuleError) {
        self.rules = rules
        self.prefixes = prefixes
        nextProposal = try section["starting_proposal_id"].optional?.integer(as: UInt64.self) ?? 1
        for field in try section["proposals"].elementsIfAny() { try readProposal(field, &report) }
        for field in try section["deposits"].elementsIfAny() { try readDeposit(field) }
        for field in try section["votes"].elementsIfAny() { try readVote(field, &report) }
    }

    private mutating func readProposal(_ field: JSONField, _ report: inout GenesisReport) throws(ModuleError) {
        var proposal = GovernanceProposal()
        proposal.number = try (field["id"].optional ?? field["proposal_id"]).integer(as: UInt64.self)
        guard proposal.number > 0, proposal.number < nextProposal else {
            throw field.invalid(
                "a proposal has a number that is still to be given: starting_proposal_id has to be above"
            )
        }
        let content = ProposalContent(field)
        proposal.title = try content.title()
        proposal.summary = try content.summary()
        proposal.proposer = try field["proposer"].optional?.string() ?? ""
        proposal.status = try Self.status(field["status"].optional ?? field["proposal_status"])
        proposal.submitTimeNanoseconds = try Self.nanoseconds(field["submit_time"])
        proposal.depositEndTimeNanoseconds = try Self.nanoseconds(field["deposit_end_time"])
        proposal.votingStartTimeNanoseconds = try Self.nanoseconds(field["voting_start_time"])
        proposal.votingEndTimeNanoseconds = try Self.nanoseconds(field["voting_end_time"])
        if proposal.isOver {
            proposal.burnedPart = Decimal18.zero.description
            proposal.result = try Self.result(field["final_tally_result"])
        } else if try !content.isText() {
            let error = ModuleError(
                .foreignProposal,
                "the proposal is of another program, and can't be executed here: propose it anew"
            )
            proposal.status = .failed
            proposal.burnedPart = Decimal18.zero.description
            proposal.failure = GovernanceFailure(error)
            report.skip(
                "app_state.gov.proposals[]",
                "under way, and of a content that can't be executed here: it fails, and its deposits go back",
                example: field.path
            )
        } else if proposal.status == .votingPeriod {
            proposal.rules = rules.stored
        }
        proposals.append(proposal)
    }

    private mutating func readDeposit(_ field: JSONField) throws(ModuleError) {
        let inner = field["deposit"].optional
        if inner != nil { isLegacy = true }
        let deposit = inner ?? field
        let coins = try deposit["amount"].coins()
        let amount = coins.amount(of: rules.minDeposit.denom)
        guard coins == Coins(Coin(amount, rules.minDeposit.denom)) else {
            throw field.invalid("deposits are in the bond denomination alone: settle the others before the export")
        }
        guard !amount.isZero else { return }
        let depositor = try deposit["depositor"].address(prefixes, as: .account)
        deposits.append(
            .with {
                $0.depositor = prefixes.format(depositor, as: .account)
                $0.amount = amount.description
            }
        )
        deposits[deposits.count - 1].proposal = try field["proposal_id"].integer(as: UInt64.self)
    }

    private mutating func readVote(_ field: JSONField, _ report: inout GenesisReport) throws(ModuleError) {
        let vote = field["vote"].optional ?? field
        let voter = try vote["voter"].address(prefixes, as: .account)
        var voted = GovernanceVoted()
        voted.proposal = try field["proposal_id"].integer(as: UInt64.self)
        voted.voter = prefixes.format(voter, as: .account)
        let options = try vote["options"].elementsIfAny()
        if options.isEmpty {
            voted.options = [try Self.option(vote["option"], weight: .one)]
        } else {
            for option in options {
                voted.options.append(try Self.option(option["option"], weight: try option["weight"].decimal()))
            }
        }
        _ = try WeightedVote(checking: voted.options)
        let proposal = proposals.first { $0.number == voted.proposal }
        guard let proposal else {
            throw field.invalid("the vote is on proposal \(voted.proposal), which is not listed")
        }
        guard proposal.status == .votingPeriod else {
            report.remark("app_state.gov.votes[]", "on proposals that are not voted on here", example: field.path)
            return
        }
        votes.append(voted)
    }
}

extension CosmosGenesis {
    /// The names of SDK 0.40 and later begin with `PROPOSAL_STATUS_`; those of before are written together.
    private static func status(_ field: JSONField) throws(ModuleError) -> GovernanceProposalStatus {
        switch try field.enumerationName(after: "PROPOSAL_STATUS_") {
        case "depositperiod": return .depositPeriod
        case "votingperiod": return .votingPeriod
        case "passed": return .passed
        case "rejected": return .rejected
        case "failed": return .failed
        default: throw field.invalid("this is no status of a proposal")
        }
    }

    private static func option(_ field: JSONField, weight: Decimal18) throws(ModuleError) -> GovernanceWeightedOption {
        let option: GovernanceVoteOption
        switch try field.enumerationName(after: "VOTE_OPTION_") {
        case "yes": option = .yes
        case "abstain": option = .abstain
        case "no": option = .no
        case "nowithveto": option = .noWithVeto
        default: throw field.invalid("this is no option of a vote")
        }
        return .with {
            $0.option = option
            $0.weight = weight.description
        }
    }

    private static func nanoseconds(_ field: JSONField) throws(ModuleError) -> UInt64 {
        try field.optional?.timestampIfSet()?.nanoseconds ?? 0
    }

    /// Since SDK 0.46 the members end in `_count`.
    private static func result(_ field: JSONField) throws(ModuleError) -> GovernanceTallyResult {
        func amount(_ name: String) throws(ModuleError) -> String {
            try (field["\(name)_count"].optional ?? field[name].optional)?.amount().description ?? "0"
        }
        var result = GovernanceTallyResult()
        result.yes = try amount("yes")
        result.abstain = try amount("abstain")
        result.no = try amount("no")
        result.noWithVeto = try amount("no_with_veto")
        return result
    }
}

extension JSONField {
    /// The elements of an array; `null`, or a missing member, stands for none.
    func elementsIfAny() throws(ModuleError) -> [JSONField] { try optional?.array() ?? [] }

    /// The name of a case, without its prefix, underscores and upper case.
    fileprivate func enumerationName(after prefix: String) throws(ModuleError) -> String {
        let name = try string()
        let rest = name.hasPrefix(prefix) ? name.dropFirst(prefix.count) : name[...]
        return rest.filter { $0 != "_" }.lowercased()
    }
}
