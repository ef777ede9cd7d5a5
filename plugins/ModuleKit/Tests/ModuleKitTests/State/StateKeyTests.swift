import ModuleKit
import ModuleTesting
import Testing

@Suite("An encoded key")
struct StateKeyTests {
    private static let texts = ScriptGenerator.names + ["a\u{0}\u{FF}", "\u{10FFFF}", "ÿ", "\0\0\0"]

    private func encoded(_ key: some StateKey) -> [UInt8] {
        var bytes: [UInt8] = []
        key.encode(into: &bytes)
        return bytes
    }

    /// Reads back, from the middle of other bytes too, and refuses to be cut off.
    private func expectRoundTrip<Key: StateKey>(_ key: Key) throws {
        let bytes = encoded(key)
        var reader = KeyReader([9, 9] + bytes + [9], from: 2)
        let decoded = try Key(decoding: &reader)
        #expect(encoded(decoded) == bytes)
        #expect(decoded == key)
        #expect(try reader.byte() == 9)
        for count in bytes.indices {
            let error = code {
                var reader = KeyReader(Array(bytes.prefix(count)))
                return try Key(decoding: &reader)
            }
            #expect(error == .undecodable || error == .invalidDenom || error == .invalidAddress, "\(count) of \(key)")
        }
    }

    /// The order of the bytes is the order of the keys.
    private func expectOrder<Key: StateKey>(_ left: Key, _ right: Key, _ precedes: (Key, Key) -> Bool) {
        #expect(encoded(left).lexicographicallyPrecedes(encoded(right)) == precedes(left, right), "\(left) \(right)")
    }

    @Test("of an integer reads back and keeps the order")
    func integers() throws {
        var random = try SplitMix64.seeded()
        for _ in 0..<200 {
            let shift = UInt64.random(in: 0..<64, using: &random)
            let (a, b) = (random.next() >> shift, random.next() >> shift)
            try expectRoundTrip(a)
            try expectRoundTrip(UInt8(truncatingIfNeeded: a))
            try expectRoundTrip(UInt16(truncatingIfNeeded: a))
            try expectRoundTrip(UInt32(truncatingIfNeeded: a))
            try expectRoundTrip(UInt128(a) << 64 | UInt128(b))
            try expectRoundTrip(Timestamp(nanoseconds: a))
            try expectRoundTrip(Amount(UInt128(a) << 64 | UInt128(b)))
            expectOrder(a, b, <)
            expectOrder(UInt128(a) << 64 | 1, UInt128(b) << 64, <)
            expectOrder(UInt32(truncatingIfNeeded: a), UInt32(truncatingIfNeeded: b), <)
            expectOrder(Timestamp(nanoseconds: a), Timestamp(nanoseconds: b), <)
            expectOrder(Amount(UInt128(a)), Amount(UInt128(b)), <)
        }
        for edge in [0, 1, UInt64.max - 1, .max] { try expectRoundTrip(edge) }
    }

    @Test("of a text reads back and keeps the order of its bytes, zero bytes and prefixes included")
    func texts() throws {
        for left in Self.texts {
            try expectRoundTrip(left)
            for right in Self.texts { expectOrder(left, right) { precedes($0, $1) } }
        }
    }

    @Test("of a text has its length alone ended by two zero bytes, and nothing else after a zero byte but FF")
    func badTexts() {
        for bytes: [UInt8] in [[0, 1], [0x61, 0, 0xFE], [0xC3, 0, 0], [0xFF, 0, 0], [0x61, 0]] {
            #expect(
                code {
                    var reader = KeyReader(bytes)
                    return try String(decoding: &reader)
                } == .undecodable
            )
        }
    }

    @Test("of an address puts shorter addresses first, and equally long ones in the order of their bytes")
    func addresses() throws {
        var random = try SplitMix64.seeded()
        let addresses = try (0..<40).map { (index: Int) -> Address in
            let byteCount = index.isMultiple(of: 2) ? 20 : 32
            return try Address(bytes: (0..<byteCount).map { _ in UInt8(truncatingIfNeeded: random.next()) })
        }
        for left in addresses {
            try expectRoundTrip(left)
            for right in addresses {
                expectOrder(left, right, precedes)
            }
        }
    }

    private func precedes(_ left: Address, _ right: Address) -> Bool {
        left.byteCount == right.byteCount ? left < right : left.byteCount < right.byteCount
    }

    @Test("of a denomination reads back and keeps the order of its text")
    func denoms() throws {
        let denoms = try ["abc", "abcd", "uatom", "uatom/x", "ibc/ABC", "Zeta"].map { try Denom($0) }
        for left in denoms {
            try expectRoundTrip(left)
            for right in denoms { expectOrder(left, right) { precedes($0.text, $1.text) } }
        }
    }

    private func precedes(_ left: String, _ right: String) -> Bool {
        Array(left.utf8).lexicographicallyPrecedes(Array(right.utf8))
    }

    @Test("of several parts is ordered part by part, and each part can serve as a prefix")
    func composites() throws {
        for first in Self.texts {
            for second in Self.texts {
                let key = Pair(first, Pair(second, UInt64(7)))
                try expectRoundTrip(key)
                #expect(encoded(Triple<String, String, UInt64>(first, second, 7)) == encoded(key))
                #expect(encoded(key).starts(with: encoded(first)))
                for other in Self.texts { expectComposite(first, second, other) }
            }
        }
    }

    private func expectComposite(_ first: String, _ second: String, _ other: String) {
        let isSame = Array(other.utf8) == Array(first.utf8)
        #expect(encoded(Pair(other, second)).starts(with: encoded(first)) == isSame)
        expectOrder(Pair(first, second), Pair(other, first)) { left, right in
            LedgerModel.Place(left) < LedgerModel.Place(right)
        }
    }

    @Test("of an item is nothing at all")
    func empty() throws {
        #expect(encoded(EmptyKey()).isEmpty)
    }
}

@Suite("A stored value")
struct StateValueTests {
    @Test("reads back, and refuses bytes that are left over or missing")
    func roundTrip() throws {
        func expect<Value: StateValue & Equatable>(_ value: Value) throws {
            var bytes: [UInt8] = []
            try value.encode(into: &bytes)
            #expect(try Value(stored: bytes) == value)
            #expect(code { try Value(stored: bytes + [1]) } == .undecodable)
            if !bytes.isEmpty { #expect(code { try Value(stored: Array(bytes.dropLast())) } != nil) }
        }
        try expect(UInt64.max)
        try expect(UInt32(5))
        try expect("a\0b")
        try expect(Timestamp(nanoseconds: 9))
        try expect(Amount(77))
        try expect(Address.named("alice"))
        try expect(Unit())
    }
}
