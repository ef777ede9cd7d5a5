import Bank
import Governance
import GovernanceEvents
import ModuleKit
import ModuleTesting
import NativeStaking
import Testing

@Suite("Governance's configuration")
struct ConfigurationTests {
    @Test("may be empty: the parameters are then those of the Cosmos SDK")
    func defaults() throws {
        let harness = try ModuleHarness(Governance(), neighbours: [Bank(), NativeStaking()])
        try harness.nextBlock()
        let expected = GovernanceParameters.with {
            $0.minDeposit = .stake(10_000_000)
            $0.maxDepositPeriodNanoseconds = 172_800_000_000_000
            $0.votingPeriodNanoseconds = 172_800_000_000_000
            $0.quorum = "0.334000000000000000"
            $0.threshold = "0.500000000000000000"
            $0.vetoThreshold = "0.334000000000000000"
            $0.minInitialDepositRatio = "0.000000000000000000"
            $0.minDepositRatio = "0.010000000000000000"
            $0.proposalCancelRatio = "0.500000000000000000"
            $0.burnVoteVeto = true
            $0.maxVoting = 32
        }
        #expect(try harness.query(.with { $0.parameters = .init() }).parameters == expected)
    }

    @Test("takes no unknown setting, no value beyond its bounds, and no other denomination")
    func refusals() throws {
        let chain = try GovernanceChain()
        func configure(_ configuration: JSONValue) throws -> Outcome<Governance> {
            try chain.harness.when(reconfiguring: configuration, from: chain.alice)
        }
        try configure(["stakin": "staking"]).thenFailed(.invalidValue)
        try configure(["params": ["quorun": "0.5"]]).thenFailed(.invalidValue, saying: "quorun")
        for (name, value) in [
            ("quorum", "0"), ("threshold", "1"), ("veto_threshold", "0"), ("voting_period", "0s"),
            ("max_deposit_period", "400000000s"), ("min_initial_deposit_ratio", "2"), ("max_voting", "65"),
            ("max_voting", "0"),
        ] {
            var params = JSONObject()
            params[name] = .string(value)
            try configure(["params": .object(params)]).thenFailed(.governanceParameterNotAllowed, saying: name)
        }
        try configure(["params": ["min_deposit": ["denom": "other", "amount": "5"]]])
            .thenFailed(.governanceParameterNotAllowed, saying: "bond denomination")
        try configure(["params": ["min_deposit": ["denom": "stake", "amount": "5"]]]).thenSucceeded()
        try configure([:]).thenEmittedNothing()
    }

    @Test("names native staking alone as the stake that votes, so that there is always somebody to vote")
    func staking() throws {
        let chain = try GovernanceChain()
        for label in ["nobody", "usher", ""] {
            try chain.harness.when(reconfiguring: ["staking": .string(label)], from: chain.alice)
                .thenFailed(.governanceParameterNotAllowed, saying: "native staking")
        }
        try chain.harness.when(reconfiguring: ["staking": "staking"], from: chain.alice).thenEmittedNothing()
        let number = try chain.propose()
        try chain.harness.when(.vote(.yes, on: number), from: GovernanceChain.validator(0)).thenSucceeded()
    }

    @Test("follows the bond denomination, which staking's genesis may bring")
    func bondDenomination() throws {
        let harness = try ModuleHarness(Governance(), neighbours: [Bank(), NativeStaking()])
        try harness.given(.genesis(appState: ["staking": ["params": ["bond_denom": "uatom"]]]))
        #expect(try harness.query(.with { $0.parameters = .init() }).parameters.minDeposit.denom == "uatom")
    }
}
