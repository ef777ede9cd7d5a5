import GovernanceEvents
import ModuleKit

/// The parameters as a Cosmos genesis document has them: all in one object since SDK 0.47, in three before.
enum ParametersFormat {
    /// What is read; `max_voting` is ours.
    private static let members = [
        "min_deposit", "max_deposit_period", "voting_period", "quorum", "threshold", "veto_threshold", "veto",
        "min_initial_deposit_ratio", "min_deposit_ratio", "proposal_cancel_ratio", "burn_vote_quorum",
        "burn_proposal_deposit_prevote", "burn_vote_veto", "max_voting",
    ]

    /// The members that are not read, in their order.
    static func unknownMembers(of field: JSONField) throws(ModuleError) -> [String] {
        try field.members().map(\.name).filter { !members.contains($0) }
    }

    /// Takes over what is there; what is not, as in documents of older versions, stays as it is.
    static func read(_ field: JSONField, into rules: inout GovernanceRules) throws(ModuleError) {
        if let field = field["min_deposit"].optional { rules.minDeposit = try minDeposit(field) }
        if let field = field["max_deposit_period"].optional { rules.maxDepositPeriod = try field.timeSpan() }
        if let field = field["voting_period"].optional { rules.votingPeriod = try field.timeSpan() }
        if let field = field["quorum"].optional { rules.quorum = try field.decimal() }
        if let field = field["threshold"].optional { rules.threshold = try field.decimal() }
        for name in ["veto", "veto_threshold"] {
            if let field = field[name].optional { rules.vetoThreshold = try field.decimal() }
        }
        if let field = field["min_initial_deposit_ratio"].optional {
            rules.minInitialDepositRatio = try field.decimal()
        }
        if let field = field["min_deposit_ratio"].optional { rules.minDepositRatio = try field.decimal() }
        if let field = field["proposal_cancel_ratio"].optional { rules.proposalCancelRatio = try field.decimal() }
        if let field = field["burn_vote_quorum"].optional { rules.burnsMissedQuorum = try field.bool() }
        if let field = field["burn_proposal_deposit_prevote"].optional { rules.burnsUnpaidDeposits = try field.bool() }
        if let field = field["burn_vote_veto"].optional { rules.burnsVetoed = try field.bool() }
        if let field = field["max_voting"].optional { rules.maxVoting = try field.integer(as: UInt32.self) }
    }

    /// One coin, as an object or in a list of one: deposits are in the bond denomination alone.
    private static func minDeposit(_ field: JSONField) throws(ModuleError) -> Coin {
        guard case .array(let coins) = field.value else { return try field.coin() }
        guard coins.count == 1 else {
            throw field.invalid("deposits are in one denomination, the bond denomination: name one coin")
        }
        return try field[0].coin()
    }
}
