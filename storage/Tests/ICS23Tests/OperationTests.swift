import ICS23
import Testing

@Suite("An operation")
struct OperationTests {
    private func leaf(_ hash: HashOp, key: HashOp = .noHash, value: HashOp = .noHash, length: LengthOp = .noPrefix)
        -> LeafOp
    {
        LeafOp(hash: hash, prehashKey: key, prehashValue: value, length: length, prefix: [])
    }

    @Test("with a hash function that is not offered is refused, wherever it stands")
    func refusesUnsupportedHashes() {
        for hash in HashOp.allCases where hash != .sha256 && hash != .sha512 {
            expectRefusal(.unsupportedHash) { _ = try leaf(hash).apply(key: [1], value: [1]) }
            expectRefusal(.unsupportedHash) { _ = try InnerOp(hash: hash, prefix: [1], suffix: []).apply(child: [1]) }
            guard hash != .noHash else { continue }
            expectRefusal(.unsupportedHash) { _ = try leaf(.sha256, key: hash).apply(key: [1], value: [1]) }
            expectRefusal(.unsupportedHash) { _ = try leaf(.sha256, value: hash).apply(key: [1], value: [1]) }
        }
    }

    @Test("with a length operation that is not offered is refused")
    func refusesUnsupportedLengths() {
        expectRefusal(.unsupportedLength) { _ = try leaf(.sha256, length: .varRLP).apply(key: [1], value: [1]) }
    }

    @Test("that requires 32 or 64 bytes takes no others")
    func requiresLengths() throws {
        for (length, count) in [(LengthOp.require32Bytes, 32), (.require64Bytes, 64)] {
            let leaf = leaf(.sha256, length: length)
            let bytes = { (count: Int) in [UInt8](repeating: 7, count: count) }
            #expect(try leaf.apply(key: bytes(count), value: bytes(count)) == ModelTree.hash(bytes(count * 2)))
            for (key, value) in [(count - 1, count), (count, count + 1), (96 - count, count)] {
                expectRefusal(.wrongLength) { _ = try leaf.apply(key: bytes(key), value: bytes(value)) }
            }
        }
    }

    @Test("writes lengths over 127 in more than one byte")
    func writesLongVarints() throws {
        let key = [UInt8](repeating: 7, count: 300)
        let expected = ModelTree.hash([0xAC, 0x02] + key + [1, 9])
        #expect(try leaf(.sha256, length: .varProto).apply(key: key, value: [9]) == expected)
    }
}
