import MeshHost
import MeshSandbox
import ModuleKit
import Storage
import Testing

@Suite("A network of several chains")
struct ManyChainsTests {
    @Test("carries a token through all of them, each with its own interval and clock")
    func three() throws {
        let test = try TestNetwork(["one-1", "two-2", "tri-3"]) { specification in
            switch specification.chainID {
            case "one-1": specification.clockSkew = .seconds(3)
            case "two-2":
                specification.clockSkew = .seconds(-4)
                specification.blockInterval = .seconds(10)
            default: specification.validatorPowers = [1]
            }
        }
        let first = try test.connect("one-1", "two-2")
        let second = try test.connect("two-2", "tri-3")
        try test.transfer(7, "uone", from: "one-1", over: first)
        try test.network.settle()
        let onTwo = TestNetwork.voucher("transfer/channel-0/uone")
        #expect(try test.balance("two-2", onTwo) == 7)
        try test.transfer(4, onTwo, from: "two-2", over: second)
        try test.network.settle()
        #expect(try test.balance("tri-3", TestNetwork.voucher("transfer/channel-0/transfer/channel-0/uone")) == 4)
        let heights = try test.network.chains.map { try $0.host().lastHeader.height }
        #expect(heights[1] < heights[0] && heights[0] == heights[2])
        try test.audit()
    }

    @Test("shares clients and a connection between two paths, and keeps their channels apart")
    func twoPaths() throws {
        let test = try TestNetwork()
        try test.network.addRelayer(
            "relayer",
            paths: ["one", "two"].map { RelayPath($0, from: .init("mesh-1"), to: .init("hub-1")) }
        )
        try test.network.openPaths()
        let (one, two) = (try test.network.path("one"), try test.network.path("two"))
        #expect(one.first.client == two.first.client && one.second.connection == two.second.connection)
        #expect(one.first.channel != two.first.channel && one.second.channel != two.second.channel)
        try test.transfer(1, "umesh", from: "mesh-1", over: one)
        try test.transfer(2, "umesh", from: "mesh-1", over: two)
        let reports = try test.network.settle()
        #expect(reports.flatMap(\.packets).filter { $0.step == .received }.count == 2)
        try test.audit()
    }

    @Test("refuses names that are taken or unknown, and chains that can't be made")
    func names() throws {
        let test = try TestNetwork()
        let network = test.network
        let path = RelayPath("path", from: .init("mesh-1"), to: .init("hub-1"))
        try network.addRelayer("relayer", paths: [path])
        let calls: [(SandboxError.Code, () throws -> Void)] = [
            (.wrongName, { try network.addChain(ChainSpecification("mesh-1")) }),
            (.wrongName, { _ = try network.chain("nowhere-1") }),
            (.wrongName, { try network.addRelayer("relayer") }),
            (.wrongName, { try network.addRelayer("other", paths: [path]) }),
            (
                .wrongName,
                { try network.addRelayer("other", paths: [.init("p", from: .init("mesh-1"), to: .init("x"))]) }
            ),
            (
                .wrongName,
                { try network.addRelayer("other", paths: [.init("p", from: .init("hub-1"), to: .init("hub-1"))]) }
            ),
            (.invalidSpecification, { try network.addChain(.init("new-1", accounts: [.init("validator")])) }),
            (.notSettled, { try network.run(limit: 1) { false } }),
        ]
        for (code, call) in calls {
            #expect { try call() } throws: { ($0 as? SandboxError)?.code == code }
        }
        #expect(network.chains.count == 2 && network.relayers.count == 1)
    }
}
