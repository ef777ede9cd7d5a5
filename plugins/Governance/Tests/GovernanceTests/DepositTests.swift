import GovernanceEvents
import ModuleKit
import ModuleTesting
import Testing

@Suite("A deposit")
struct DepositTests {
    @Test("is of the bond denomination, at least a part of the minimum, and made in its period")
    func rules() throws {
        let chain = try GovernanceChain(params: [("min_initial_deposit_ratio", "0.25")])
        try chain.harness.when(.submit([], 249), from: chain.alice).thenFailed(.depositTooSmall, saying: "250stake")
        try chain.harness.when(.with { $0.submit.title = "No deposit" }, from: chain.alice).thenFailed(.depositTooSmall)
        let number = try chain.propose(deposit: 250)
        try chain.harness.when(.deposit(9, on: number), from: chain.bob).thenFailed(.depositTooSmall, saying: "10stake")
        try chain.harness.when(.deposit(0, on: number), from: chain.bob).thenFailed(.notDepositCoin)
        let other = GovernanceMessage.with {
            $0.deposit.proposal = number
            $0.deposit.amount.denom = "other"
            $0.deposit.amount.amount = "1000"
        }
        try chain.harness.when(other, from: chain.bob).thenFailed(.notDepositCoin)
        try chain.harness.when(.deposit(10, on: 77), from: chain.bob).thenFailed(.proposalNotFound)
        let poor = try chain.harness.when(.deposit(2_000_000_000, on: number), from: chain.bob)
        #expect(poor.error?.codespace == "bank")
        try chain.harness.when(.deposit(750, on: number), from: chain.bob).thenSucceeded()
        try chain.harness.when(.deposit(10, on: number), from: chain.bob).thenFailed(.depositPeriodOver)
        #expect(try chain.balance(of: GovernanceAccount.address) == 1_000)
    }

    @Test("goes back when the minimum was not reached in time, and the proposal is forgotten")
    func unpaid() throws {
        let chain = try GovernanceChain()
        let number = try chain.propose(deposit: 500)
        try chain.pass(95)
        try chain.harness.when(.deposit(10, on: number), from: chain.bob).thenSucceeded()
        let events = try chain.pass(5)
        // The period's very end is too late.
        try chain.harness.when(.deposit(490, on: number), from: chain.bob).thenFailed(.proposalNotFound)
        #expect(events.of(GovernanceEvent.self).count { $0.depositSettled.proposal == number } == 2)
        #expect(try chain.balance(of: chain.alice) == 1_000_000_000)
        #expect(try chain.harness.query(.with { $0.proposals = .init() }).proposals.proposals.isEmpty)
    }

    @Test(
        "is burned on a veto, on a missed quorum or without its minimum, where the parameters say so",
        arguments: [true, false]
    )
    func burning(burns: Bool) throws {
        let chain = try GovernanceChain(
            params: [
                ("burn_vote_veto", .bool(burns)), ("burn_vote_quorum", .bool(burns)),
                ("burn_proposal_deposit_prevote", .bool(burns)),
            ]
        )
        let (vetoed, unheard, rejected) = (try chain.propose(), try chain.propose(), try chain.propose())
        _ = try chain.propose(deposit: 100)
        try chain.harness.when(.vote(.noWithVeto, on: vetoed), from: GovernanceChain.validator(0)).thenSucceeded()
        try chain.harness.when(.vote(.no, on: rejected), from: GovernanceChain.validator(0)).thenSucceeded()
        try chain.pass(210)
        #expect(try chain.proposal(vetoed).result.outcome == .vetoed)
        #expect(try chain.proposal(unheard).result.outcome == .quorumMissed)
        #expect(try chain.proposal(rejected).result.outcome == .thresholdMissed)
        #expect(try chain.balance(of: chain.alice) == 1_000_000_000 - (burns ? 2_100 : 0))
        #expect(try chain.balance(of: GovernanceAccount.address) == 0)
    }

    @Test("goes back in bounded batches, however many have deposited")
    func batches() throws {
        let prefixes = try AddressPrefixes(account: "cosmos")
        let deposits = (0..<1_201).map { index -> JSONValue in
            let depositor = prefixes.format(.named("depositor \(index)"), as: .account)
            let deposit: JSONValue = [
                "amount": [["denom": "stake", "amount": "1"]], "depositor": .string(depositor),
            ]
            return ["proposal_id": "1", "deposit": deposit]
        }
        let proposal: JSONValue = [
            "proposal_id": "1", "proposal_status": "DepositPeriod",
            "proposal_content": ["type": "gov/TextProposal", "value": ["title": "A text", "description": "A text."]],
            "submit_time": "2026-01-01T00:00:00Z", "deposit_end_time": "2026-01-01T00:00:30Z",
        ]
        let section: JSONValue = [
            "starting_proposal_id": "2", "deposits": .array(deposits), "proposals": [proposal],
        ]
        let chain = try GovernanceChain(sections: [("gov", section)])
        #expect(try chain.balance(of: GovernanceAccount.address) == 1_201)
        let page = GovernanceQuery.with {
            $0.deposits.proposal = 1
            $0.deposits.page.limit = 1_000
        }
        #expect(try !chain.harness.query(page).deposits.next.isEmpty)
        let counts = try (0..<8).map { _ in
            try chain.pass(5).of(GovernanceEvent.self).count { $0.depositSettled.proposal == 1 }
        }
        #expect(counts.filter { $0 > 0 } == [500, 500, 201])
        #expect(try chain.balance(of: GovernanceAccount.address) == 0)
    }

    @Test("is taken back by its owner once the proposal is over")
    func withdrawing() throws {
        let chain = try GovernanceChain()
        let number = try chain.propose(deposit: 400)
        try chain.harness.when(.deposit(400, on: number), from: chain.bob).thenSucceeded()
        let withdrawal = GovernanceMessage.with { $0.withdrawDeposit.proposal = number }
        try chain.harness.when(withdrawal, from: chain.bob).thenFailed(.depositNotFound)
        try chain.harness.when(.cancel(number), from: chain.alice).thenSucceeded()
        try chain.harness.when(withdrawal, from: chain.carol).thenFailed(.depositNotFound)
        try chain.harness.when(withdrawal, from: chain.bob).thenSucceeded()
        #expect(try chain.balance(of: chain.bob) == 1_000_000_000 - 200)
        try chain.harness.when(withdrawal, from: chain.bob).thenFailed(.depositNotFound)
    }
}
