/// A JSON value of the engine's RPC: members of an object keep their order, and numbers their digits.
public indirect enum RPCValue: Hashable, Sendable {
    /// `null`.
    case null
    /// `true` or `false`.
    case bool(Bool)
    /// A number, as its digits stand in the text.
    case number(String)
    /// A string.
    case string(String)
    /// An array.
    case array([RPCValue])
    /// An object. No name stands twice.
    case object([Member])

    /// A member of an object.
    public struct Member: Hashable, Sendable {
        /// The name.
        public let name: String
        /// The value.
        public let value: RPCValue

        /// Makes a member.
        public init(name: String, value: RPCValue) {
            self.name = name
            self.value = value
        }
    }

    /// An integer, which the engine prints as a number up to 32 bits and as a string above.
    static func integer(_ value: Int) -> RPCValue { .number(String(value)) }
    /// A 64-bit integer, in quotes.
    static func quoted(_ value: Int64) -> RPCValue { .string(String(value)) }
    /// Bytes in base64; none is null, as in Go.
    static func base64(_ bytes: [UInt8]) -> RPCValue {
        bytes.isEmpty ? .null : .string(Base64.encode(bytes))
    }
    /// An object of members in the order of the literal.
    static func members(_ members: KeyValuePairs<String, RPCValue>) -> RPCValue {
        .object(members.map { Member(name: $0.key, value: $0.value) })
    }

    /// How a message names this kind of value.
    var kind: String {
        switch self {
        case .null: "null"
        case .bool: "a boolean"
        case .number: "a number"
        case .string: "a string"
        case .array: "an array"
        case .object: "an object"
        }
    }
}

extension RPCValue {
    /// The text, without spaces.
    public var text: String {
        var output: [UInt8] = []
        write(to: &output)
        return String(decoding: output, as: UTF8.self)
    }

    private func write(to output: inout [UInt8]) {
        switch self {
        case .null: output += "null".utf8
        case .bool(let value): output += (value ? "true" : "false").utf8
        case .number(let digits): output += digits.utf8
        case .string(let string): Self.write(string, to: &output)
        case .array(let values):
            output.append(UInt8(ascii: "["))
            for (index, value) in values.enumerated() {
                if index > 0 { output.append(UInt8(ascii: ",")) }
                value.write(to: &output)
            }
            output.append(UInt8(ascii: "]"))
        case .object(let members):
            output.append(UInt8(ascii: "{"))
            for (index, member) in members.enumerated() {
                if index > 0 { output.append(UInt8(ascii: ",")) }
                Self.write(member.name, to: &output)
                output.append(UInt8(ascii: ":"))
                member.value.write(to: &output)
            }
            output.append(UInt8(ascii: "}"))
        }
    }

    private static func write(_ string: String, to output: inout [UInt8]) {
        output.append(UInt8(ascii: "\""))
        for byte in string.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): output += [UInt8(ascii: "\\"), byte]
            case 0..<0x20:
                let digits = Hexadecimal.encode([byte])
                output += "\\u00\(digits)".utf8
            default: output.append(byte)
            }
        }
        output.append(UInt8(ascii: "\""))
    }
}
