import ModuleRuntime
import Testing

@testable import MeshAudit

@Suite("The reader of envelopes")
struct RecordViewTests {
    @Test("takes and refuses the same bytes as the host's", arguments: [1, 2, 3, 4] as [UInt64])
    func agrees(seed: UInt64) throws {
        var generator = SplitMix64(seed: seed)
        func number(_ bits: ClosedRange<Int>) -> UInt64 {
            generator.next() >> UInt64(64 - Int.random(in: bits, using: &generator))
        }
        var refusedCount = 0
        for _ in 0..<4_000 {
            let envelope = EventEnvelope(
                sequence: number(1...64),
                height: number(1...64),
                transaction: UInt32(number(1...32)),
                cause: Bool.random(using: &generator) ? number(1...64) : nil,
                instance: UInt32(number(1...32)),
                vocabulary: UInt32(number(1...32)),
                kind: UInt32(number(1...32)),
                schemaVersion: UInt32(number(1...32)),
                payload: (0..<Int(number(1...8))).map { _ in UInt8(truncatingIfNeeded: generator.next()) }
            )
            var bytes = envelope.encoded
            if Bool.random(using: &generator), !bytes.isEmpty {
                let place = Int.random(in: 0..<min(bytes.count, 40), using: &generator)
                switch Int.random(in: 0..<3, using: &generator) {
                case 0: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
                case 1: bytes.remove(at: place)
                default: bytes.insert(UInt8.random(in: 0...255, using: &generator), at: place)
                }
            }
            let expected = try? EventEnvelope(decoding: bytes)
            bytes.withUnsafeBytes { bytes in
                let view = RecordView(bytes)
                #expect((view == nil) == (expected == nil), "seed \(seed): \(Array(bytes))")
                guard let view, let expected else {
                    refusedCount += 1
                    return
                }
                #expect(view.sequence == expected.sequence)
                #expect(view.height == expected.height)
                #expect(view.transaction == expected.transaction)
                #expect(view.instance == expected.instance)
                #expect(view.vocabulary == expected.vocabulary)
                #expect(view.kind == expected.kind)
                #expect(view.schemaVersion == expected.schemaVersion)
                #expect(Array(view.payload) == expected.payload)
            }
        }
        #expect(refusedCount > 400)
    }
}
