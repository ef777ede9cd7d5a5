import MeshHost
import MeshSandbox
import ModuleKit
import Testing

/// Whatever a relayer does, every transfer arrives once or comes back.
@Suite("A relayer with faults")
struct DeliveryPolicyTests {
    private let voucher = TestNetwork.voucher("transfer/channel-0/umesh")

    /// Sends `count` transfers of 1, 2, 3, … and lets them settle.
    private func run(_ policy: DeliveryPolicy, count: Int, seed: UInt64 = 7, timeoutSeconds: Int = 600) throws
        -> (test: TestNetwork, reports: [StepReport])
    {
        let test = try TestNetwork(seed: seed)
        let path = try test.connect(policy: policy)
        for amount in 1...count {
            try test.transfer(amount, "umesh", from: "mesh-1", over: path, timeoutSeconds: timeoutSeconds)
        }
        return (test, try test.network.settle())
    }

    @Test(
        "delivers everything in the end, in order, shuffled, late, or twice",
        arguments: [.prompt, .shuffled, .delayed(steps: 4), .duplicated] as [DeliveryPolicy]
    )
    func delivers(_ policy: DeliveryPolicy) throws {
        let (test, reports) = try run(policy, count: 10)
        #expect(try test.balance("hub-1", voucher) == 55)
        #expect(try test.balance("mesh-1", "umesh") == 1_000_000 - 55)
        let received = reports.flatMap(\.packets).filter { $0.step == .received }.map(\.sequence)
        #expect(received.sorted() == Array(1...10))
        #expect((received == received.sorted()) == (policy != .shuffled))
        #expect(reports.flatMap(\.packets).filter { $0.step == .acknowledged }.count == 10)
        try test.audit()
    }

    @Test("that delays packets holds them back for so many steps, and says so")
    func delays() throws {
        let (_, reports) = try run(.delayed(steps: 4), count: 1)
        let steps = reports.filter { !$0.packets.isEmpty }.map(\.number)
        #expect(reports.movements == ["sent mesh-1", "received hub-1", "answered hub-1", "acknowledged mesh-1"])
        let first = try #require(steps.first)
        // Seen in the step in which it was sent, due four later, in the block after; the answer likewise.
        #expect(steps == [first, first + 5, first + 10])
        #expect(reports.flatMap(\.withheld).map(\.treatment) == [.delayed(steps: 4)])
    }

    @Test("that delivers twice is not heard twice")
    func duplicates() throws {
        let (_, reports) = try run(.duplicated, count: 3)
        let again = reports.transactions.filter { $0.deliveries.contains { $0.treatment == .duplicate } }
        #expect(again.count == 6)
        #expect(again.allSatisfy { $0.isSuccess && $0.result.events.count == 1 })
        #expect(reports.flatMap(\.packets).filter { $0.step == .received }.count == 3)
    }

    @Test("that drops packets brings back their timeouts, and the tokens return")
    func drops() throws {
        let (test, reports) = try run(.dropped, count: 4, timeoutSeconds: 60)
        #expect(try test.balance("mesh-1", "umesh") == 1_000_000)
        #expect(reports.flatMap(\.packets).filter { $0.step == .timedOut }.map(\.sequence) == [1, 2, 3, 4])
        #expect(!reports.movements.contains("received hub-1"))
        #expect(reports.flatMap(\.withheld).map(\.treatment) == [.dropped, .dropped, .dropped, .dropped])
        try test.audit()
    }

    @Test(
        "that lies is refused, every time and for each lie; the truth is taken afterwards",
        arguments: Forgery.allCases
    )
    func lies(_ forgery: Forgery) throws {
        let (test, reports) = try run(DeliveryPolicy([.init(.forged(forgery))]), count: 5)
        let refused = reports.flatMap(\.refusedForgeries)
        #expect(refused.count == (forgery == .proof || forgery == .packet || forgery == .height ? 10 : 5))
        #expect(refused.allSatisfy { $0.error != nil && $0.delivery.treatment == .forged(forgery) })
        #expect(try test.balance("hub-1", voucher) == 15)
        try test.audit()
    }

    @Test("that does some of everything loses nothing and makes nothing", arguments: [1, 2, 3] as [UInt64])
    func mixes(_ seed: UInt64) throws {
        let (test, reports) = try run(.hostile, count: 40, seed: seed, timeoutSeconds: 120)
        let settled = reports.flatMap(\.packets).filter { $0.step == .acknowledged || $0.step == .timedOut }
        #expect(settled.map(\.sequence).sorted() == Array(1...40), "seed \(seed)")
        let arrived = settled.filter { $0.step == .acknowledged }.reduce(0) { $0 + Int($1.sequence) }
        #expect(try test.balance("hub-1", voucher) == arrived, "seed \(seed)")
        #expect(try test.balance("mesh-1", "umesh") == 1_000_000 - arrived, "seed \(seed)")
        try test.audit()
    }

    @Test("that is started anew in the middle finishes what it finds")
    func restarts() throws {
        let test = try TestNetwork()
        let path = try test.connect()
        for amount in 1...6 { try test.transfer(amount, "umesh", from: "mesh-1", over: path) }
        for _ in 0..<4 {
            try test.network.step()
            test.network.relayers[0].restart()
        }
        try test.network.settle()
        #expect(try test.balance("hub-1", voucher) == 21)
        #expect(try test.network.path("mesh-1-hub-1") == path)
    }
}
