import Converter
import ConverterEvents
import IBC
import ModuleKit
import ModuleTesting
import Testing

@Suite("Held rewards that the provider pays out")
struct PaymentTests {
    private static let alice = Address.named("alice")

    /// A chain that holds 1000, and the account of someone here.
    private func holding() throws -> (scene: RewardChain, alice: String) {
        let scene = try RewardChain(RewardChain.route("held"))
        try scene.collect(1000, at: 1)
        try scene.chain.acknowledge(try scene.nextPacket())
        return (scene, scene.text(Self.alice))
    }

    /// Reference transcript `rewards_three_delegators`: alice withdraws 443.
    @Test("A payment goes to the recipient, out of what is held")
    func pays() throws {
        let (scene, alice) = try holding()
        #expect(try scene.pay("443", to: alice, 9_223_372_036_854_775_808) == .done)
        #expect(try scene.balance(Self.alice) == 443)
        #expect(try scene.totals.held == "557" && scene.totals.paid == "443")
        try scene.next()
    }

    /// Reference transcript `rewards_withdrawn_twice_in_flight`: 500 twice, with different numbers.
    @Test("D11: one number is paid once; whatever comes with it again gets the first outcome")
    func once() throws {
        let (scene, alice) = try holding()
        #expect(try scene.pay("500", to: alice, 7) == .done)
        #expect(try scene.pay("500", to: alice, 7) == .done)
        #expect(try scene.pay("1", to: "whoever", 7) == .done)
        #expect(try scene.balance(Self.alice) == 500)
        #expect(try scene.pay("500", to: alice, 8) == .done)
        let refused = try scene.pay("500", to: alice, 9)
        #expect(refused.isRefused("are held"))
        #expect(try scene.balance(Self.alice) == 1000 && scene.totals.held == "0")
        // Nor is a number that was refused ever paid.
        try scene.collect(500, at: 1)
        try scene.chain.acknowledge(try scene.nextPacket())
        #expect(try scene.pay("500", to: alice, 9) == refused)
        #expect(try scene.totals.held == "500")
        let record = try scene.harness.query(.with { $0.payment.transaction = 9 }).payment
        #expect(record.payment.error.contains("are held"))
    }

    /// Reference transcript `rewards_error_and_timeout`: the recipient is `NOT AN ADDRESS`.
    @Test("A bad recipient gets an error, and what is held stays")
    func badRecipient() throws {
        let (scene, alice) = try holding()
        let own = scene.text(Address(moduleName: "converter"))
        let blocked = scene.text(Address(moduleName: "distribution"))
        let foreign = alice.replacing("cosmos1", with: "osmo1")
        for (number, recipient) in ["NOT AN ADDRESS", own, blocked, foreign, scene.validator(1)].enumerated() {
            #expect(try scene.pay("1000", to: recipient, UInt64(number)) != .done)
        }
        #expect(try scene.totals.held == "1000" && scene.totals.paid == "0")
        #expect(try scene.pay("1000", to: alice, 99) == .done)
    }

    @Test("Another denomination, nothing, and more than is held get an error", arguments: ["other", "0", "1001"])
    func wrongAmount(what: String) throws {
        let (scene, alice) = try holding()
        let answer = try scene.pay(what == "other" ? "5" : what, to: alice, 1, denom: what == "other" ? what : "stake")
        #expect(answer.isRefused(what == "other" ? "is no reward" : "are held"))
        #expect(try scene.totals.held == "1000")
    }

    @Test("What is only announced is not held yet")
    func notHeldYet() throws {
        let scene = try RewardChain(RewardChain.route("held"))
        try scene.collect(1000, at: 1)
        let packet = try scene.nextPacket()
        #expect(try scene.pay("1", to: scene.text(Self.alice), 1).isRefused("0stake are held"))
        try scene.chain.acknowledge(packet)
        #expect(try scene.pay("1", to: scene.text(Self.alice), 2) == .done)
    }

    @Test("Outcomes are forgotten after the longest time that a packet has to arrive, a few with each payment")
    func forgotten() throws {
        let (scene, alice) = try holding()
        for number in 1...25 as ClosedRange<UInt64> { try scene.pay("1", to: alice, number) }
        try scene.next(after: .days(60))
        try scene.pay("1", to: alice, 1)
        #expect(try scene.totals.paid == "25")
        try scene.next(after: .days(1))
        try scene.pay("1", to: alice, 100)
        let known = try (1...25).count { (number: UInt64) in
            try scene.harness.query(.with { $0.payment.transaction = number }).payment.hasPayment
        }
        #expect(known == 5)
    }

    @Test("A number that was forgotten is not paid once more, nor is any below it; those above it are")
    func forgottenForGood() throws {
        let (scene, alice) = try holding()
        for number in [3, 7] as [UInt64] { #expect(try scene.pay("1", to: alice, number) == .done) }
        try scene.next(after: .days(61))
        for number in [3, 7, 5] as [UInt64] {
            #expect(try scene.pay("1", to: alice, number).isRefused("take a new number"))
        }
        #expect(try scene.totals.paid == "2" && scene.balance(Self.alice) == 2)
        #expect(try scene.pay("1", to: alice, 8) == .done)
    }
}
