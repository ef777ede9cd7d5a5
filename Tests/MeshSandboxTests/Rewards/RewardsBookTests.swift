import ModuleKit
import Testing

@testable import MeshSandbox

/// What both chains say of a pairing's rewards, held against each other.
@Suite("The books of rewards")
struct RewardsBookTests {
    /// 1000 collected: 400 delivered, 300 held, 200 paid on the provider's word, and 100 waiting.
    private static func sound() throws -> PairingRewards {
        var rewards = PairingRewards()
        rewards.isOpen = true
        rewards.consumer.collected = 1_000
        (rewards.consumer.waiting, rewards.consumer.delivered) = (100, 400)
        (rewards.consumer.held, rewards.consumer.paid) = (300, 200)
        var vouchers = PairingRewards.ProviderTotals(denom: "ibc/V", isHeld: false)
        (vouchers.received, vouchers.paid, vouchers.community) = (400, 250, 50)
        (vouchers.claimable, vouchers.remainder) = (try Decimal18("99.5"), try Decimal18("0.5"))
        var held = PairingRewards.ProviderTotals(denom: "ujuno", isHeld: true)
        (held.received, held.paid, held.claimable) = (500, 200, try Decimal18("300"))
        rewards.provider = [vouchers, held]
        return rewards
    }

    @Test("Books that agree contradict nothing")
    func agreement() throws {
        let rewards = try Self.sound()
        #expect(rewards.isSettled)
        #expect(rewards.contradictions == [])
    }

    @Test("One unit more or less in any figure is noticed, and named")
    func everyFigure() throws {
        let changes: [(figure: WritableKeyPath<PairingRewards, Amount>, words: String)] = [
            (\.consumer.collected, "has collected 1001"), (\.consumer.waiting, "101 waiting"),
            (\.consumer.delivered, "401 delivered"), (\.consumer.held, "301 held"), (\.consumer.paid, "201 paid"),
            (\.consumer.batched, " 1 in batches"), (\.consumer.arrived, " 1 arrived"), (\.consumer.given, " 1 given"),
            (\.provider[0].received, "has received 401 ibc/V"), (\.provider[0].paid, "251 paid"),
            (\.provider[0].community, "51 for the community"), (\.provider[0].converted, " 1 converted"),
            (\.provider[0].inFlight, " 1 in flight"), (\.provider[0].unattributed, "vouchers of 401"),
            (\.provider[1].received, "has received 501 ujuno"), (\.provider[1].paid, "201 paid"),
        ]
        for (figure, words) in changes {
            var rewards = try Self.sound()
            rewards[keyPath: figure] = rewards[keyPath: figure].saturatingAdding(1)
            let lines = rewards.contradictions
            #expect(lines.contains { $0.contains(words) }, "\(words): \(lines)")
        }
        var rewards = try Self.sound()
        rewards.provider[0].claimable = try Decimal18("99.500000000000000001")
        let lines = rewards.contradictions
        #expect(lines.count == 1)
        #expect(
            lines.first?.contains("has received 400 ibc/V, and accounts for 400.000000000000000001") == true,
            "\(lines)"
        )
    }

    @Test("A unit that moves from one denomination to the other is noticed, though the sums are right")
    func denominations() throws {
        var rewards = try Self.sound()
        rewards.provider[0].received = 401
        rewards.provider[0].paid = 251
        rewards.provider[1].received = 499
        rewards.provider[1].claimable = try Decimal18("299")
        #expect(
            rewards.contradictions == [
                "401 came to External Staking, and only 400 were sent there",
                "External Staking has vouchers of 401, and the Converter has transferred 400",
            ]
        )
    }

    @Test("What is under way may be on either side, but never twice")
    func underWay() throws {
        // A batch of 60 that External Staking has received, and the Converter does not know it yet.
        var rewards = try Self.sound()
        (rewards.consumer.waiting, rewards.consumer.batched) = (40, 60)
        (rewards.provider[0].received, rewards.provider[0].paid) = (460, 310)
        #expect(!rewards.isSettled)
        #expect(rewards.contradictions == [])
        (rewards.provider[0].received, rewards.provider[0].paid) = (461, 311)
        #expect(rewards.contradictions.contains("461 came to External Staking, and only 460 were sent there"))

        // An order of 25 that the Converter has paid, and External Staking does not know it yet.
        rewards = try Self.sound()
        (rewards.provider[1].inFlight, rewards.provider[1].claimable) = (25, try Decimal18("275"))
        (rewards.consumer.held, rewards.consumer.paid) = (275, 225)
        #expect(rewards.contradictions == [])
        (rewards.consumer.held, rewards.consumer.paid) = (274, 226)
        #expect(
            rewards.contradictions == [
                "226 were paid by the Converter, and only 225 were ordered by External Staking"
            ]
        )
    }

    @Test("A pairing that is closed can't agree any more, but each end accounts for its own")
    func closed() throws {
        var rewards = try Self.sound()
        rewards.isOpen = false
        rewards.provider[1].received = 400
        rewards.provider[1].claimable = try Decimal18("200")
        #expect(rewards.contradictions == [])
        rewards.consumer.collected = 999
        #expect(rewards.contradictions.count == 1)
    }
}
