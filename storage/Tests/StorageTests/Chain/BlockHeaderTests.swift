import ICS23
import StorageTestSupport
import Testing

@testable import Storage

@Suite("A block header")
struct BlockHeaderTests {
    private static func sample(chainID: String = "mesh-1") throws -> BlockHeader {
        try BlockHeader(
            chainID: chainID,
            height: 0x0102_0304_0506_0708,
            timeNanoseconds: 1_700_000_000_000_000_000,
            previousHeaderHash: .sha256([1]),
            transactionsRoot: .sha256([2]),
            eventCount: 77,
            eventRoot: .sha256([3]),
            stateRoot: .sha256([4]),
            moduleSetHash: .sha256([5])
        )
    }

    @Test("is read back as it was written")
    func roundTrips() throws {
        let header = try Self.sample()
        #expect(try BlockHeader(decoding: header.encoded) == header)
        #expect(header.encoded.count == 2 + 6 + 3 * 8 + 5 * 32)
        #expect(Array(header.encoded.prefix(16)) == [1, 6] + Array("mesh-1".utf8) + [1, 2, 3, 4, 5, 6, 7, 8])
    }

    @Test("with any bit of its encoding changed is refused or has another hash")
    func noticesEveryBit() throws {
        let header = try Self.sample()
        for position in header.encoded.indices {
            for bit in 0..<8 {
                var bytes = header.encoded
                bytes[position] ^= 1 << UInt8(bit)
                do {
                    let other = try BlockHeader(decoding: bytes)
                    #expect(other.hash != header.hash)
                    #expect(other.encoded == bytes)
                } catch {
                    #expect(error.code == .invalidHeader)
                }
            }
        }
    }

    @Test("that is cut off or goes on is refused")
    func refusesOtherLengths() throws {
        let bytes = try Self.sample().encoded
        for count in bytes.indices {
            #expect(code { _ = try BlockHeader(decoding: Array(bytes.prefix(count))) } == .invalidHeader)
        }
        #expect(code { _ = try BlockHeader(decoding: bytes + [0]) } == .invalidHeader)
    }

    @Test("has an app hash of the three roots alone")
    func hasAppHash() throws {
        let header = try Self.sample()
        // The leaves in the order of their names, and the RFC 6962 tree over three.
        func leaf(_ name: String, _ root: Hash) -> [UInt8] {
            let bytes = Array(name.utf8)
            return Hash.sha256([0, UInt8(bytes.count)] + bytes + [32] + Hash.sha256(root.bytes).bytes).bytes
        }
        let left = Hash.sha256([1] + leaf("events", header.eventRoot) + leaf("modules", header.moduleSetHash)).bytes
        #expect(header.appHash == .sha256([1] + left + leaf("state", header.stateRoot)))
        #expect(header.appHash.bytes == (try Multistore(header.namedRoots).root))
        #expect(header.hash == .sha256([2] + header.encoded))
        #expect(try Self.sample(chainID: "other").appHash == header.appHash)
        #expect(try Self.sample(chainID: "other").hash != header.hash)
    }

    @Test(
        "takes only chain ids of 1 to 64 printable characters",
        arguments: ["", " ", "a b", "é", "tab\t", String(repeating: "a", count: 65)]
    )
    func refusesChainIDs(chainID: String) {
        #expect(code { _ = try Self.sample(chainID: chainID) } == .invalidChainID)
    }
}

@Suite("A hash")
struct HashTests {
    @Test("reads and writes hexadecimal, and nothing else")
    func readsHexadecimal() {
        let text = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
        #expect(Hash(hexadecimal: text)?.hexadecimal == text)
        #expect(Hash(hexadecimal: text.uppercased())?.hexadecimal == text)
        #expect(Hash.sha256([]).hexadecimal == text)
        for wrong in ["", String(text.dropLast()), text + "0", text + "00", "g" + text.dropFirst()] {
            #expect(Hash(hexadecimal: wrong) == nil)
        }
        #expect(Hash([UInt8](repeating: 0, count: 31)) == nil)
    }

    @Test("is ordered as its bytes are")
    func isOrdered() throws {
        var generator = SplitMix64(seed: 4)
        let hashes = (0..<200).compactMap { _ in Hash(generator.bytes(32...32)) }
        let sorted = hashes.sorted()
        #expect(sorted.map(\.bytes) == hashes.map(\.bytes).sorted { $0.lexicographicallyPrecedes($1) })
    }
}

@Suite("A byte arena")
struct ByteArenaTests {
    @Test("gives back the strings it was given, also after dropping some")
    func keepsStrings() {
        var arena = ByteArena([[1, 2], [], [3]])
        let bytes: [UInt8] = [4, 5, 6]
        arena.append(bytes.span.bytes)
        arena.append(contentsOf: ByteArena([[7], []]))
        #expect(arena.indices.map { arena[$0] } == [[1, 2], [], [3], [4, 5, 6], [7], []])
        #expect(arena.indices.map { arena.byteCount(at: $0) } == [2, 0, 1, 3, 1, 0])
        arena.truncate(toCount: 9)
        #expect(arena.count == 6)
        arena.truncate(toCount: 2)
        #expect(arena == ByteArena([[1, 2], []]))
        arena.append([9])
        var seen: [[UInt8]] = []
        arena.forEach { _, bytes in seen.append(bytes.withUnsafeBytes { [UInt8]($0) }) }
        #expect(seen == [[1, 2], [], [9]])
        arena.removeAll()
        #expect(arena.isEmpty)
        #expect(arena.byteCount == 0)
    }
}
