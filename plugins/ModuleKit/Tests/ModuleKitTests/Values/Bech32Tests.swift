import Testing

@testable import ModuleKit

@Suite("Bech32")
struct Bech32Tests {
    @Test("Valid vectors of BIP-173 are read and written back", arguments: Bech32Vectors.valid)
    func valid(text: String) throws {
        let parts = try Bech32(text)
        #expect(try parts.text() == text.lowercased())
        #expect(try Bech32(prefix: parts.prefix, groups: parts.groups) == parts)
    }

    @Test("Invalid vectors of BIP-173 are refused", arguments: Bech32Vectors.invalid)
    func invalid(vector: RefusedVector) {
        #expect(code { try Bech32(vector.text) } == .invalidBech32, "\(vector.reason)")
    }

    @Test("Bech32m is never taken for Bech32", arguments: Bech32Vectors.bech32m)
    func bech32m(text: String) {
        #expect(failure { try Bech32(text) }?.message.contains("checksum") == true)
    }

    @Test("Invalid vectors of BIP-350 are refused", arguments: Bech32Vectors.invalidBech32m)
    func invalidBech32m(vector: RefusedVector) {
        #expect(code { try Bech32(vector.text) } == .invalidBech32, "\(vector.reason)")
    }

    @Test("Witness programs of the vectors are regrouped into their bytes", arguments: Bech32Vectors.segwit)
    func segwit(address: String, version: UInt8, program: String) throws {
        let parts = try Bech32(address)
        #expect(parts.groups.first == version)
        let bytes = try Bech32(prefix: parts.prefix, groups: [UInt8](parts.groups.dropFirst())).bytes()
        if bytes.count <= 32 {
            #expect(try Address(bytes: bytes).hexadecimal == program)
        } else {
            #expect(bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16, uppercase: true) }.joined() == program)
        }
    }

    @Test("Witness addresses that are no Bech32 are refused", arguments: Bech32Vectors.segwitNotBech32)
    func segwitNotBech32(vector: RefusedVector) {
        #expect(code { try Bech32(vector.text) } == .invalidBech32, "\(vector.reason)")
    }

    @Test("Data that does not end on a whole byte is refused", arguments: Bech32Vectors.segwitBadPadding)
    func padding(vector: RefusedVector) throws {
        let parts = try Bech32(vector.text)
        let program = try Bech32(prefix: parts.prefix, groups: [UInt8](parts.groups.dropFirst()))
        #expect(code { try program.bytes() } == .invalidBech32, "\(vector.reason)")
    }

    @Test("What only Bitcoin refuses is Bech32 nevertheless", arguments: Bech32Vectors.segwitOnlyInvalid)
    func segwitOnlyInvalid(vector: RefusedVector) throws {
        #expect(try Bech32(vector.text).text() == vector.text.lowercased())
    }

    @Test("The length limit is a parameter and counts the whole text")
    func lengthLimit() throws {
        let parts = try Bech32(prefix: "cosmos", bytes: [UInt8](repeating: 7, count: 60))
        let text = try parts.text(lengthLimit: 109)
        #expect(text.utf8.count == 109)
        #expect(code { try parts.text(lengthLimit: 108) } == .invalidBech32)
        #expect(code { try parts.text() } == .invalidBech32)
        #expect(code { try Bech32(text) } == .invalidBech32)
        #expect(try Bech32(text, lengthLimit: Bech32.cosmosLengthLimit).bytes() == [UInt8](repeating: 7, count: 60))
    }

    @Test(
        "Prefixes that can't be written are refused",
        arguments: ["", "Cosmos", "cos mos", "cosmös", "a\u{7F}", String(repeating: "a", count: 84)]
    )
    func prefixes(prefix: String) {
        #expect(code { try Bech32(prefix: prefix, bytes: [1]) } == .invalidBech32)
    }

    @Test("Groups above 31 are refused")
    func groups() {
        #expect(code { try Bech32(prefix: "a", groups: [32]) } == .invalidBech32)
    }

    @Test("Bytes round-trip, and every single wrong character is noticed", arguments: propertySeeds)
    func mutations(seed: UInt64) throws {
        var generator = ValueGenerator(seed: seed)
        let alphabet = [UInt8]("qpzry9x8gf2tvdw0s3jn54khce6mua7l".utf8)
        for count in 0...48 {
            let bytes = generator.bytes(count: count)
            let text = try Bech32(prefix: "mesh", bytes: bytes).text()
            #expect(try Bech32(text).bytes() == bytes)
            #expect(try Bech32(text.uppercased()).bytes() == bytes)
            var characters = [UInt8](text.utf8)
            let position = 5 + generator.next(below: characters.count - 5)
            let other = alphabet[generator.next(below: 32)]
            guard characters[position] != other else { continue }
            characters[position] = other
            #expect(code { try Bech32(String(decoding: characters, as: UTF8.self)) } == .invalidBech32)
        }
    }

    @Test("The tables follow from the alphabet and the generators of BIP-173")
    func tables() {
        let alphabet = [UInt8]("qpzry9x8gf2tvdw0s3jn54khce6mua7l".utf8)
        #expect(Bech32Coding.alphabet == alphabet)
        let upper = [UInt8]("QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L".utf8)
        for character in 0..<128 as Range<UInt8> {
            let value = alphabet.firstIndex(of: character) ?? upper.firstIndex(of: character) ?? 255
            #expect(Int(Bech32Coding.values[Int(character)]) == value)
        }
        let generators: [UInt32] = [0x3B6A_57B2, 0x2650_8E6D, 0x1EA1_19FA, 0x3D42_33DD, 0x2A14_62B3]
        for top in 0..<32 {
            let sum = generators.enumerated().reduce(0) { $0 ^ (top >> $1.offset & 1 == 1 ? $1.element : 0) }
            #expect(Bech32Coding.remainders[top] == sum)
        }
    }

    @Test("No text traps the reader", arguments: propertySeeds)
    func anyText(seed: UInt64) {
        var generator = ValueGenerator(seed: seed)
        var refused = 0
        for _ in 0..<3000 {
            let text = String(decoding: generator.bytes(count: generator.next(below: 40)), as: UTF8.self)
            if code({ try Address(bech32: text) }) != nil { refused += 1 }
        }
        #expect(refused == 3000)
    }
}
