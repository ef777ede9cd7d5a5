import MeshHost
import MeshSandbox
import ModuleKit
import Storage
import Testing

@Suite("A chain that crashes")
struct CrashTests {
    private let voucher = TestNetwork.voucher("transfer/channel-0/umesh")

    /// Opens a channel and sends a few transfers, with something done to the network after each step.
    private func run(_ disturb: (TestNetwork, Int) throws -> Void) throws -> TestNetwork {
        let test = try TestNetwork()
        try test.network.addRelayer("relayer", paths: [RelayPath("path", from: .init("mesh-1"), to: .init("hub-1"))])
        for step in 0..<60 {
            try test.network.step()
            let path = try test.network.path("path")
            if path.phase == .open, try test.network.chain("mesh-1").balance(of: "alice", "umesh") == 1_000_000,
                try test.network.chain("mesh-1").pending.isEmpty
            {
                for amount in 1...5 { try test.transfer(amount, "umesh", from: "mesh-1", over: path) }
            }
            try disturb(test, step)
        }
        return test
    }

    @Test("after any of its blocks and is reopened goes on as if it had not")
    func betweenBlocks() throws {
        let whole = try run { _, _ in }
        let interrupted = try run { test, _ in
            for chain in test.network.chains {
                try chain.crash()
                try chain.reopen()
            }
        }
        #expect(try whole.balance("hub-1", voucher) == 15)
        #expect(try interrupted.heads == whole.heads)
        try interrupted.audit()
    }

    @Test("within a block has lost that block and nothing else")
    func beforeCommit() throws {
        let whole = try run { _, _ in }
        let interrupted = try run { test, _ in
            for chain in test.network.chains {
                let (height, pending) = (try chain.host().lastHeader.height, chain.pending)
                try chain.crash(.beforeCommit(time: test.network.now.shifted(by: .seconds(5))))
                #expect(throws: SandboxError.self) { try chain.makeBlock(at: test.network.now) }
                try chain.reopen()
                #expect(try chain.host().lastHeader.height == height)
                #expect(chain.pending == pending)
            }
        }
        #expect(try interrupted.heads == whole.heads)
        try interrupted.audit()
    }

    @Test("with all that waited for a block is served again by its relayer")
    func lostTransactions() throws {
        let test = try run { test, step in
            // Not at every step, or nothing would ever get into a block.
            guard step % 3 == 2 else { return }
            for chain in test.network.chains {
                try chain.crash(losesPending: true)
                try chain.reopen()
            }
        }
        #expect(try test.balance("hub-1", voucher) == 15)
        #expect(try test.balance("mesh-1", "umesh") == 1_000_000 - 15)
        try test.audit()
    }

    @Test("and stays down for a while holds up its packets, and no other chain")
    func downtime() throws {
        let test = try TestNetwork()
        let path = try test.connect()
        try test.transfer(5, "umesh", from: "mesh-1", over: path)
        let hub = try test.network.chain("hub-1")
        try hub.crash()
        let reports = try test.network.run(steps: 10)
        #expect(reports.allSatisfy { $0.blocks.map(\.chainID) == ["mesh-1"] && !$0.obstacles.isEmpty })
        #expect { try hub.submit(transaction: [1]) } throws: { ($0 as? SandboxError)?.code == .chainDown }
        try hub.reopen()
        try test.network.settle()
        #expect(try test.balance("hub-1", voucher) == 5)
        try test.audit()
    }
}
