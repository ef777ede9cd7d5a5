import Governance
import GovernanceEvents
import LocalStaking
import LocalStakingEvents
import ModuleKit
import ModuleTesting
import StakingEvents
import Testing
import Vault

@Suite("Votes with local stake")
struct VoteTests {
    /// Alice has 1 000 000 of collateral, all of it staked here with two validators, which have 5 000 000 of their own each.
    private func chain() throws -> LocalChain {
        let chain = try LocalChain.entitled()
        try chain.bond(1_000_000, from: chain.alice).thenSucceeded()
        try chain.stake(600_000, at: 0, from: chain.alice).thenSucceeded()
        try chain.stake(400_000, at: 1, from: chain.alice).thenSucceeded()
        try chain.finish()
        return chain
    }

    @Test(
        "count instead of the validators', with all that the user has staked here, and can be given anew and in parts"
    )
    func overrides() throws {
        let chain = try chain()
        let number = try chain.propose()
        try chain.voteNatively(.plain(.no), on: number, by: LocalChain.validator(0)).thenSucceeded()
        #expect(try chain.tally(number) == ["0", "0", "5600000", "0"])
        let outcome = try chain.vote(.plain(.yes), on: number, by: chain.alice).thenSucceeded()
        #expect(try chain.tally(number) == ["1000000", "0", "5000000", "0"])
        let voted = outcome.events.of(GovernanceEvent.self).compactMap { event -> GovernanceVoted? in
            if case .voted(let voted) = event.event { voted } else { nil }
        }
        #expect(voted.map(\.voter) == [try chain.account(of: chain.alice).subAccount])
        #expect(voted.map(\.owner) == [chain.text(chain.alice)])
        try chain.vote(.parts([(.noWithVeto, "0.7"), (.abstain, "0.3")]), on: number, by: chain.alice).thenSucceeded()
        #expect(try chain.tally(number) == ["0", "300000", "5000000", "700000"])
        try chain.finish()
    }

    @Test("follow the stake when it is moved, taken back, staked anew, and cut")
    func followsStake() throws {
        let chain = try chain()
        try chain.stakeAfar(1_000_000, from: chain.alice).thenSucceeded()
        let number = try chain.propose()
        try chain.vote(.plain(.yes), on: number, by: chain.alice).thenSucceeded()
        try chain.restake(100_000, from: 0, to: 2, by: chain.alice).thenSucceeded()
        #expect(try chain.tally(number).first == "1000000")
        try chain.unstake(300_000, from: 1, by: chain.alice).thenSucceeded()
        #expect(try chain.tally(number).first == "700000")
        try chain.finish()
        // A tenth of all: of what is unbonding nothing, as enough is staked beside it.
        try chain.lose(100_000, of: chain.alice).thenSucceeded()
        #expect(try chain.tally(number).first == "600000")
        try chain.finish()
        chain.harness.withhold(.undelegateLocalStakeAtOnce)
        try chain.lose(50_000, of: chain.alice).thenSucceeded()
        // What is forfeit votes no more, also while it is unbonding.
        let forfeit = try Amount(try chain.account(of: chain.alice).forfeit)
        let staked = try chain.delegated(by: chain.alice).reduce(Amount.zero) { try $0.adding($1) }
        #expect(!forfeit.isZero)
        #expect(try chain.tally(number).first == staked.description)
        try chain.finish()
        try chain.bond(400_000, from: chain.alice).thenSucceeded()
        try chain.stake(200_000, at: 2, from: chain.alice).thenSucceeded()
        #expect(try chain.tally(number).first == staked.adding(200_000).description)
        for (validator, amount) in try chain.delegated(by: chain.alice).enumerated() where !amount.isZero {
            try chain.unstake(UInt64(amount.units), from: validator, by: chain.alice).thenSucceeded()
        }
        // No collateral gets free while its vote counts.
        #expect(try chain.tally(number) == ["0", "0", "0", "0"])
        try chain.finish()
    }

    @Test("are apart from those of other users, and from the user's own with what he has staked without the vault")
    func keepsApart() throws {
        let chain = try chain()
        try chain.bond(500_000, from: chain.bob).thenSucceeded()
        try chain.stake(500_000, at: 0, from: chain.bob).thenSucceeded()
        try chain.delegate(200_000, to: 0, by: chain.alice)
        let number = try chain.propose()
        try chain.vote(.plain(.yes), on: number, by: chain.alice).thenSucceeded()
        try chain.vote(.plain(.no), on: number, by: chain.bob).thenSucceeded()
        try chain.voteNatively(.plain(.abstain), on: number, by: chain.alice).thenSucceeded()
        #expect(try chain.tally(number) == ["1000000", "200000", "500000", "0"])
        try chain.voteNatively(.plain(.no), on: number, by: LocalChain.validator(0)).thenSucceeded()
        #expect(try chain.tally(number) == ["1000000", "200000", "5500000", "0"])
        try chain.finish()
    }

    @Test("decide with the others when the voting is over")
    func decides() throws {
        let chain = try chain()
        let number = try chain.propose()
        for validator in 0..<3 {
            try chain.voteNatively(.plain(.abstain), on: number, by: LocalChain.validator(validator)).thenSucceeded()
        }
        try chain.vote(.plain(.yes), on: number, by: chain.alice).thenSucceeded()
        try chain.finish(after: 501)
        #expect(try chain.tally(number) == ["1000000", "15000000", "0", "0"])
        let proposal = try chain.harness.query(.with { $0.proposal.proposal = number }, of: Governance.self).proposal
        #expect(proposal.result.outcome == .accepted)
    }

    @Test("are refused as governance refuses them, and then nothing is recorded")
    func refusals() throws {
        let chain = try chain()
        let number = try chain.propose()
        try chain.vote(.plain(.yes), on: number, by: chain.bob).thenFailed(.voterHasNoStake)
        try chain.vote(.plain(.yes), on: number + 1, by: chain.alice).thenFailed(.proposalNotFound)
        for options in [[], .plain(.unspecified), .parts([(.yes, "0.5"), (.no, "0.4")])] {
            try chain.vote(options, on: number, by: chain.alice).thenFailed(.invalidVote)
        }
        try chain.finish(after: 501)
        try chain.vote(.plain(.yes), on: number, by: chain.alice).thenFailed(.votingClosed)
        let bare = try LocalChain()
        try bare.vote(.plain(.yes), on: 1, by: bare.alice).thenFailed(.noGovernance)
    }
}
