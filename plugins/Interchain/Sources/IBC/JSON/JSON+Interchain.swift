import StrictJSON

extension JSONObject {
    /// Reads a JSON text that must be an object.
    ///
    /// - Throws: `tooLarge` or `malformed`, with line and column.
    init(document bytes: [UInt8], depthLimit: Int, byteCountLimit: Int, noun: String) throws(IBCError) {
        let value: JSONValue
        do throws(JSONError) {
            value = try JSONValue(bytes: bytes, depthLimit: depthLimit, byteCountLimit: byteCountLimit)
        } catch {
            let code: IBCError.Code = error.code == .tooLarge ? .tooLarge : .malformed
            throw IBCError(code, "the \(noun) is not the JSON that it should be: \(error.message)", cause: error)
        }
        guard case .object(let object) = value else {
            throw IBCError(.malformed, "the \(noun) must be a JSON object, not \(value.kind)")
        }
        self = object
    }
}

extension JSONValue {
    /// The compact text as Go writes it: `<`, `>`, `&` and the two line separators of Unicode are escaped.
    ///
    /// Outside of strings none of them occurs, so the text can be searched for them as a whole.
    var bytesEscapedForHTML: [UInt8] {
        let plain = bytes()
        var escaped: [UInt8] = []
        escaped.reserveCapacity(plain.count)
        var index = 0
        while index < plain.count {
            let byte = plain[index]
            switch byte {
            case UInt8(ascii: "<"): escaped += "\\u003c".utf8
            case UInt8(ascii: ">"): escaped += "\\u003e".utf8
            case UInt8(ascii: "&"): escaped += "\\u0026".utf8
            case 0xE2 where plain[index...].starts(with: [0xE2, 0x80, 0xA8]):
                escaped += "\\u2028".utf8
                index += 2
            case 0xE2 where plain[index...].starts(with: [0xE2, 0x80, 0xA9]):
                escaped += "\\u2029".utf8
                index += 2
            default: escaped.append(byte)
            }
            index += 1
        }
        return escaped
    }
}
