import BankEvents
import Foundation
import MeshHost
import ModuleKit
import Storage
import Testing
import VirtualStakingEvents

@testable import MeshAudit

@Suite("The audit of privileges")
struct PrivilegeTests {
    @Test("passes a real log, and lists the grants of its genesis with what was recorded under them")
    func realChain() throws {
        let chain = try AuditedChain(blockCount: 3)
        var seen: [AuditProgress] = []
        let report = try PrivilegeAudit(home: chain.home).run { seen.append($0) }
        #expect(report.findings == [])
        #expect(report.isSound)
        #expect(report.blockCount == 4)
        #expect(try report.eventCount == chain.verify().eventCount)
        #expect(seen.last == AuditProgress(.privileges, completed: report.eventCount, total: report.eventCount))
        let privileges = report.grants.map { "\($0.label) \($0.privilege)" }
        #expect(
            privileges == [
                "bank bank/burn", "bank bank/mint", "bank bank/supply-offset", "staking staking/punish",
                "staking staking/set-validators",
            ]
        )
        #expect(report.grants.allSatisfy { $0.isLive && $0.cap == nil && $0.use == nil && $0.decisions.count == 1 })
        #expect(report.grants.allSatisfy { $0.decisions[0].origin == .genesis })
        #expect(report.grants.map(\.eventCount).reduce(0, +) == report.privilegedEventCount)
        let bank = try #require(report.vocabularies.first { $0.messageName == BankEvent.protoMessageName })
        #expect(bank.privilegedKinds.map(\.name) == ["minted", "burned", "supply_offset_changed"])
        #expect(bank.descriptorHash == Hash.sha256(BankEvent.descriptorSet).bytes)
    }

    @Test("finds a privileged event without a grant, with another's, before it is given, and after it is revoked")
    func missing() throws {
        var log = try ForgedLog()
        var expected = [try log.bond("1")]
        try log.grant("10")
        expected.append(try log.bond("1", by: 2))
        try log.bond("1")
        try log.revoke()
        expected.append(try log.bond("1"))
        try log.endBlock()
        try log.grant("10", "bank/mint")
        expected.append(try log.bond("1"))
        try log.grant("10")
        try log.bond("1")
        let report = try log.audit()
        #expect(report.findings.map(\.code) == Array(repeating: .privilegeMissing, count: 4))
        #expect(report.findings.map(\.place.sequence) == expected)
        #expect(report.findings.map(\.place.height) == [0, 0, 0, 1])
        #expect(report.grants.map(\.eventCount) == [1, 0, 1])
        #expect(report.privilegedEventCount == 6)
        #expect(!report.isSound && report.isComplete)
    }

    @Test("lets a holder take back under a revoked grant what it has by it, and finds it once nothing is left")
    func outlived() throws {
        var log = try ForgedLog()
        try log.grant("10")
        try log.bond("5")
        try log.grant("0")
        try log.revoke()
        try log.endBlock()
        try log.release("5")
        try log.staking(.with { $0.stakeLost.amount = .with { $0.amount = "1" } })
        try log.burn(retiring: "4")
        let released = try log.release("1")
        let burned = try log.burn(retiring: "0")
        try log.endBlock()
        let report = try log.audit()
        #expect(report.findings.map(\.place.sequence) == [released, burned])
        #expect(report.findings.codes == [.privilegeMissing])
        #expect(report.findings[0].what.contains("nothing is left"))
        #expect(report.grants[0].eventCount == 4)
        #expect(report.grants[0].use == AuditedGrant.Use(maximum: Amount(5), last: .zero))
        #expect(report.grants[0].overCap == [AuditedGrant.OverCap(since: 0, until: 1)])
    }

    @Test("lets nobody take anything back who never held the grant, nor under another's or another privilege")
    func neverHeld() throws {
        var log = try ForgedLog()
        try log.grant("10")
        try log.bond("5")
        try log.revoke()
        let another = try log.release("5", by: 2)
        try log.grant("10", to: 2, "bank/mint")
        try log.revoke(from: 2, "bank/mint")
        let other = try log.release("5", by: 2)
        let report = try log.audit()
        #expect(report.findings.map(\.place.sequence) == [another, other])
        #expect(report.findings.codes == [.privilegeMissing])
    }

    @Test("finds a cap exceeded by one, and no cap that is met exactly, used again, or none")
    func overCap() throws {
        var log = try ForgedLog()
        try log.grant("10")
        try log.bond("7")
        try log.bond("3")
        let first = try log.bond("1")
        try log.burn(retiring: "3")
        try log.bond("2")
        try log.staking(.with { $0.stakeLost.amount = .with { $0.amount = "4" } })
        try log.bond("4")
        let second = try log.bond("1")
        try log.grant("", to: 2)
        try log.bond("\(Amount.max)", by: 2)
        let third = try log.bond("1", by: 2)
        let report = try log.audit()
        #expect(report.findings.map(\.code) == Array(repeating: .privilegeExceeded, count: 3))
        #expect(report.findings.map(\.place.sequence) == [first, second, third])
        #expect(report.findings[0].what.contains("to 11, above the cap of 10"))
        #expect(report.grants[0].use == AuditedGrant.Use(maximum: Amount(11), last: Amount(11)))
        #expect(report.grants[1].use?.last == .max)
    }

    @Test("finds that more is given back than was ever used")
    func overdrawn() throws {
        var log = try ForgedLog()
        try log.grant("10")
        try log.bond("5")
        try log.burn(retiring: "5")
        let sequence = try log.burn(retiring: "1")
        let report = try log.audit()
        #expect(report.findings.map(\.code) == [.privilegeExceeded])
        #expect(report.findings[0].place.sequence == sequence)
        #expect(report.grants[0].use?.last == .zero)
    }

    @Test("lists a cap that is lowered below the use until it is back, and objects only to more use meanwhile")
    func lowered() throws {
        var log = try ForgedLog()
        try log.grant("100")
        try log.bond("90")
        try log.endBlock()
        // Let go in the same block: never above the cap at its end.
        try log.grant("80")
        try log.burn(retiring: "10")
        try log.endBlock()
        try log.grant("50")
        try log.endBlock()
        try log.burn(retiring: "20")
        let sequence = try log.bond("1")
        try log.endBlock()
        try log.burn(retiring: "11")
        try log.bond("5")
        try log.burn(retiring: "5")
        try log.endBlock()
        try log.grant("0")
        try log.revoke()
        try log.endBlock()
        try log.grant("60")
        try log.endBlock()
        try log.grant("1")
        let report = try log.audit()
        #expect(report.findings.map(\.place.sequence) == [sequence, sequence + 2])
        #expect(report.grants.count == 2)
        let first = report.grants[0]
        #expect(first.decisions.map(\.action) == [.granted, .capChanged, .capChanged, .capChanged, .revoked])
        #expect(first.decisions.map(\.cap) == [Amount(100), Amount(80), Amount(50), .zero, nil])
        #expect(first.decisions.map(\.height) == [0, 1, 2, 5, 5])
        #expect(!first.isLive && first.cap == .zero)
        #expect(first.overCap.map(\.since) == [2, 5] && first.overCap.map(\.until) == [4, 6])
        #expect(first.use == AuditedGrant.Use(maximum: Amount(90), last: Amount(50)))
        let second = report.grants[1]
        #expect(second.isLive && second.eventCount == 0)
        #expect(second.overCap.map(\.since) == [7] && second.overCap.map(\.until) == [nil])
        #expect(second.use == AuditedGrant.Use(maximum: Amount(50), last: Amount(50)))
    }

    @Test("counts what the genesis takes over without judging it, and finds such an event anywhere later")
    func imported() throws {
        func stake(_ amount: String) -> VirtualStakingEvent {
            .with {
                $0.stakeImported.minted = amount
                $0.stakeImported.owed = "0"
            }
        }
        var log = try ForgedLog()
        try log.grant("10")
        // More than the cap: a part was owed on the chain before.
        try log.staking(stake("15"))
        let above = try log.bond("1")
        try log.burn(retiring: "10")
        try log.endBlock()
        try log.bond("4")
        try log.staking(stake("0"))
        let late = try log.staking(stake("1"))
        let without = try log.staking(stake("1"), of: 2)
        let report = try log.audit()
        #expect(report.findings.map(\.place.sequence) == [above, late, without])
        #expect(report.findings.codes == [.privilegeExceeded, .privilegeMissing])
        #expect(report.grants[0].use == AuditedGrant.Use(maximum: Amount(16), last: Amount(11)))
    }

    @Test("gives up after a hundred findings, and says so")
    func many() throws {
        var log = try ForgedLog()
        for _ in 0..<150 { try log.bond("1") }
        try log.endBlock()
        try log.bond("1")
        let report = try log.audit()
        #expect(report.findings.count == 100)
        #expect(!report.isComplete && !report.isSound)
    }

    @Test("needs a home that storage opens")
    func noHome() throws {
        let error = #expect(throws: AuditError.self) { try PrivilegeAudit(home: "/nonexistent/home").run() }
        #expect(error?.code == .unreadableHome)
    }
}
