/// Reads one document by recursive descent.
struct JSONParser {
    let bytes: [UInt8]
    /// The offset of the next byte.
    var offset = 0
    private let depthLimit: Int

    init(_ bytes: [UInt8], depthLimit: Int, byteCountLimit: Int) throws(JSONError) {
        guard bytes.count <= byteCountLimit else {
            throw JSONError(
                .tooLarge,
                "the document has \(bytes.count) bytes, and at most \(byteCountLimit) are read; send less at a time"
            )
        }
        self.bytes = bytes
        self.depthLimit = depthLimit
    }

    mutating func document() throws(JSONError) -> JSONValue {
        let value = try value(depth: 0)
        skipBlanks()
        guard offset == bytes.count else {
            throw failure("there is more after the value; a document is one value, remove the rest")
        }
        return value
    }

    /// The next byte, or zero at the end; a zero byte is valid nowhere outside of strings.
    @inline(__always)
    var current: UInt8 { offset < bytes.count ? bytes[offset] : 0 }

    private mutating func skipBlanks() {
        while offset < bytes.count {
            switch bytes[offset] {
            case 0x20, 0x0A, 0x0D, 0x09: offset += 1
            default: return
            }
        }
    }

    private mutating func value(depth: Int) throws(JSONError) -> JSONValue {
        skipBlanks()
        switch current {
        case UInt8(ascii: "{"): return try object(depth: depth)
        case UInt8(ascii: "["): return try array(depth: depth)
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .number(try number())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        default: throw unexpected("a value")
        }
    }

    private mutating func word(_ word: StaticString, _ value: JSONValue) throws(JSONError) -> JSONValue {
        let matches = word.withUTF8Buffer { bytes[offset...].starts(with: $0) }
        guard matches else { throw failure("there is no value; write \(word) if this is meant") }
        offset += word.utf8CodeUnitCount
        return value
    }

    private mutating func enter(_ depth: Int) throws(JSONError) {
        guard depth < depthLimit else {
            throw failure("values are nested deeper than \(depthLimit) levels; flatten the document", .tooDeep)
        }
        offset += 1
        skipBlanks()
    }

    private mutating func object(depth: Int) throws(JSONError) -> JSONValue {
        try enter(depth)
        var object = JSONObject()
        if take(UInt8(ascii: "}")) { return .object(object) }
        repeat {
            skipBlanks()
            let start = offset
            guard current == UInt8(ascii: "\"") else { throw unexpected("a name in quotation marks") }
            let name = try string()
            skipBlanks()
            guard take(UInt8(ascii: ":")) else { throw unexpected("a colon after the name") }
            guard object.append(name, try value(depth: depth + 1)) else {
                throw failure(
                    "the name \(String(quoting: name)) is repeated in its object; keep one of them",
                    .repeatedName,
                    at: start
                )
            }
            skipBlanks()
        } while take(UInt8(ascii: ","))
        guard take(UInt8(ascii: "}")) else { throw unexpected("a comma or the end of the object") }
        return .object(object)
    }

    private mutating func array(depth: Int) throws(JSONError) -> JSONValue {
        try enter(depth)
        var elements: [JSONValue] = []
        if take(UInt8(ascii: "]")) { return .array(elements) }
        repeat {
            elements.append(try value(depth: depth + 1))
            skipBlanks()
        } while take(UInt8(ascii: ","))
        guard take(UInt8(ascii: "]")) else { throw unexpected("a comma or the end of the array") }
        return .array(elements)
    }

    private mutating func take(_ character: UInt8) -> Bool {
        guard offset < bytes.count, bytes[offset] == character else { return false }
        offset += 1
        return true
    }

    private mutating func number() throws(JSONError) -> JSONNumber {
        let start = offset
        _ = take(UInt8(ascii: "-"))
        if take(UInt8(ascii: "0")) {
            if isDigit(current) { throw failure("the number has a leading zero; write it without") }
        } else {
            try digits()
        }
        if take(UInt8(ascii: ".")) { try digits() }
        if current | 0x20 == UInt8(ascii: "e") {
            offset += 1
            if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
            try digits()
        }
        return JSONNumber(checked: String(decoding: bytes[start..<offset], as: UTF8.self))
    }

    private mutating func digits() throws(JSONError) {
        guard isDigit(current) else { throw unexpected("a digit") }
        while isDigit(current) { offset += 1 }
    }
}

extension JSONParser {
    /// The error for something else than what has to come next.
    func unexpected(_ wanted: String) -> JSONError {
        failure(
            offset == bytes.count ? "the text ends where \(wanted) has to come; it is cut off" : "\(wanted) has to come"
        )
    }

    /// An error at an offset, by default the current one.
    func failure(_ message: String, _ code: JSONError.Code = .malformed, at offset: Int? = nil) -> JSONError {
        let before = bytes[..<min(offset ?? self.offset, bytes.count)]
        let line = before.reduce(1) { $1 == 0x0A ? $0 + 1 : $0 }
        let column = before.reversed().prefix { $0 != 0x0A }.count + 1
        return JSONError(code, message, at: JSONError.Position(line: line, column: column))
    }
}

private func isDigit(_ character: UInt8) -> Bool {
    character &- UInt8(ascii: "0") < 10
}
