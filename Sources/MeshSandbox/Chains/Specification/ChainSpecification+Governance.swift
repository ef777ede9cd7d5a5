import GovernanceEvents
public import ModuleKit

extension ChainSpecification {
    /// How a chain decides by vote. What is left nil is as governance has it by itself.
    public struct Governance: Sendable, Hashable {
        /// With how much of the bonded coin a proposal can be voted on.
        public var minDeposit: Amount = 1_000_000
        /// How long a proposal waits for its deposit.
        public var depositPeriod = TimeSpan.seconds(60)
        /// For how long is voted.
        public var votingPeriod = TimeSpan.seconds(60)
        /// What part of the bonded stake has to vote.
        public var quorum: Decimal18?
        /// More than this part of the votes has to be for a proposal.
        public var threshold: Decimal18?
        /// More than this part of the votes vetoes a proposal.
        public var vetoThreshold: Decimal18?
        /// The account that submits proposals of the chain's authority, and holds the deposit for one at least.
        public var proposer = PairingSpecification.deployer

        /// Governance with usual values.
        public init() {}

        /// The parameters, as a Cosmos genesis document has them.
        func parameters(depositing denom: String) -> JSONValue {
            var parameters = JSONObject()
            parameters["min_deposit"] = [["denom": .string(denom), "amount": .string(minDeposit.description)]]
            parameters["max_deposit_period"] = .string(depositPeriod.description)
            parameters["voting_period"] = .string(votingPeriod.description)
            if let quorum { parameters["quorum"] = .string(quorum.description) }
            if let threshold { parameters["threshold"] = .string(threshold.description) }
            if let vetoThreshold { parameters["veto_threshold"] = .string(vetoThreshold.description) }
            return .object(parameters)
        }
    }

    /// The label of the instance of governance, which every chain has.
    static let governanceLabel = GovernanceEvent.moduleName

    /// Whether what an account does goes by proposal: the authority's deeds do, on a chain with governance.
    ///
    /// Everything that a sandbox has an authority do asks here, so that the same steps serve chains of either kind.
    func goesByProposal(_ account: String) -> Bool { governance != nil && account == Self.authority }

    /// Makes sure that whoever proposes can pay for it.
    ///
    /// - Throws: `invalidSpecification`.
    func checkGovernance() throws(SandboxError) {
        guard let governance else { return }
        let (name, least) = (governance.proposer, governance.minDeposit)
        guard name != Self.authority else {
            throw SandboxError(
                .invalidSpecification,
                "the chain '\(chainID)' can't be made: its authority is governance, which signs nothing: let another account "
                    + "propose"
            )
        }
        // Validators hold a thousand times what they bond.
        guard !validatorNames.contains(name) else { return }
        let held = accounts.first { $0.name == name }?.coins.first { $0.denom.text == bondDenom }?.amount ?? .zero
        guard held >= least else {
            throw SandboxError(
                .invalidSpecification,
                "the chain '\(chainID)' can't be made: '\(name)' submits its proposals, and has no \(least)\(bondDenom) for the "
                    + "deposit: give the account so much, or let another one propose"
            )
        }
    }
}
