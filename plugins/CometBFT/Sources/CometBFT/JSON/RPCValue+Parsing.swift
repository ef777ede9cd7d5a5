extension RPCValue {
    /// Reads one JSON text.
    ///
    /// - Throws: `malformed` with the position in bytes, or `tooLarge`.
    public init(parsing bytes: [UInt8]) throws(CometBFTError) {
        self = try RPCParser.parse(bytes)
    }
}

/// Reads one JSON value (RFC 8259): UTF-8, no member twice, nothing behind the value, bounded depth.
private struct RPCParser {
    /// How deep arrays and objects may stand in each other. The engine's answers need about ten levels.
    static let maximumDepth = 32
    /// The largest text: a block of 100 MiB in base64, and what stands around it.
    static let maximumByteCount = 160 << 20

    private let bytes: [UInt8]
    private var position = 0

    private init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    static func parse(_ bytes: [UInt8]) throws(CometBFTError) -> RPCValue {
        guard bytes.count <= maximumByteCount else {
            throw CometBFTError(.tooLarge, "a JSON text has at most \(maximumByteCount) bytes, not \(bytes.count)")
        }
        var parser = RPCParser(bytes)
        let value = try parser.value(depth: 0)
        parser.skipSpace()
        guard parser.position == bytes.count else { throw parser.malformed("there is something behind the value") }
        return value
    }

    private mutating func value(depth: Int) throws(CometBFTError) -> RPCValue {
        skipSpace()
        switch peek {
        case UInt8(ascii: "{"): return try object(depth: depth + 1)
        case UInt8(ascii: "["): return try array(depth: depth + 1)
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        default: return try number()
        }
    }

    private mutating func object(depth: Int) throws(CometBFTError) -> RPCValue {
        try checkDepth(depth)
        position += 1
        var members: [RPCValue.Member] = []
        var names: Set<String> = []
        if take(UInt8(ascii: "}")) { return .object([]) }
        repeat {
            skipSpace()
            guard peek == UInt8(ascii: "\"") else { throw malformed("the name of a member must stand here") }
            let name = try string()
            guard names.insert(name).inserted else { throw malformed("the member '\(name.prefix(40))' stands twice") }
            guard take(UInt8(ascii: ":")) else { throw malformed("a colon must stand here") }
            members.append(RPCValue.Member(name: name, value: try value(depth: depth)))
        } while take(UInt8(ascii: ","))
        guard take(UInt8(ascii: "}")) else { throw malformed("a comma or the end of the object must stand here") }
        return .object(members)
    }

    private mutating func array(depth: Int) throws(CometBFTError) -> RPCValue {
        try checkDepth(depth)
        position += 1
        var values: [RPCValue] = []
        if take(UInt8(ascii: "]")) { return .array([]) }
        repeat {
            values.append(try value(depth: depth))
        } while take(UInt8(ascii: ","))
        guard take(UInt8(ascii: "]")) else { throw malformed("a comma or the end of the array must stand here") }
        return .array(values)
    }

    private mutating func word(_ word: String, _ value: RPCValue) throws(CometBFTError) -> RPCValue {
        guard bytes[position...].starts(with: word.utf8) else { throw malformed("this is not a value") }
        position += word.utf8.count
        return value
    }

    private mutating func number() throws(CometBFTError) -> RPCValue {
        let start = position
        if peek == UInt8(ascii: "-") { position += 1 }
        let first = peek
        guard takeDigits() else { throw malformed("this is not a value") }
        if first == UInt8(ascii: "0"), position - start > (bytes[start] == UInt8(ascii: "-") ? 2 : 1) {
            throw malformed("a number does not start with a zero")
        }
        if peek == UInt8(ascii: ".") {
            position += 1
            guard takeDigits() else { throw malformed("a digit must stand here") }
        }
        if peek == UInt8(ascii: "e") || peek == UInt8(ascii: "E") {
            position += 1
            if peek == UInt8(ascii: "+") || peek == UInt8(ascii: "-") { position += 1 }
            guard takeDigits() else { throw malformed("a digit must stand here") }
        }
        return .number(String(decoding: bytes[start..<position], as: UTF8.self))
    }

    private mutating func takeDigits() -> Bool {
        let start = position
        while let byte = peek, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) { position += 1 }
        return position > start
    }

    private mutating func string() throws(CometBFTError) -> String {
        position += 1
        var content: [UInt8] = []
        while let byte = peek {
            position += 1
            switch byte {
            case UInt8(ascii: "\""):
                guard let string = String(validating: content, as: UTF8.self) else {
                    throw malformed("the string is not UTF-8")
                }
                return string
            case UInt8(ascii: "\\"): try escape(into: &content)
            case 0..<0x20: throw malformed("a control character must be escaped")
            default: content.append(byte)
            }
        }
        throw malformed("the string does not end")
    }

    private mutating func escape(into content: inout [UInt8]) throws(CometBFTError) {
        guard let byte = peek else { throw malformed("the string does not end") }
        position += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): content.append(byte)
        case UInt8(ascii: "b"): content.append(0x08)
        case UInt8(ascii: "f"): content.append(0x0c)
        case UInt8(ascii: "n"): content.append(0x0a)
        case UInt8(ascii: "r"): content.append(0x0d)
        case UInt8(ascii: "t"): content.append(0x09)
        case UInt8(ascii: "u"): content += Array(String(try unicodeScalar()).utf8)
        default: throw malformed("this escape is not known")
        }
    }

    /// The character of one or two `\u` escapes; the first `\u` was read.
    private mutating func unicodeScalar() throws(CometBFTError) -> Character {
        let first = try hexadecimalUnit()
        var code = UInt32(first)
        if (0xd800..<0xdc00).contains(first) {
            guard bytes[position...].starts(with: [UInt8(ascii: "\\"), UInt8(ascii: "u")]) else {
                throw malformed("half of a surrogate pair is missing")
            }
            position += 2
            let second = try hexadecimalUnit()
            guard (0xdc00..<0xe000).contains(second) else { throw malformed("half of a surrogate pair is missing") }
            code = 0x1_0000 + (UInt32(first) - 0xd800) << 10 + (UInt32(second) - 0xdc00)
        }
        guard let scalar = Unicode.Scalar(code) else { throw malformed("half of a surrogate pair is missing") }
        return Character(scalar)
    }

    private mutating func hexadecimalUnit() throws(CometBFTError) -> UInt16 {
        let digits = bytes[position...].prefix(4)
        guard digits.count == 4, !digits.contains(UInt8(ascii: "+")), !digits.contains(UInt8(ascii: "-")),
            let unit = UInt16(String(decoding: digits, as: UTF8.self), radix: 16)
        else { throw malformed("four hexadecimal digits must stand here") }
        position += 4
        return unit
    }

    private var peek: UInt8? {
        position < bytes.count ? bytes[position] : nil
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        skipSpace()
        guard peek == byte else { return false }
        position += 1
        return true
    }

    private mutating func skipSpace() {
        while let byte = peek, byte == 0x20 || byte == 0x09 || byte == 0x0a || byte == 0x0d { position += 1 }
    }

    private func checkDepth(_ depth: Int) throws(CometBFTError) {
        guard depth <= Self.maximumDepth else { throw malformed("arrays and objects stand too deep in each other") }
    }

    private func malformed(_ reason: String) -> CometBFTError {
        CometBFTError(.malformed, "the JSON text is wrong at byte \(position): \(reason)")
    }
}
