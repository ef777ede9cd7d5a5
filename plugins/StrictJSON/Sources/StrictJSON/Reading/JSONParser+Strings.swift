extension JSONParser {
    /// Reads a string from its opening quotation mark on.
    mutating func string() throws(JSONError) -> String {
        offset += 1
        let start = offset
        if plainRunEnds(with: UInt8(ascii: "\"")) {
            let text = try text(start..<offset)
            offset += 1
            return text
        }
        return try escapedString(from: start)
    }

    /// Advances over characters that stand for themselves, and says whether this one comes next.
    private mutating func plainRunEnds(with end: UInt8) -> Bool {
        while offset < bytes.count {
            let byte = bytes[offset]
            if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") || byte < 0x20 { return byte == end }
            offset += 1
        }
        return false
    }

    private func text(_ range: Range<Int>) throws(JSONError) -> String {
        guard let text = String(validating: bytes[range], as: UTF8.self) else {
            throw failure("the string is not UTF-8; convert the file", at: range.lowerBound)
        }
        return text
    }

    /// Reads on where a string has turned out to hold more than plain characters.
    private mutating func escapedString(from start: Int) throws(JSONError) -> String {
        var result = try text(start..<offset)
        while true {
            guard offset < bytes.count else { throw failure("the string has no end; it is cut off", at: start) }
            switch bytes[offset] {
            case UInt8(ascii: "\""):
                offset += 1
                return result
            case UInt8(ascii: "\\"):
                offset += 1
                result.unicodeScalars.append(try escapedScalar())
            default:
                throw failure("the string has a control character; escape it, a line break as \\n")
            }
            let run = offset
            _ = plainRunEnds(with: UInt8(ascii: "\""))
            result += try text(run..<offset)
        }
    }

    private mutating func escapedScalar() throws(JSONError) -> Unicode.Scalar {
        let escape = current
        offset += 1
        switch escape {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(escape)
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{C}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"): return try escapedCode()
        default: throw failure("the string has an unknown escape; write a backslash as \\\\", at: offset - 1)
        }
    }

    private mutating func escapedCode() throws(JSONError) -> Unicode.Scalar {
        let start = offset
        let first = try fourHexadecimalDigits()
        if let scalar = Unicode.Scalar(first) { return scalar }
        // Only surrogates are no scalars. The first half of a pair must be followed by the second.
        let hasSecond = bytes[min(offset, bytes.count)...].starts(with: [UInt8(ascii: "\\"), UInt8(ascii: "u")])
        guard (0xD800..<0xDC00).contains(first), hasSecond else { throw lonelySurrogate(at: start) }
        offset += 2
        let second = try fourHexadecimalDigits()
        guard (0xDC00..<0xE000).contains(second) else { throw lonelySurrogate(at: start) }
        guard let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00)) else {
            throw lonelySurrogate(at: start)
        }
        return scalar
    }

    private func lonelySurrogate(at start: Int) -> JSONError {
        failure("the escape is half of a surrogate pair; write both halves", at: start)
    }

    private mutating func fourHexadecimalDigits() throws(JSONError) -> UInt32 {
        var code: UInt32 = 0
        for _ in 0..<4 {
            let byte = current
            let digit: UInt8
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = byte - UInt8(ascii: "0")
            case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = byte - UInt8(ascii: "a") + 10
            case UInt8(ascii: "A")...UInt8(ascii: "F"): digit = byte - UInt8(ascii: "A") + 10
            default: throw unexpected("a hexadecimal digit")
            }
            code = code << 4 | UInt32(digit)
            offset += 1
        }
        return code
    }
}
