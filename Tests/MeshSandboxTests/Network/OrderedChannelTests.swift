import Bank
import IBC
import Interchain
import InterchainEvents
import MeshHost
import MeshSandbox
import ModuleKit
import NativeStaking
import Testing

@Suite("Ordered channels, and channels that are closed")
struct OrderedChannelTests {
    /// Two chains with a telegraph each, and an open channel between them.
    private func connect(_ ordering: ChannelEnd.Ordering, _ policy: DeliveryPolicy = .prompt, seed: UInt64 = 7) throws
        -> TestNetwork
    {
        let registry = try ModuleRegistry(Bank(), NativeStaking(), Interchain(), Telegraph())
        let test = try TestNetwork(seed: seed, registry: registry)
        let port = try PortID("telegraph")
        let path = RelayPath(
            "path",
            from: .init("mesh-1", port: port),
            to: .init("hub-1", port: port),
            ordering: ordering,
            policy: policy
        )
        try test.network.addRelayer("relayer", paths: [path])
        try test.network.openPaths()
        return test
    }

    private func send(_ count: Int, from chainID: String = "mesh-1", timeoutSeconds: Int = 600, in test: TestNetwork)
        throws
    {
        for number in 1...count {
            let deadline = test.network.now.shifted(by: .seconds(timeoutSeconds)).nanoseconds
            let message = TelegramMessage.with {
                $0.send.channelID = "channel-0"
                $0.send.text = "text\(number)"
                $0.send.timeoutTimestamp = deadline
            }
            try test.network.chain(chainID).submit(message, to: "telegraph", from: "alice")
        }
    }

    private func news(_ chainID: String, in test: TestNetwork) throws -> [String] {
        let query = TelegramQuery.with { $0.news = TelegramNewsQuery() }
        return try test.network.chain(chainID).query(query, of: "telegraph").words.split(separator: " ").map(
            String.init
        )
    }

    @Test(
        "keep the order of packets, whatever the relayer does",
        arguments: [.prompt, .shuffled, .delayed(steps: 3), .duplicated, .forged] as [DeliveryPolicy]
    )
    func order(_ policy: DeliveryPolicy) throws {
        let test = try connect(.ordered, policy)
        try send(12, in: test)
        try test.network.settle()
        #expect(try news("hub-1", in: test) == (1...12).map { "text\($0)" })
        #expect(try news("mesh-1", in: test) == (1...12).map { "\($0)-arrived" })
        try test.audit()
    }

    @Test("close on both chains when a packet times out, and give back what was behind it")
    func timeout() throws {
        let test = try connect(.ordered, .dropped)
        try send(3, timeoutSeconds: 40, in: test)
        try test.network.settle()
        try test.network.run { () throws(SandboxError) in try test.network.path("path").phase == .closed }
        #expect(try news("hub-1", in: test) == ["closed"])
        #expect(try news("mesh-1", in: test).filter { $0 != "closed" } == ["1-lost", "2-lost", "3-lost"])
        try test.audit()
    }

    @Test(
        "that are closed from one side close on the other, and what was under way comes back",
        arguments: [false, true]
    )
    func closing(_ isOrdered: Bool) throws {
        let test = try connect(isOrdered ? .ordered : .unordered, .delayed(steps: 8))
        try send(3, in: test)
        try test.network.step()
        let message = InterchainMessage.with {
            $0.channelCloseInit.portID = "telegraph"
            $0.channelCloseInit.channelID = "channel-0"
        }
        try test.network.chain("hub-1").submit(message, to: "interchain", from: "alice")
        let reports = try test.network.settle()
        let kinds = reports.flatMap(\.submitted).map(\.kind)
        #expect(kinds.filter { $0 == .timeOutPacketOnClose }.count == 3)
        #expect(kinds.contains(.channelCloseConfirm))
        try test.network.run { () throws(SandboxError) in try test.network.path("path").phase == .closed }
        #expect(try news("mesh-1", in: test).filter { $0 != "closed" } == ["1-lost", "2-lost", "3-lost"])
        try test.audit()
    }
}
