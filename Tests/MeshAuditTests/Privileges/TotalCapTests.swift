import Foundation
import MeshAudit
import MeshHost
import ModuleKit
import Testing

@Suite("The audit of total caps")
struct TotalCapTests {
    @Test("finds grants whose caps add up to more than their total, at every decision, whoever holds them")
    func exceeded() throws {
        var log = try ForgedLog()
        try log.setTotal("100")
        try log.grant("60")
        try log.grant("40", to: 2)
        var expected = [try log.grant("61")]
        // What another privilege is granted for does not count.
        try log.grant("1000", to: 2, "bank/mint")
        try log.grant("59")
        expected.append(try log.setTotal("98"))
        try log.revoke(from: 2)
        try log.setTotal("59")
        expected.append(try log.grant("1", to: 2))
        try log.setTotal("")
        try log.grant("1000", to: 2)
        let report = try log.audit()
        #expect(report.findings.map(\.place.sequence) == expected)
        #expect(report.findings.codes == [.totalCapExceeded])
        #expect(report.findings[0].what.contains("add up to 101, above the total cap of 100"))
        #expect(!report.isSound)
        #expect(report.totalCaps.map(\.privilege.name) == [ForgedLog.privilege])
        #expect(report.totalCaps[0].decisions.map(\.cap) == [Amount(100), Amount(98), Amount(59), nil])
        #expect(report.totalCaps[0].cap == nil)
    }

    @Test("finds a grant without a cap under a total, caps beyond all amounts, and a total that is no amount")
    func unbounded() throws {
        var log = try ForgedLog()
        try log.grant("")
        var expected = [try log.setTotal("\(Amount.max)")]
        try log.grant("\(Amount.max)")
        expected.append(try log.grant("1", to: 2))
        expected.append(try log.setTotal("1.5"))
        let report = try log.audit()
        #expect(report.findings.map(\.place.sequence) == expected)
        #expect(report.findings.map(\.code) == [.totalCapExceeded, .totalCapExceeded, .eventUndecodable])
        #expect(report.findings[0].what.contains("minter holds virtual-staking/mint without a cap"))
        #expect(report.findings[1].what.contains("more than an amount can be"))
    }

    @Test("tells who set a total: the genesis, or the signers of a transaction")
    func origins() throws {
        var log = try ForgedLog()
        try log.setTotal("100")
        try log.endBlock()
        try log.setTotal("200", transaction: 1)
        try log.host(
            .with {
                $0.transactionExecuted.transactionHash = Data(repeating: 1, count: 32)
                $0.transactionExecuted.signers = ["mesh1a"]
            },
            transaction: 1
        )
        let report = try log.audit()
        #expect(report.findings == [])
        #expect(report.totalCaps[0].decisions.map(\.origin) == [.genesis, .transaction(1, signers: ["mesh1a"])])
    }
}
