import struct Foundation.Data

extension JSONField {
    /// A whole number, written as a number or as a string, in the range of the type.
    ///
    /// - Throws: `missingValue`, `wrongKind`, or `invalidValue` for other digits than the canonical ones.
    public func integer<Integer: FixedWidthInteger>(as type: Integer.Type = UInt64.self) throws(ModuleError) -> Integer
    {
        let text = try numberText()
        guard let value = Integer(text) else {
            throw invalid(
                "\(quoted(text)) is not a whole number from \(Integer.min) to \(Integer.max); write such a number"
            )
        }
        guard String(value) == text else { throw invalid("\(quoted(text)) has needless characters; write \(value)") }
        return value
    }

    /// An amount, written as a string or as a number.
    ///
    /// - Throws: `missingValue`, `wrongKind` or `invalidValue`.
    public func amount() throws(ModuleError) -> Amount {
        try read(try numberText()) { text throws(ModuleError) in try Amount(text) }
    }

    /// A decimal, written as a string or as a number.
    ///
    /// - Throws: `missingValue`, `wrongKind` or `invalidValue`.
    public func decimal() throws(ModuleError) -> Decimal18 {
        try read(try numberText()) { text throws(ModuleError) in try Decimal18(text) }
    }

    /// A denomination.
    ///
    /// - Throws: `missingValue`, `wrongKind` or `invalidValue`.
    public func denom() throws(ModuleError) -> Denom {
        try read(try string()) { text throws(ModuleError) in try Denom(text) }
    }

    /// A coin, written as an object with `amount` and `denom`.
    ///
    /// - Throws: `missingValue`, `wrongKind` or `invalidValue`.
    public func coin() throws(ModuleError) -> Coin {
        Coin(try self["amount"].amount(), try self["denom"].denom())
    }

    /// Coins, written as an array of objects; `null` stands for none, as Go writes it.
    ///
    /// - Throws: `missingValue`, `wrongKind` or `invalidValue`.
    public func coins() throws(ModuleError) -> Coins {
        if case .null = value { return .empty }
        var coins: [Coin] = []
        for field in try array() { coins.append(try field.coin()) }
        do {
            return try Coins(canonical: coins)
        } catch {
            throw invalid(error.message)
        }
    }

    /// A point in time.
    ///
    /// - Throws: `missingValue`, `wrongKind` or `invalidValue`.
    public func timestamp() throws(ModuleError) -> Timestamp {
        try read(try string()) { text throws(ModuleError) in try Timestamp(text) }
    }

    /// A point in time, or nil for the time that Go programs write when none was set.
    ///
    /// - Throws: `missingValue`, `wrongKind` or `invalidValue`.
    public func timestampIfSet() throws(ModuleError) -> Timestamp? {
        try string() == Timestamp.unsetText ? nil : try timestamp()
    }

    /// A length of time; a number is nanoseconds.
    ///
    /// - Throws: `missingValue`, `wrongKind` or `invalidValue`.
    public func timeSpan() throws(ModuleError) -> TimeSpan {
        try read(try numberText()) { text throws(ModuleError) in try TimeSpan(text) }
    }

    /// An address of a chain in a role.
    ///
    /// - Throws: `missingValue`, `wrongKind` or `invalidValue`.
    public func address(_ prefixes: AddressPrefixes, as role: AddressPrefixes.Role) throws(ModuleError) -> Address {
        try read(try string()) { text throws(ModuleError) in try prefixes.parse(text, as: role) }
    }

    /// Bytes, written in canonical Base64 with padding (RFC 4648, section 4).
    ///
    /// - Throws: `missingValue`, `wrongKind` or `invalidValue`.
    public func base64() throws(ModuleError) -> [UInt8] {
        let text = try string()
        guard let data = Data(base64Encoded: text), data.base64EncodedString() == text else {
            throw invalid("\(quoted(text)) is not Base64 with padding; encode the bytes again")
        }
        return [UInt8](data)
    }

    /// The text of a number or a string: Cosmos writes integers of 64 bits and more as strings.
    private func numberText() throws(ModuleError) -> String {
        switch try required() {
        case .number(let number): return number.text
        case .string(let text): return text
        default: throw wrongKind("a number, or a string of digits")
        }
    }

    /// Reads the text by a parser, and puts the path in front of its message.
    private func read<Value>(_ text: String, _ parse: (String) throws(ModuleError) -> Value) throws(ModuleError)
        -> Value
    {
        do {
            return try parse(text)
        } catch {
            throw invalid(error.message)
        }
    }
}
