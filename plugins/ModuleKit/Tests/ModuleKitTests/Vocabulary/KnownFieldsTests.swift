import Foundation
import ModuleKit
import ModuleTesting
import Testing

@Suite("Bytes from outside")
struct KnownFieldsTests {
    let alice = Address.named("alice")

    /// A field of a protobuf encoding: a length-delimited value.
    private func field(_ number: UInt8, _ bytes: [UInt8]) -> [UInt8] {
        [number << 3 | 2, UInt8(bytes.count)] + bytes
    }

    /// Field 15 with the number 1, which no message of the ledger has.
    private let unknown: [UInt8] = [15 << 3, 1]

    @Test("are no message when a field is unknown, at any depth")
    func unknownFields() throws {
        let harness = try ModuleHarness(Ledger())
        let entry: [UInt8] = field(1, [0x61]) + field(2, [0x62]) + [3 << 3, 1]
        let whole = field(1, field(1, field(1, entry)))
        try harness.when(encoded: whole, from: alice).thenSucceeded()
        for message in [
            whole + unknown,
            field(1, field(1, field(1, entry)) + unknown),
            field(1, field(1, field(1, entry) + unknown)),
            field(1, field(1, field(1, entry + unknown))),
            field(1, field(1, field(4, field(1, field(1, entry + unknown))))),
            unknown,
        ] {
            try harness.when(encoded: message, from: alice).thenFailed(.unknownField).thenLeftNothing()
        }
    }

    @Test("are no message when they say nothing, or can't be decoded")
    func noMessage() throws {
        let harness = try ModuleHarness(Ledger(), neighbours: [Echo<First>()])
        try harness.when(encoded: [], from: alice).thenFailed(.unknownMessage)
        try harness.when(encoded: field(1, field(1, [])), from: alice).thenFailed(.unknownMessage)
        try harness.when(encoded: [], to: Echo<First>.self, from: alice).thenFailed(.unknownMessage)
        try harness.when(encoded: unknown, to: Echo<First>.self, from: alice).thenFailed(.unknownField)
        try harness.when(encoded: [0xFF], from: alice).thenFailed(.undecodable)
        let message = try LedgerMessage.steps(.set("shelf", "name", 1)).encodedBytes()
        for count in 1..<message.count {
            try harness.when(encoded: Array(message.prefix(count)), from: alice).thenFailed(.undecodable)
        }
    }

    @Test("are refused or understood, however they are mangled")
    func mangled() throws {
        let harness = try ModuleHarness(Ledger())
        let message = try LedgerMessage.steps(.set("a", "b", 300), .attempt(.remove("a", "b"), .fail)).encodedBytes()
        for place in message.indices {
            for bit in 0..<8 {
                var mangled = message
                mangled[place] ^= 1 << bit
                let outcome = try harness.when(encoded: mangled, from: alice)
                if outcome.succeeded { #expect(!outcome.events.isEmpty) } else { try outcome.thenLeftNothing() }
            }
        }
        try harness.nextBlock()
    }

    @Test("are no query when a JSON member is unknown")
    func queries() throws {
        let harness = try ModuleHarness(Ledger())
        #expect(try harness.query(json: #"{"total": true}"#) == #"{}"#)
        #expect(code { try harness.query(json: #"{"totals": true}"#) } == .undecodable)
        #expect(code { try harness.query(json: "") } == .undecodable)
    }
}

@Suite("A recorded event")
struct RecordedEventTests {
    @Test("of the current schema version reads back; unknown fields are errors")
    func current() throws {
        let payload = try LedgerEvent.set("a", "b", 3).encodedBytes()
        #expect(try LedgerEvent(recorded: payload, schemaVersion: 2) == .set("a", "b", 3))
        #expect(code { try LedgerEvent(recorded: payload + [15 << 3, 1], schemaVersion: 2) } == .unknownField)
        let nested = try LedgerEvent.nested(.set("a", "b", 1)).encodedBytes()
        var inner = nested
        inner[1] += 2
        #expect(code { try LedgerEvent(recorded: inner + [15 << 3, 1], schemaVersion: 2) } == .unknownField)
    }

    @Test("of an older schema version is upcast")
    func older() throws {
        let first = LedgerFirstEvent.with {
            $0.set.shelf = "a"
            $0.set.name = "b"
            $0.set.value = "41"
        }
        #expect(try LedgerEvent(recorded: try first.encodedBytes(), schemaVersion: 1) == .set("a", "b", 41))
        #expect(
            code { try LedgerEvent(recorded: try first.encodedBytes() + [120, 1], schemaVersion: 1) } == .unknownField
        )
    }

    @Test("of a schema version that nobody knows is refused", arguments: [0, 3, .max] as [UInt32])
    func unknown(version: UInt32) throws {
        let payload = try LedgerEvent.set("a", "b", 3).encodedBytes()
        #expect(code { try LedgerEvent(recorded: payload, schemaVersion: version) } == .unknownSchemaVersion)
        #expect(code { try HarnessEvent(recorded: payload, schemaVersion: version) } == .unknownSchemaVersion)
    }

    @Test("of an older version is projected by a replay as what it means now")
    func replayed() throws {
        let session = StateSession(source: EmptyStateSource(), meter: WorkMeter())
        let ledger = ModuleInstance(
            Ledger(),
            identity: InstanceIdentity(number: 1, address: .named("l"), label: "l", module: "ledger", version: "1.0.0"),
            state: InstanceState(instance: 1, session: session),
            vocabularyNumber: 1
        )
        let first = LedgerFirstEvent.with { $0.set.value = "41" }
        try ledger.apply(recorded: try first.encodedBytes(), schemaVersion: 1)
        try ledger.apply(recorded: try LedgerEvent.set("x", "y", 1).encodedBytes(), schemaVersion: 2)
        #expect(try ledger.module.total.value(in: StateReader(ledger.state)) == 42)
        #expect(code { try ledger.apply(recorded: [], schemaVersion: 9) } == .unknownSchemaVersion)
    }
}

@Suite("A vocabulary")
struct VocabularyTests {
    @Test(
        "has a descriptor set from which a stranger learns its messages",
        arguments: [
            (LedgerEvent.descriptorSet, "testing.proto", LedgerEvent.protoMessageName),
            (HarnessEvent.descriptorSet, "harness.proto", HarnessEvent.protoMessageName),
        ]
    )
    func descriptors(bytes: [UInt8], file: String, message: String) throws {
        let set = try Google_Protobuf_FileDescriptorSet(serializedBytes: bytes)
        let found = try #require(set.file.first { $0.name == file })
        #expect(found.messageType.contains { "\(found.package).\($0.name)" == message })
    }

    @Test("lists each kind under the number and the name that its oneof has, in order")
    func kinds() throws {
        for (kinds, bytes, file) in [
            (LedgerEvent.kinds, LedgerEvent.descriptorSet, "testing.proto"),
            (HarnessEvent.kinds, HarnessEvent.descriptorSet, "harness.proto"),
        ] {
            let set = try Google_Protobuf_FileDescriptorSet(serializedBytes: bytes)
            let event = try #require(set.file.first { $0.name == file }?.messageType.first { $0.name == "Event" })
            #expect(kinds.map(\.number) == kinds.map(\.number).sorted())
            for kind in kinds {
                #expect(event.field.contains { $0.number == Int32(kind.number) && $0.name == kind.name })
            }
        }
        #expect(LedgerEvent.kind(numbered: 7)?.delivery == .final)
        #expect(LedgerEvent.kind(numbered: 9) == nil)
    }
}
