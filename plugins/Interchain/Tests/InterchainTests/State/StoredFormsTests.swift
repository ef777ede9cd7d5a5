import IBC
import ModuleKit
import Testing

@testable import Interchain

/// What is stored is read back as it was, and what can't have been stored is an error.
struct StoredFormsTests {
    @Test("A path is its own key, also with the longest port")
    func paths() throws {
        let port = try PortID(String(repeating: "p", count: 128))
        let end = ChannelEndID(port: port, channel: ChannelID(number: .max))
        for path in [StorePath.channelEnd(end), .clientState(ClientID(number: 0))] {
            var key: [UInt8] = []
            path.encode(into: &key)
            #expect(key == path.key)
            var reader = KeyReader(key)
            #expect(try StorePath(decoding: &reader) == path)
        }
        for damaged in [[], Array("clients".utf8), Array("clients//clientState".utf8), [0x2F, 0xFF]] as [[UInt8]] {
            var reader = KeyReader(damaged)
            #expect(throws: ModuleError.self) { try StorePath(decoding: &reader) }
        }
    }

    @Test("Heights are ordered by revision, then by height, as their keys are")
    func heights() throws {
        let heights = [
            Height(revision: 0, height: .max), Height(revision: 1, height: 9), Height(revision: 1, height: 10),
            Height(revision: 2, height: 0),
        ]
        let keys = heights.map { height in
            var key: [UInt8] = []
            height.encode(into: &key)
            return key
        }
        for (left, right) in zip(keys, keys.dropFirst()) { #expect(left.lexicographicallyPrecedes(right)) }
        for (height, key) in zip(heights, keys) {
            var reader = KeyReader(key)
            #expect(try Height(decoding: &reader) == height)
        }
    }

    @Test("Commitments and receipts of another length are damage")
    func marks() throws {
        let hash = [UInt8](0..<32)
        #expect(try Commitment(stored: hash).bytes == hash)
        #expect(throws: ModuleError.self) { try Commitment(stored: Array(hash.dropLast())) }
        #expect(try PacketReceipt(stored: [1]) == PacketReceipt())
        #expect(throws: ModuleError.self) { try PacketReceipt(stored: [2]) }
        #expect(throws: ModuleError.self) { try PacketReceipt(stored: []) }
    }

    @Test("A page ends where the list does, whatever is asked for")
    func pages() {
        #expect(Page(from: 0, limit: 0, of: 0).range.isEmpty)
        #expect(Page(from: 0, limit: 0, of: 101).range == 0..<100)
        #expect(Page(from: 0, limit: 0, of: 101).next == 100)
        #expect(Page(from: 5, limit: .max, of: 2000).range == 5..<1005)
        #expect(Page(from: 100, limit: 1, of: 101).next == nil)
        #expect(Page(from: .max, limit: .max, of: .max).range.isEmpty)
        #expect(Page(from: .max - 1, limit: .max, of: .max).range.count == 1)
    }
}
