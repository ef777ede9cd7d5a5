import MeshSandbox
import ModuleKit
import Testing

@Suite("Chains of a network")
struct NetworkTransferTests {
    @Test("open a channel, and send tokens there and back")
    func thereAndBack() throws {
        let test = try TestNetwork()
        let path = try test.connect()
        #expect(path.phase == .open)
        try test.transfer(300, "umesh", from: "mesh-1", over: path)
        try test.network.settle()
        let voucher = TestNetwork.voucher("transfer/channel-0/umesh")
        #expect(try test.balance("mesh-1", "umesh") == 999_700)
        #expect(try test.balance("hub-1", voucher) == 300)
        try test.transfer(100, voucher, from: "hub-1", over: path)
        let reports = try test.network.settle()
        #expect(try test.balance("mesh-1", "umesh") == 999_800)
        #expect(try test.balance("hub-1", voucher) == 200)
        #expect(
            reports.movements
                == ["sent hub-1", "received mesh-1", "answered mesh-1", "acknowledged hub-1"]
        )
        #expect(reports.transactions.compactMap(\.error).isEmpty)
        try test.audit()
    }
}
