import Foundation
import MeshHost
import ModuleKit
import Testing

@testable import MeshAudit

@Suite("Who gave a grant, as the audit of privileges tells it")
struct GrantOriginTests {
    @Test("is the genesis, or the signers of a transaction")
    func accounts() throws {
        var log = try ForgedLog()
        try log.grant("1")
        try log.endBlock()
        try log.grant("2", transaction: 1)
        try log.grant("3", to: 2, transaction: 1)
        try log.host(
            .with {
                $0.transactionExecuted.transactionHash = Data(repeating: 1, count: 32)
                $0.transactionExecuted.signers = ["mesh1a", "mesh1b"]
            },
            transaction: 1
        )
        try log.grant("4")
        let report = try log.audit()
        #expect(report.findings == [])
        let signed = GrantOrigin.transaction(1, signers: ["mesh1a", "mesh1b"])
        #expect(report.grants[0].decisions.map(\.origin) == [.genesis, signed, .unknown])
        #expect(report.grants[1].decisions.map(\.origin) == [signed])
    }

    @Test(
        "is a proposal, found through the causes, with its votes: read by descriptors of modules that nobody here knows"
    )
    func proposal() throws {
        var log = try ForgedLog()
        try log.addVocabulary(7, "court.Event", try Court.descriptorSet())
        try log.deploy(3, "high-court", module: "court", vocabulary: 7)
        try log.endBlock()
        log.record(Court.tallied(proposal: 300, yes: "12", no: "5"), of: 3, vocabulary: 7)
        log.record(Court.tallied(proposal: 4, yes: "1", no: "0"), of: 3, vocabulary: 7)
        try log.endBlock()
        let ruled = log.record(Court.ruled(proposal: 300), of: 3, vocabulary: 7)
        let noted = log.record(Court.noted(), of: 3, vocabulary: 7, cause: ruled)
        try log.grant("10", cause: noted)
        try log.grant("20", cause: ruled)
        let alone = log.record(Court.noted(), of: 3, vocabulary: 7)
        try log.grant("30", cause: alone)
        let unvoted = log.record(Court.ruled(proposal: 9), of: 3, vocabulary: 7)
        try log.grant("40", cause: unvoted)
        try log.grant("50", cause: 1_000_000)
        let report = try log.audit()
        #expect(report.findings == [])
        func event(_ sequence: UInt64, _ kind: String, _ proposal: String?, _ votes: [GrantOrigin.Vote] = [])
            -> GrantOrigin
        {
            .event(
                GrantOrigin.Event(
                    sequence: sequence,
                    label: "high-court",
                    module: "court",
                    kind: kind,
                    proposal: proposal,
                    votes: votes
                )
            )
        }
        let votes = [GrantOrigin.Vote(name: "yes", weight: "12"), GrantOrigin.Vote(name: "no", weight: "5")]
        #expect(
            report.grants[0].decisions.map(\.origin) == [
                event(ruled, "ruled", "300", votes), event(ruled, "ruled", "300", votes), event(alone, "noted", nil),
                event(unvoted, "ruled", "9"), .unknown,
            ]
        )
    }
}

/// A vocabulary that exists in a log alone.
private enum Court {
    static func descriptorSet() throws -> [UInt8] {
        typealias Field = Google_Protobuf_FieldDescriptorProto
        func field(_ number: Int32, _ name: String, _ type: Field.TypeEnum, _ message: String = "") -> Field {
            .with {
                $0.number = number
                $0.name = name
                $0.type = type
                $0.label = .optional
                if !message.isEmpty { $0.typeName = ".court.\(message)" }
            }
        }
        func message(_ name: String, _ fields: Field...) -> Google_Protobuf_DescriptorProto {
            .with {
                $0.name = name
                $0.field = fields
            }
        }
        let file = Google_Protobuf_FileDescriptorProto.with {
            $0.name = "court.proto"
            $0.package = "court"
            $0.messageType = [
                message(
                    "Event",
                    field(1, "tallied", .message, "Tallied"),
                    field(2, "ruled", .message, "Ruled"),
                    field(3, "noted", .message, "Noted")
                ),
                message("Tallied", field(1, "proposal", .uint64), field(2, "result", .message, "Result")),
                message("Result", field(1, "yes", .string), field(2, "no", .string)),
                message("Ruled", field(1, "proposal", .uint64)),
                message("Noted"),
            ]
        }
        return try Google_Protobuf_FileDescriptorSet.with { $0.file = [file] }.encodedBytes()
    }

    static func tallied(proposal: UInt64, yes: String, no: String) -> [UInt8] {
        let result = [0x0A, UInt8(yes.utf8.count)] + Array(yes.utf8) + [0x12, UInt8(no.utf8.count)] + Array(no.utf8)
        return event(1, number(proposal) + [0x12, UInt8(result.count)] + result)
    }

    static func ruled(proposal: UInt64) -> [UInt8] { event(2, number(proposal)) }

    static func noted() -> [UInt8] { event(3, []) }

    private static func event(_ kind: UInt8, _ content: [UInt8]) -> [UInt8] {
        [kind << 3 | 2, UInt8(content.count)] + content
    }

    /// A number below 2^14 as field 1.
    private static func number(_ value: UInt64) -> [UInt8] {
        value < 128 ? [0x08, UInt8(value)] : [0x08, UInt8(value & 0x7F) | 0x80, UInt8(value >> 7)]
    }
}
