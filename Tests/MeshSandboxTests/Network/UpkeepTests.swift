import IBC
import MeshSandbox
import ModuleKit
import Testing

@Suite("A relayer's clients")
struct UpkeepTests {
    @Test("are kept alive far beyond their trusting period, though nothing is sent")
    func keptAlive() throws {
        let test = try TestNetwork()
        let path = try test.connect()
        test.network.stepInterval = .seconds(86_400)
        let reports = try test.network.run(steps: 60)
        let updates = reports.transactions.flatMap(\.deliveries).filter { $0.kind == .updateClient }
        // Each more often than once in a trusting period of 14 days, and far less often than in every block.
        #expect((10...20).contains(updates.count))
        try test.transfer(5, "umesh", from: "mesh-1", over: path, timeoutSeconds: 30 * 86_400)
        try test.network.settle()
        #expect(try test.balance("hub-1", TestNetwork.voucher("transfer/channel-0/umesh")) == 5)
        try test.audit()
    }

    @Test("expire while a chain is down for longer, and the reports say so")
    func expired() throws {
        let test = try TestNetwork()
        let path = try test.connect()
        try test.network.chain("mesh-1").crash()
        test.network.stepInterval = .seconds(86_400)
        try test.network.run(steps: 15)
        try test.network.chain("mesh-1").reopen()
        try test.network.run(steps: 2)
        try test.transfer(5, "umesh", from: "mesh-1", over: path, timeoutSeconds: 30 * 86_400)
        let reports = try test.network.run(steps: 3)
        #expect(
            reports.allSatisfy { $0.obstacles.contains { $0.contains("expired") || $0.contains("trusting period") } }
        )
        #expect(!reports.movements.contains("received hub-1"))
    }

    @Test("follow a chain whose validators change from one update to the next")
    func changingValidators() throws {
        let test = try TestNetwork { $0.validatorPowers = [9, 1, 1, 1] }
        let path = try test.connect()
        let mesh = try test.network.chain("mesh-1")
        // Those who are left had a quarter of the power: less than the third that a client trusts.
        try mesh.undelegate(9, from: "validator")
        try test.network.run(steps: 10)
        try test.transfer(5, "umesh", from: "mesh-1", over: path)
        let reports = try test.network.settle()
        let updates = reports.flatMap(\.submitted).filter { $0.kind == .updateClient && $0.target == "hub-1" }
        #expect(updates.count > 1)
        #expect(try test.balance("hub-1", TestNetwork.voucher("transfer/channel-0/umesh")) == 5)
        try test.audit()
    }

    @Test("are not taken over from strangers who lie about the chain")
    func strangers() throws {
        let test = try TestNetwork()
        // Another network's chain of the same name is another chain: other keys, another history.
        let other = try TestNetwork(seed: 8)
        try other.connect()
        try test.network.run(steps: 30)
        let lie = try other.network.chain("hub-1").clientCreation()
        try test.network.chain("mesh-1").submit(lie, to: "interchain", from: "mallory")
        let reports = try test.network.run(steps: 1)
        #expect(reports.transactions.map(\.isSuccess) == [true])
        let path = try test.connect()
        #expect(path.first.client?.text == "07-tendermint-1")
        #expect(path.second.client?.text == "07-tendermint-0")
    }
}
