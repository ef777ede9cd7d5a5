/// The work beneath `Bech32` and `Address`, on characters in place: nothing is allocated but a written text.
enum Bech32Coding {
    /// The number of characters of a checksum.
    static let checksumCount = 6

    /// Where the parts of a checked text are.
    struct Layout {
        /// The number of characters before the separator.
        let prefixCount: Int
        /// The number of data characters, without the checksum.
        let dataCount: Int

        /// The offset of the first data character.
        var dataStart: Int { prefixCount + 1 }

        /// The prefix in lower case.
        func prefix(of text: String) -> String { String(text.prefix(prefixCount)).lowercased() }
    }

    /// Checks a whole text: characters, case, length, separator, checksum.
    static func check(_ text: String, lengthLimit: Int) throws(ModuleError) -> Layout {
        let characters = text.utf8.span
        guard characters.count <= lengthLimit else {
            throw failure("\(quoted(text)) has \(characters.count) characters; at most \(lengthLimit) are allowed")
        }
        let separator = try separator(in: characters, text)

        // The prefix enters the checksum twice: its upper three bits, then its lower five.
        var checksum: UInt32 = 1
        for index in 0..<separator { checksum = step(checksum, lowercase(characters[index]) >> 5) }
        checksum = step(checksum, 0)
        for index in 0..<separator { checksum = step(checksum, characters[index] & 31) }
        for index in (separator + 1)..<characters.count {
            let value = value(of: characters[index])
            guard value < 32 else {
                throw failure(
                    "\(quoted(text)) has a character outside the alphabet at position \(index + 1); copy it again"
                )
            }
            checksum = step(checksum, value)
        }
        guard checksum == 1 else {
            throw failure("\(quoted(text)) has a wrong checksum; a character is mistyped, copy it again")
        }
        return Layout(prefixCount: separator, dataCount: characters.count - separator - 1 - checksumCount)
    }

    /// Checks case and characters, and finds the last `1`.
    private static func separator(in characters: Span<UInt8>, _ text: String) throws(ModuleError) -> Int {
        var separator: Int?
        var hasLower = false
        var hasUpper = false
        for index in 0..<characters.count {
            let character = characters[index]
            guard isPrintable(character) else {
                throw failure("\(quoted(text)) has a character that is not printable ASCII at position \(index + 1)")
            }
            if character == UInt8(ascii: "1") { separator = index }
            hasLower = hasLower || isLower(character)
            hasUpper = hasUpper || isUpper(character)
        }
        guard !hasLower || !hasUpper else {
            throw failure("\(quoted(text)) mixes upper and lower case; write it in lower case")
        }
        guard let separator else {
            throw failure("\(quoted(text)) has no separator 1; a prefix and a 1 must stand before the data")
        }
        guard separator > 0 else { throw failure("\(quoted(text)) has no prefix before the separator 1") }
        guard characters.count - separator > checksumCount else {
            throw failure("\(quoted(text)) is too short for a checksum of \(checksumCount) characters; copy all of it")
        }
        return separator
    }

    /// Checks a prefix that is to be written: 1 to 83 printable ASCII characters, no upper case.
    static func checkPrefix(_ prefix: String) throws(ModuleError) {
        guard (1...83).contains(prefix.utf8.count), prefix.utf8.allSatisfy({ isPrintable($0) && !isUpper($0) }) else {
            throw failure(
                "prefix \(quoted(prefix)) can't be used; use 1 to 83 printable ASCII characters in lower case"
            )
        }
    }

    /// Writes a text. The prefix must have passed `checkPrefix`; `data` writes exactly `groupCount` groups of five bits.
    static func text(prefix: String, groupCount: Int, _ data: (inout Writer) -> Void) -> String {
        let capacity = prefix.utf8.count + 1 + groupCount + checksumCount
        return String(unsafeUninitializedCapacity: capacity) { buffer in
            var writer = Writer(buffer)
            writer.append(prefix: prefix.utf8)
            data(&writer)
            writer.appendChecksum()
            return writer.end
        }
    }

    /// Writes one text and keeps its checksum.
    struct Writer {
        private let buffer: UnsafeMutableBufferPointer<UInt8>
        private var checksum: UInt32 = 1
        /// The number of characters written.
        private(set) var end = 0

        fileprivate init(_ buffer: UnsafeMutableBufferPointer<UInt8>) {
            self.buffer = buffer
        }

        private mutating func append(_ character: UInt8) {
            guard end < buffer.count else { return }
            buffer[end] = character
            end += 1
        }

        fileprivate mutating func append(prefix: String.UTF8View) {
            for character in prefix {
                append(character)
                checksum = step(checksum, character >> 5)
            }
            checksum = step(checksum, 0)
            for character in prefix { checksum = step(checksum, character & 31) }
            append(UInt8(ascii: "1"))
        }

        /// Appends a group of five bits.
        @inline(__always)
        mutating func append(group: UInt8) {
            append(alphabet[Int(group & 31)])
            checksum = step(checksum, group & 31)
        }

        fileprivate mutating func appendChecksum() {
            for _ in 0..<checksumCount { checksum = step(checksum, 0) }
            checksum ^= 1
            for shift in [25, 20, 15, 10, 5, 0] as [UInt32] {
                append(alphabet[Int(checksum >> shift & 31)])
            }
        }
    }

    /// An error about Bech32.
    static func failure(_ message: String) -> ModuleError { ModuleError(.invalidBech32, message) }

    /// The error about bits that don't fill a byte.
    static var paddingFailure: ModuleError {
        failure("the data does not end on a whole byte with zero padding; copy the text again")
    }
}

extension Bech32Coding {
    private static func isPrintable(_ character: UInt8) -> Bool { (33...126).contains(character) }
    private static func isLower(_ character: UInt8) -> Bool { character &- UInt8(ascii: "a") < 26 }
    private static func isUpper(_ character: UInt8) -> Bool { character &- UInt8(ascii: "A") < 26 }
    private static func lowercase(_ character: UInt8) -> UInt8 { isUpper(character) ? character | 0x20 : character }

    /// The value of a data character of either case, or 255 if it is outside the alphabet.
    @inline(__always)
    static func value(of character: UInt8) -> UInt8 {
        character < 128 ? values[Int(character)] : 255
    }

    /// One step of the checksum: the polynomial's remainder over the field of 32 elements.
    @inline(__always)
    private static func step(_ checksum: UInt32, _ value: UInt8) -> UInt32 {
        (checksum & 0x1FF_FFFF) << 5 ^ UInt32(value) ^ remainders[Int(checksum >> 25 & 31)]
    }

    // The tables are literals, so that they stand in the program's data and need no check of whether they are there yet.
    // A test derives them anew.

    /// The 32 characters, by value: `qpzry9x8gf2tvdw0s3jn54khce6mua7l`.
    static let alphabet: [UInt8] = [
        113, 112, 122, 114, 121, 57, 120, 56, 103, 102, 50, 116, 118, 100, 119, 48,
        115, 51, 106, 110, 53, 52, 107, 104, 99, 101, 54, 109, 117, 97, 55, 108,
    ]

    /// The values, by character; 255 is outside the alphabet.
    static let values: [UInt8] = [
        255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
        255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
        255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
        15, 255, 10, 17, 21, 20, 26, 30, 7, 5, 255, 255, 255, 255, 255, 255,
        255, 29, 255, 24, 13, 25, 9, 8, 23, 255, 18, 22, 31, 27, 19, 255,
        1, 0, 3, 16, 11, 28, 12, 14, 6, 4, 2, 255, 255, 255, 255, 255,
        255, 29, 255, 24, 13, 25, 9, 8, 23, 255, 18, 22, 31, 27, 19, 255,
        1, 0, 3, 16, 11, 28, 12, 14, 6, 4, 2, 255, 255, 255, 255, 255,
    ]

    /// What each value of the five bits shifted out adds, combined from the five generators of BIP-173.
    static let remainders: [UInt32] = [
        0x0000_0000, 0x3B6A_57B2, 0x2650_8E6D, 0x1D3A_D9DF, 0x1EA1_19FA, 0x25CB_4E48, 0x38F1_9797, 0x039B_C025,
        0x3D42_33DD, 0x0628_646F, 0x1B12_BDB0, 0x2078_EA02, 0x23E3_2A27, 0x1889_7D95, 0x05B3_A44A, 0x3ED9_F3F8,
        0x2A14_62B3, 0x117E_3501, 0x0C44_ECDE, 0x372E_BB6C, 0x34B5_7B49, 0x0FDF_2CFB, 0x12E5_F524, 0x298F_A296,
        0x1756_516E, 0x2C3C_06DC, 0x3106_DF03, 0x0A6C_88B1, 0x09F7_4894, 0x329D_1F26, 0x2FA7_C6F9, 0x14CD_914B,
    ]
}
