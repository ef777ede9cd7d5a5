import BankEvents
import Foundation
import LMDB
import MeshAudit
import MeshHost
import ModuleKit
import Storage
import Testing
import VirtualStakingEvents

@Suite("The audit of privileges, on events that are not what they seem")
struct UndecodableEventTests {
    /// A `bonded` of 1, encoded.
    private static func bonded() throws -> [UInt8] {
        try VirtualStakingEvent.with {
            $0.bonded.validator = "validator"
            $0.bonded.amount = .with {
                $0.denom = "umesh"
                $0.amount = "1"
            }
        }
        .encodedBytes()
    }

    /// The sequences that are found, by an audit of some records under a grant with a cap of 10.
    private func found(_ record: (inout ForgedLog) throws -> UInt64) throws -> (expected: UInt64, findings: [Finding]) {
        var log = try ForgedLog()
        try log.grant("10")
        let sequence = try record(&log)
        return (sequence, try log.audit().findings)
    }

    @Test("takes the event itself")
    func sound() throws {
        #expect(try found { log in log.record(try Self.bonded(), of: 1) }.findings == [])
    }

    @Test("finds events of unknown kinds, instances and vocabularies, and of other versions")
    func unknown() throws {
        let payload = try Self.bonded()
        let cases: [(inout ForgedLog) throws -> UInt64] = [
            { log in log.record(payload, of: 1, kind: 77) },
            { log in log.record(payload, of: 1, kind: 0) },
            { log in log.record(payload, of: 1, kind: .max) },
            { log in log.record(payload, of: 9) },
            { log in log.record(payload, of: 1, vocabulary: 9) },
            // An event of its neighbour's, or of the host's, is none of its own.
            { log in
                log.record(try HostEvent.with { $0.privilegeGranted = .init() }.encodedBytes(), of: 1, vocabulary: 0)
            },
            { log in
                log.record(try HostEvent.with { $0.privilegeGranted.number = 9 }.encodedBytes(), of: 0, vocabulary: 0)
            },
            { log in try log.revoke(from: 2) },
        ]
        for (index, record) in cases.enumerated() {
            let (expected, findings) = try found(record)
            #expect(findings.codes == [.eventUndecodable], "case \(index)")
            #expect(findings.map(\.place.sequence) == [expected], "case \(index)")
        }
    }

    @Test("finds an event that is dressed as another, cut, longer than it says, ambiguous, or has unknown fields")
    func dressed() throws {
        let payload = try Self.bonded()
        let inner = Array(payload.dropFirst(2))
        func wrapped(_ content: [UInt8], kind: UInt8 = 3) -> [UInt8] {
            [kind << 3 | 2, UInt8(content.count)] + content
        }
        let harmless = try VirtualStakingEvent.with { $0.pairingClosed = .init() }.encodedBytes()
        let cases: [(kind: UInt32, payload: [UInt8])] = [
            // A privileged event under a harmless kind's number, and behind a harmless event.
            (11, payload), (11, harmless + payload), (3, payload + harmless),
            (3, Array(payload.dropLast())), (3, payload + [0]), (3, []),
            // The amount twice: which one counts?
            (3, wrapped(inner + [0x12, 3, 0x12, 1, 0x39])),
            // The denomination behind the amount; a canonical encoding has it before.
            (3, wrapped([0x12, 6, 0x12, 1, 0x31, 0x0A, 1, 0x75])),
            // An unknown field, another wire type, text that is no UTF-8, a message cut off inside.
            (3, wrapped(inner + [0x78, 1])), (3, wrapped([0x08, 1] + inner.dropFirst(11))),
            (3, wrapped([0x0A, 1, 0xFF, 0x12, 3, 0x12, 1, 0x31])), (3, wrapped([0x12, 3, 0x12, 9, 0x31])),
        ]
        for (index, item) in cases.enumerated() {
            let (expected, findings) = try found { log in log.record(item.payload, of: 1, kind: item.kind) }
            #expect(findings.codes == [.eventUndecodable], "case \(index)")
            #expect(findings.map(\.place.sequence) == [expected], "case \(index)")
        }
    }

    @Test("finds an amount that is missing or is none")
    func noAmount() throws {
        let amounts: [String?] = [nil, "", "-1", "1.5", "01", "one", "340282366920938463463374607431768211456"]
        for amount in amounts {
            let (expected, findings) = try found { log in
                try log.staking(
                    .with {
                        $0.bonded.validator = "validator"
                        if let amount { $0.bonded.amount = .with { $0.amount = amount } }
                    }
                )
            }
            #expect(findings.codes == [.eventUndecodable], "\(amount ?? "none")")
            #expect(findings.map(\.place.sequence) == [expected])
        }
    }

    @Test("finds records that are no envelopes, or name another place")
    func misplaced() throws {
        for change in [0, 1] {
            let chain = try AuditedChain(blockCount: 2)
            let records = try chain.entries(.events)
            let place = records.count - 3
            try chain.change(.events, key: key(UInt64(place))) { record in
                if change == 0 { record = [0xFF] } else { record = records[place - 1].value }
            }
            let findings = try PrivilegeAudit(home: chain.home).run().findings
            #expect(findings.codes == [change == 0 ? .recordMalformed : .recordMisplaced])
            #expect(findings[0].place.sequence == UInt64(place))
        }
    }

    @Test("finds a dictionary entry that is missing, changed, added twice, or describes nothing")
    func dictionary() throws {
        let set = VirtualStakingEvent.descriptorSet
        let name = VirtualStakingEvent.protoMessageName
        var log = try ForgedLog()
        try log.addVocabulary(2, name, set, isStored: false)
        #expect(try log.audit().findings.codes == [.schemaMissing])
        log = try ForgedLog()
        try log.addVocabulary(2, "mesh.no.Such", set)
        #expect(try log.audit().findings.codes == [.eventUndecodable])
        log = try ForgedLog()
        try log.addVocabulary(2, name, Array(set.dropLast()))
        #expect(try log.audit().findings.codes == [.eventUndecodable])
        log = try ForgedLog()
        try log.addVocabulary(1, name, set)
        #expect(try log.audit().findings.codes == [.schemaUnexpected])

        let chain = try AuditedChain(blockCount: 1)
        let entry = try chain.entries(.schemas)[1]
        try chain.change(.schemas, key: entry.key) { $0[$0.count / 2] ^= 1 }
        let findings = try PrivilegeAudit(home: chain.home).run().findings
        #expect(findings.codes == [.schemaChanged, .eventUndecodable])
    }

    @Test("follows an instance to its next version's vocabulary, and not where the migration failed")
    func migrated() throws {
        for succeeded in [true, false] {
            var log = try ForgedLog()
            try log.addVocabulary(2, BankEvent.protoMessageName, BankEvent.descriptorSet)
            try log.grant("", "bank/mint")
            try log.host(
                .with {
                    $0.instanceMigrated.number = 1
                    $0.instanceMigrated.vocabulary = 2
                    $0.instanceMigrated.succeeded = succeeded
                }
            )
            log.record(try BankEvent.with { $0.minted = .init() }.encodedBytes(), of: 1, vocabulary: 2)
            let report = try log.audit()
            #expect(report.findings.codes == (succeeded ? [] : [.eventUndecodable]))
            #expect(report.grants[0].eventCount == (succeeded ? 1 : 0))
        }
    }
}
