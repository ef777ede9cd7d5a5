import Governance
import GovernanceEvents
import ModuleKit
import ModuleTesting
import NativeStaking
import StakingEvents
import StakingTesting
import Testing

@Suite("A vote")
struct VoteTests {
    @Test("is refused when it is malformed, too early, too late, or by somebody without stake")
    func refusals() throws {
        let chain = try GovernanceChain()
        let number = try chain.propose(deposit: 500)
        let validator = GovernanceChain.validator(0)
        try chain.harness.when(.vote(.yes, on: number), from: validator).thenFailed(.votingClosed)
        try chain.harness.when(.vote(.yes, on: 9), from: validator).thenFailed(.proposalNotFound)
        try chain.harness.when(.deposit(500, on: number), from: chain.alice).thenSucceeded()
        let malformed: [[(GovernanceVoteOption, String)]] = [
            [], [(.unspecified, "1")], [(.UNRECOGNIZED(5), "1")], [(.yes, "0.5"), (.yes, "0.5")],
            [(.yes, "0.5"), (.no, "0.499999999999999999")], [(.yes, "0.6"), (.no, "0.6")], [(.yes, "1"), (.no, "0")],
        ]
        for options in malformed {
            try chain.harness.when(.vote(options, on: number), from: validator).thenFailed(.invalidVote)
        }
        try chain.harness.when(.vote([(.yes, "-1")], on: number), from: validator).thenFailed(.invalidDecimal)
        try chain.harness.when(.vote(.yes, on: number), from: chain.alice).thenFailed(.voterHasNoStake)
        try chain.pass(195)
        try chain.harness.when(.vote(.no, on: number), from: validator).thenSucceeded()
        try chain.pass(5)
        try chain.harness.when(.vote(.yes, on: number), from: validator).thenFailed(.votingClosed)
        #expect(try chain.proposal(number).result.figures == ["0", "0", "3000000", "0"])
    }

    @Test("replaces the one of before, and can be given to several options in parts")
    func replacing() throws {
        let chain = try GovernanceChain()
        let number = try chain.propose()
        let validator = GovernanceChain.validator(0)
        try chain.harness.when(.vote(.yes, on: number), from: validator).thenSucceeded()
        let parts: [(GovernanceVoteOption, String)] = [(.no, "0.5"), (.abstain, "0.2"), (.noWithVeto, "0.3")]
        try chain.harness.when(.vote(parts, on: number), from: validator).thenSucceeded()
        #expect(try chain.tally(number).figures == ["0", "600000", "1500000", "900000"])
        let votes = try chain.harness.query(.with { $0.votes.proposal = number }).votes.votes
        #expect(votes.count == 1 && votes[0].options.map(\.option) == [.no, .abstain, .noWithVeto])
        let own = GovernanceQuery.with { $0.accountVotes.account = chain.text(validator) }
        #expect(try chain.harness.query(own).accountVotes.votes == votes)
    }

    @Test("of a delegator counts instead of his validator's, with all that he has anywhere")
    func overriding() throws {
        let chain = try GovernanceChain()
        try chain.delegate(1_000_000, to: 0, by: chain.alice)
        try chain.delegate(500_000, to: 1, by: chain.alice)
        try chain.delegate(250_000, to: 0, by: chain.bob)
        let number = try chain.propose()
        try chain.harness.when(.vote(.yes, on: number), from: GovernanceChain.validator(0)).thenSucceeded()
        // The validator's own stake counts as a delegator's, and it votes for all others.
        #expect(try chain.tally(number).figures == ["4250000", "0", "0", "0"])
        try chain.harness.when(.vote(.no, on: number), from: chain.alice).thenSucceeded()
        #expect(try chain.tally(number).figures == ["3250000", "0", "1500000", "0"])
        try chain.harness.when(.vote(.abstain, on: number), from: GovernanceChain.validator(1)).thenSucceeded()
        #expect(try chain.tally(number).figures == ["3250000", "2000000", "1500000", "0"])
    }

    @Test("follows what its voter stakes, takes back and moves while the voting goes on")
    func followsStake() throws {
        let chain = try GovernanceChain()
        try chain.delegate(1_000_000, to: 0, by: chain.alice)
        let number = try chain.propose()
        try chain.harness.when(.vote(.yes, on: number), from: chain.alice).thenSucceeded()
        try chain.delegate(500_000, to: 1, by: chain.alice)
        #expect(try chain.tally(number).yes == "1500000")
        try chain.harness.when(
            .with {
                $0.redelegate.source = chain.operatorText(0)
                $0.redelegate.destination = chain.operatorText(2)
                $0.redelegate.amount = .stake(400_000)
            },
            to: NativeStaking.self,
            from: chain.alice
        ).thenSucceeded()
        #expect(try chain.tally(number).yes == "1500000")
        let height = chain.harness.block.height
        try chain.harness.when(
            .with {
                $0.undelegate.validator = chain.operatorText(0)
                $0.undelegate.amount = .stake(600_000)
            },
            to: NativeStaking.self,
            from: chain.alice
        ).thenSucceeded()
        #expect(try chain.tally(number).yes == "900000")
        try chain.harness.when(
            .with {
                $0.cancelUnbonding.validator = chain.operatorText(0)
                $0.cancelUnbonding.amount = .stake(100_000)
                $0.cancelUnbonding.creationHeight = height
            },
            to: NativeStaking.self,
            from: chain.alice
        ).thenSucceeded()
        #expect(try chain.tally(number).yes == "1000000")
    }

    @Test("is cast by an instance in the name of its sub-accounts, each with its own stake")
    func subAccounts() throws {
        let chain = try GovernanceChain()
        func tell(_ message: UsherMessage) throws -> Outcome<Governance> {
            try chain.harness.when(message, to: Usher.self, from: chain.carol)
        }
        for (owner, amount) in [(chain.alice, 300_000), (chain.bob, 200_000)] as [(Address, UInt64)] {
            try tell(
                .with {
                    $0.stake.validator = chain.operatorText(0)
                    $0.stake.amount = .stake(amount)
                    $0.stake.owner = chain.text(owner)
                }
            ).thenSucceeded()
        }
        let number = try chain.propose()
        func vote(_ option: UInt32, for owner: Address) throws -> Outcome<Governance> {
            try tell(
                .with {
                    $0.vote.proposal = number
                    $0.vote.option = option
                    $0.vote.owner = chain.text(owner)
                }
            )
        }
        try chain.harness.when(.vote(.no, on: number), from: GovernanceChain.validator(0)).thenSucceeded()
        try vote(1, for: chain.alice).thenSucceeded()
        try vote(9, for: chain.alice).thenFailed(.invalidVote)
        try vote(1, for: chain.carol).thenFailed(.voterHasNoStake)
        #expect(try chain.tally(number).figures == ["300000", "0", "3200000", "0"])
        // What staking then records of a sub-account is addressed to the usher, and counts here all the same.
        try tell(
            .with {
                $0.unstake.validator = chain.operatorText(0)
                $0.unstake.amount = .stake(100_000)
                $0.unstake.owner = chain.text(chain.alice)
            }
        ).thenSucceeded()
        #expect(try chain.tally(number).figures == ["200000", "0", "3200000", "0"])
        let votes = try chain.harness.query(.with { $0.votes.proposal = number }).votes.votes
        #expect(votes.filter { !$0.owner.isEmpty }.map(\.owner) == [chain.text(chain.alice)])
    }

    @Test("is decided by the rules that stood when its voting began")
    func rulesOfTheStart() throws {
        let chain = try GovernanceChain()
        let before = try chain.propose()
        let params: JSONValue = ["params": ["quorum": "0.9", "voting_period": "50s"]]
        try chain.harness.when(reconfiguring: params, from: try chain.harness.identity.address).thenSucceeded()
        let after = try chain.propose()
        for number in [before, after] {
            try chain.harness.when(.vote(.yes, on: number), from: GovernanceChain.validator(0)).thenSucceeded()
        }
        try chain.pass(60)
        #expect(try chain.proposal(after).result.outcome == .quorumMissed)
        #expect(try chain.proposal(before).status == .votingPeriod)
        try chain.pass(150)
        #expect(try chain.proposal(before).status == .passed)
    }

    @Test("is decided as the Cosmos SDK decides", arguments: Verdict.all)
    func verdicts(_ verdict: Verdict) throws {
        let chain = try GovernanceChain(stakes: [1_000_000, 1_000_000])
        try chain.delegate(8_000_000, to: 0, by: chain.alice)
        let number = try chain.propose()
        if !verdict.options.isEmpty {
            try chain.harness.when(.vote(verdict.options, on: number), from: chain.alice).thenSucceeded()
        }
        try chain.pass(205)
        #expect(try chain.proposal(number).result.outcome == verdict.outcome, "\(verdict)")
    }

    /// What 8 of 10 units vote, and what comes of it.
    struct Verdict: Sendable {
        let options: [(GovernanceVoteOption, String)]
        let outcome: GovernanceTallyOutcome

        static let all = [
            Verdict(options: [], outcome: .quorumMissed),
            Verdict(options: [(.abstain, "1")], outcome: .allAbstained),
            // Abstaining counts for the quorum, not for the threshold.
            Verdict(options: [(.abstain, "0.9"), (.yes, "0.06"), (.no, "0.04")], outcome: .accepted),
            Verdict(options: [(.yes, "0.5"), (.no, "0.5")], outcome: .thresholdMissed),
            Verdict(options: [(.yes, "0.500001"), (.no, "0.499999")], outcome: .accepted),
            Verdict(options: [(.yes, "0.666"), (.noWithVeto, "0.334")], outcome: .accepted),
            Verdict(options: [(.yes, "0.665999"), (.noWithVeto, "0.334001")], outcome: .vetoed),
            // A veto is measured by all votes, also those that abstain.
            Verdict(options: [(.abstain, "0.7"), (.noWithVeto, "0.3")], outcome: .thresholdMissed),
        ]
    }
}
