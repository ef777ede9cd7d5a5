extension JSONValue {
    /// An integer of at most 32 bits, which the engine prints as a number.
    static func integer(_ value: some FixedWidthInteger) -> JSONValue { .number(JSONNumber(value)) }
    /// An integer of 64 bits, which the engine prints in quotes.
    static func quoted(_ value: some FixedWidthInteger) -> JSONValue { .string(String(value)) }
    /// Bytes in base64; none is null, as in Go.
    static func base64(_ bytes: [UInt8]) -> JSONValue {
        bytes.isEmpty ? .null : .string(Base64.encode(bytes))
    }
}
