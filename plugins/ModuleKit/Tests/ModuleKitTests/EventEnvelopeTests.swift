import ModuleKit
import ModuleRuntime
import Testing

@Suite("An event envelope")
struct EventEnvelopeTests {
    static let full = EventEnvelope(
        sequence: 300,
        height: 7,
        transaction: 2,
        cause: 0,
        instance: 1,
        vocabulary: 1,
        kind: 3,
        schemaVersion: 1,
        payload: [1, 2, 3]
    )

    @Test("is written as protobuf writes it")
    func isProtobuf() {
        let expected: [UInt8] = [
            0x08, 0xAC, 0x02, 0x10, 0x07, 0x18, 0x02, 0x20, 0x00, 0x28, 0x01, 0x30, 0x01, 0x38, 0x03, 0x40, 0x01, 0x4A,
            0x03, 0x01, 0x02, 0x03,
        ]
        #expect(Self.full.encoded == expected)
    }

    @Test("reads back what it wrote")
    func roundTrip() throws {
        #expect(try EventEnvelope(decoding: Self.full.encoded) == Self.full)
    }

    @Test("takes at most 64 bytes around its payload")
    func overhead() {
        var largest = Self.full
        largest.sequence = .max
        largest.height = .max
        largest.cause = .max
        largest.transaction = .max
        largest.instance = .max
        largest.vocabulary = 0xFFFF
        largest.kind = 0xFFFF
        largest.schemaVersion = 0xFFFF
        largest.payload = Array(repeating: 0, count: 60_000)
        #expect(largest.encoded.count - largest.payload.count <= 64)
    }

    @Test("refuses every truncation and every trailing byte")
    func refusesTruncation() {
        let record = Self.full.encoded
        for count in 0..<record.count where count > 0 {
            let cut = Array(record.prefix(count))
            let decoded = try? EventEnvelope(decoding: cut)
            #expect(decoded != Self.full)
        }
        #expect(throws: ModuleError.self) { try EventEnvelope(decoding: record + [0]) }
    }

    @Test("has one encoding only: whatever decodes, encodes to the same bytes")
    func isCanonical() {
        var decodable = 0
        let record = Self.full.encoded
        for place in record.indices {
            for bit in 0..<8 {
                var mangled = record
                mangled[place] ^= 1 << bit
                guard let decoded = try? EventEnvelope(decoding: mangled) else { continue }
                decodable += 1
                #expect(decoded.encoded == mangled)
                #expect(decoded != Self.full)
            }
        }
        #expect(decodable > 0)
    }
}
