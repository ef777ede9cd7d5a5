extension JSONValue {
    /// A member that must be there.
    func member(_ name: String) throws(CometBFTError) -> JSONValue {
        guard let value = try optionalMember(name) else {
            throw CometBFTError(.missing, "\(name) is missing")
        }
        return value
    }

    /// A member that may be left out or null.
    func optionalMember(_ name: String) throws(CometBFTError) -> JSONValue? {
        guard case .object(let object) = self else { throw wrongKind("an object") }
        guard let value = object[name], value != .null else { return nil }
        return value
    }

    /// Reads a member that must be there, and names it in what is thrown.
    func read<Value>(
        _ name: String,
        _ body: (JSONValue) throws(CometBFTError) -> Value
    ) throws(CometBFTError) -> Value {
        let value = try member(name)
        return try checking(name) { () throws(CometBFTError) in try body(value) }
    }

    /// Reads a member that may be left out or null, and names it in what is thrown.
    func readOptional<Value>(
        _ name: String,
        _ body: (JSONValue) throws(CometBFTError) -> Value
    ) throws(CometBFTError) -> Value? {
        guard let value = try optionalMember(name) else { return nil }
        return try checking(name) { () throws(CometBFTError) in try body(value) }
    }

    /// A string.
    func string() throws(CometBFTError) -> String {
        guard case .string(let string) = self else { throw wrongKind("a string") }
        return string
    }

    /// True or false.
    func bool() throws(CometBFTError) -> Bool {
        guard case .bool(let bool) = self else { throw wrongKind("a boolean") }
        return bool
    }

    /// The elements of an array, each read by itself.
    func elements<Value>(_ body: (JSONValue) throws(CometBFTError) -> Value) throws(CometBFTError) -> [Value] {
        guard case .array(let values) = self else { throw wrongKind("an array") }
        var result: [Value] = []
        result.reserveCapacity(values.count)
        for (index, value) in values.enumerated() {
            result.append(try checking("element \(index)") { () throws(CometBFTError) in try body(value) })
        }
        return result
    }

    /// An integer of at most 32 bits, which the engine writes as a number.
    func integer<Value: FixedWidthInteger>() throws(CometBFTError) -> Value {
        guard case .number(let number) = self else { throw wrongKind("a number") }
        return try Self.integer(number.text)
    }

    /// An integer of 64 bits, which the engine writes in quotes.
    func quotedInteger<Value: FixedWidthInteger>() throws(CometBFTError) -> Value {
        guard case .string(let digits) = self else { throw wrongKind("an integer in quotes") }
        return try Self.integer(digits)
    }

    /// Bytes in hexadecimal.
    func hexadecimal() throws(CometBFTError) -> [UInt8] {
        try Hexadecimal.decode(string())
    }

    /// Bytes in base64; null stands for none.
    func base64() throws(CometBFTError) -> [UInt8] {
        try self == .null ? [] : Base64.decode(string())
    }

    /// A time in RFC 3339.
    func time() throws(CometBFTError) -> BlockTime {
        try BlockTime(rfc3339: string())
    }

    private static func integer<Value: FixedWidthInteger>(_ digits: String) throws(CometBFTError) -> Value {
        guard let value = Value(digits), String(value) == digits else {
            throw CometBFTError(
                .outOfRange,
                "'\(digits.prefix(24))' is not a whole number from \(Value.min) to \(Value.max)"
            )
        }
        return value
    }

    private func wrongKind(_ expected: String) -> CometBFTError {
        CometBFTError(.malformed, "\(expected) must stand here, not \(kind)")
    }
}
