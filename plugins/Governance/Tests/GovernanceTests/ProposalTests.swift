import Foundation
import Governance
import GovernanceEvents
import ModuleKit
import ModuleTesting
import StakingEvents
import StakingTesting
import Testing

@Suite("A proposal")
struct ProposalTests {
    @Test("goes from submission over deposits and votes to its execution by governance's instance")
    func wholeLife() throws {
        let chain = try GovernanceChain()
        let number = try chain.propose([try chain.usher { $0.note = .init() }], deposit: 400)
        #expect(try chain.proposal(number).status == .depositPeriod)
        try chain.harness.when(.deposit(600, on: number), from: chain.bob).thenSucceeded()
        #expect(try chain.proposal(number).status == .votingPeriod)
        for validator in 0..<2 {
            try chain.harness.when(.vote(.yes, on: number), from: GovernanceChain.validator(validator)).thenSucceeded()
        }
        #expect(try chain.tally(number).figures == ["5000000", "0", "0", "0"])
        let events = try chain.pass(210)
        let proposal = try chain.proposal(number)
        #expect(proposal.status == .passed)
        #expect(proposal.result.outcome == .accepted && proposal.result.bonded == "6000000")
        #expect(events.of(UsherEvent.self).map(\.noted.sender) == [chain.text(try chain.harness.identity.address)])
        #expect(try chain.balance(of: chain.alice) == 1_000_000_000)
        #expect(try chain.balance(of: chain.bob) == 1_000_000_000)
        #expect(try chain.balance(of: GovernanceAccount.address) == 0)
    }

    @Test("whose execution fails is recorded with the reason, and changes nothing else")
    func failingExecution() throws {
        let chain = try GovernanceChain()
        let messages = [try chain.usher { $0.note = .init() }, try chain.usher { $0.refuse = .init() }]
        try chain.harness.when(.submit(messages, 1_000), from: chain.alice)
            .thenFailed(Usher.refusal, saying: "as things are now: message 1: the usher shakes his head")
        let number = try chain.propose(messages, mayFailNow: true)
        try chain.harness.when(.vote(.yes, on: number), from: GovernanceChain.validator(0)).thenSucceeded()
        let events = try chain.pass(210)
        let proposal = try chain.proposal(number)
        #expect(proposal.status == .failed && proposal.result.outcome == .accepted)
        #expect(proposal.failure.codespace == "usher" && proposal.failure.reason.contains("shakes his head"))
        #expect(events.of(UsherEvent.self).isEmpty)
        #expect(try chain.balance(of: chain.alice) == 1_000_000_000)
    }

    @Test("that may fail now succeeds when things have changed by then")
    func succeedsLater() throws {
        let chain = try GovernanceChain()
        let number = try chain.propose([try chain.usher { $0.refuse.unlessNoted = true }], mayFailNow: true)
        try chain.harness.when(.vote(.yes, on: number), from: GovernanceChain.validator(0)).thenSucceeded()
        try chain.harness.when(.with { $0.note = .init() }, to: Usher.self, from: chain.bob).thenSucceeded()
        try chain.pass(210)
        #expect(try chain.proposal(number).status == .passed)
    }

    @Test("whose execution takes the whole end of the block with it has failed in the next, and others go on")
    func interruptedExecution() throws {
        let chain = try GovernanceChain()
        let flood = try chain.usher { $0.flood.count = 9_500 }
        let slash = try chain.usher {
            $0.slash.consensusAddress = Data((try? Address(ed25519PublicKey: StakingMessage.key(2)))?.bytes ?? [])
            $0.slash.fraction = "0.1"
            $0.slash.infractionHeight = 1
            $0.slash.power = 1
        }
        let number = try chain.propose([flood, slash], mayFailNow: true)
        let other = try chain.propose([try chain.usher { $0.note = .init() }])
        for proposal in [number, other] {
            try chain.harness.when(.vote(.yes, on: proposal), from: GovernanceChain.validator(0)).thenSucceeded()
        }
        try chain.pass(195)
        var failures: [BlockOutcome.HookFailure] = []
        for _ in 0..<4 { failures += try chain.harness.nextBlock(toleratingFailures: true).failures }
        #expect(failures.map(\.hook) == ["end_block"])
        #expect(try chain.proposal(number).status == .failed)
        #expect(try chain.proposal(number).failure.reason.contains("could not be completed"))
        #expect(try chain.proposal(other).status == .passed)
    }

    @Test("is refused for an instance that does not exist, an unknown content, or a malformed form")
    func badContents() throws {
        let chain = try GovernanceChain()
        func submit(
            _ mayFailNow: Bool = false,
            _ change: (inout GovernanceSubmit) -> Void
        ) throws -> Outcome<Governance> {
            var message = GovernanceMessage.submit([], 1_000, mayFailNow: mayFailNow)
            change(&message.submit)
            return try chain.harness.when(message, from: chain.alice)
        }
        for mayFailNow in [false, true] {
            try submit(mayFailNow) { $0.messages = [.with { $0.instance = "nobody" }] }
                .thenFailed(.unknownAddressee, saying: "message 0")
            try submit(mayFailNow) { $0.messages = [.with { $0.instance = "usher" }] }.thenFailed(.unknownMessage)
            try submit(mayFailNow) {
                $0.messages = [
                    .with {
                        $0.instance = "usher"
                        $0.message = Data([0x0A, 0xFF])
                    }
                ]
            }.thenFailed(.undecodable)
            try submit(mayFailNow) {
                $0.messages = [
                    .with {
                        $0.instance = "usher"
                        $0.message = Data([0xFA, 0x07, 0x00])
                    }
                ]
            }.thenFailed(.unknownField)
        }
        try submit { $0.title = "" }.thenFailed(.proposalMalformed)
        try submit { $0.title = String(repeating: "a", count: 256) }.thenFailed(.proposalMalformed)
        try submit { $0.summary = String(repeating: "a", count: 10_201) }.thenFailed(.proposalMalformed)
        let note = try chain.usher { $0.note = .init() }
        try submit { $0.messages = Array(repeating: note, count: 65) }.thenFailed(.proposalMalformed)
        try submit { $0.messages = [.with { $0.message = Data(count: 32_769) }] }.thenFailed(.proposalMalformed)
        try chain.harness.when(GovernanceMessage(), from: chain.alice).thenFailed(.unknownMessage)
        #expect(try chain.harness.query(.with { $0.proposals = .init() }).proposals.proposals.isEmpty)
    }

    @Test("rehearses without the proposer's signature: what only he may do, governance can't be made to do")
    func rehearsalHasNoSigner() throws {
        let chain = try GovernanceChain()
        let weight = try chain.own(.setWeight("0.5", of: chain.text(chain.bob)))
        let number = try chain.propose([weight])
        #expect(try chain.harness.query(.with { $0.weights = .init() }).weights.weights.isEmpty)
        let nested = try chain.own(.submit([weight], 1_000))
        // Governance's instance has no coins for a deposit, however many the proposer has.
        try #expect(chain.harness.when(.submit([nested], 1_000), from: chain.alice).error?.codespace == "bank")
        try chain.harness.when(.vote(.yes, on: number), from: GovernanceChain.validator(0)).thenSucceeded()
        try chain.pass(210)
        #expect(try chain.harness.query(.with { $0.weights = .init() }).weights.weights.count == 1)
    }

    @Test("can be taken back by its proposer alone, before the voting ends; a part of the deposit is burned")
    func cancelling() throws {
        let chain = try GovernanceChain()
        let early = try chain.propose(deposit: 101)
        let late = try chain.propose(by: chain.bob)
        try chain.harness.when(.cancel(early), from: chain.bob).thenFailed(.notProposer)
        try chain.harness.when(.vote(.yes, on: late), from: GovernanceChain.validator(0)).thenSucceeded()
        try chain.harness.when(.cancel(early), from: chain.alice).thenSucceeded()
        try chain.harness.when(.cancel(late), from: chain.bob).thenSucceeded()
        try chain.harness.when(.cancel(late), from: chain.bob).thenFailed(.proposalOver)
        try chain.harness.when(.vote(.yes, on: late), from: GovernanceChain.validator(1)).thenFailed(.votingClosed)
        try chain.pass(5)
        // Half is burned, rounded down.
        #expect(try chain.balance(of: chain.alice) == 1_000_000_000 - 50)
        #expect(try chain.balance(of: chain.bob) == 1_000_000_000 - 500)
        #expect(try chain.harness.query(.with { $0.proposals = .init() }).proposals.proposals.isEmpty)
        try chain.harness.when(.cancel(early), from: chain.alice).thenFailed(.proposalNotFound)
    }

    @Test("waits in order when as many are voted on as may be, also until the votes of an old one are forgotten")
    func waiting() throws {
        let chain = try GovernanceChain(params: [("max_voting", "2")])
        let numbers = try (0..<4).map { _ in try chain.propose() }
        #expect(
            try numbers.map { try chain.proposal($0).status } == [.votingPeriod, .votingPeriod, .waiting, .waiting]
        )
        try chain.harness.when(.vote(.yes, on: numbers[2]), from: GovernanceChain.validator(0)).thenFailed(
            .votingClosed
        )
        try chain.harness.when(.deposit(100, on: numbers[2]), from: chain.bob).thenFailed(.depositPeriodOver)
        try chain.harness.when(.cancel(numbers[0]), from: chain.alice).thenSucceeded()
        try chain.pass(10)
        #expect(try chain.proposal(numbers[2]).status == .votingPeriod)
        #expect(try chain.proposal(numbers[3]).status == .waiting)
        try chain.pass(210)
        #expect(try chain.proposal(numbers[1]).status == .rejected)
        #expect(try chain.proposal(numbers[3]).status == .votingPeriod)
    }
}
