import GovernanceEvents
public import ModuleKit

extension Governance {
    /// Writes the state, such that importing it gives the same: only votes and stakes that count no more are left out.
    ///
    /// The section is called `governance`, and is the JSON form of the vocabulary's `Genesis`.
    public func exportGenesis(_ state: StateReader) throws(ModuleError) -> [(section: String, value: JSONValue)] {
        guard let rules = try collections.rules.value(in: state) else { return [] }
        let answerer = GovernanceAnswerer(collections: collections, state: state)
        var genesis = GovernanceGenesis()
        genesis.parameters = rules.stored
        genesis.nextProposal = try collections.currentTotals(state).nextProposal
        genesis.weights = try answerer.weights()
        let prefix = try collections.currentSettings(state).accountPrefix
        try collections.deposits.forEach(in: state) { (key, deposit) throws(ModuleError) in
            let depositor = try key.second.text(prefix: prefix)
            genesis.deposits.append(
                .with {
                    $0.proposal = key.first
                    $0.depositor = depositor
                    $0.amount = deposit.amount.description
                }
            )
            return true
        }
        try collections.proposals.forEach(in: state) { (_, proposal) throws(ModuleError) in
            var proposal = proposal
            let isForgotten = try Amount(proposal.deposit).isZero
            if isForgotten, [.expired, .cancelled].contains(proposal.status) { return true }
            proposal.deposit = ""
            genesis.proposals.append(proposal)
            return true
        }
        for proposal in genesis.proposals where proposal.status == .votingPeriod {
            try collections.ballots.forEach(startingWith: proposal.number, in: state) {
                (key, ballot) throws(ModuleError) in
                genesis.votes.append(try answerer.voted(key.first, key.second, ballot))
                return true
            }
        }
        return [(Self.genesisSection, try JSONValue(parsing: try genesis.json()))]
    }
}
