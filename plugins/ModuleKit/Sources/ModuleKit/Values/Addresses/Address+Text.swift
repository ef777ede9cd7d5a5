extension Address {
    /// Reads a Bech32 text with any prefix, which is not kept.
    ///
    /// Use `AddressPrefixes` where the prefix matters. Texts may have up to 1023 characters, as in the Cosmos SDK.
    ///
    /// - Throws: `invalidBech32` or `invalidAddress`.
    public init(bech32 text: String) throws(ModuleError) {
        let layout = try Bech32Coding.check(text, lengthLimit: Bech32.cosmosLengthLimit)
        try self.init(bech32: text, layout)
    }

    /// Takes the bytes out of a checked text.
    init(bech32 text: String, _ layout: Bech32Coding.Layout) throws(ModuleError) {
        self.init()
        let characters = text.utf8.span
        var regrouping = Regrouping(from: 5, to: 8)
        var fits = true
        for index in layout.dataStart..<(layout.dataStart + layout.dataCount) {
            regrouping.push(Bech32Coding.value(of: characters[index])) { fits = append($0) && fits }
        }
        guard fits, length > 0 else { throw Self.wrongLength.adding(context: "address \(quoted(text))") }
        guard regrouping.hasZeroPadding else { throw Bech32Coding.paddingFailure.adding(context: quoted(text)) }
    }

    /// The Bech32 text with a prefix, in lower case.
    ///
    /// - Throws: `invalidBech32` when the prefix can't be used.
    public func text(prefix: String) throws(ModuleError) -> String {
        try Bech32Coding.checkPrefix(prefix)
        return text(checkedPrefix: prefix)
    }

    /// The Bech32 text with a prefix that has passed the check.
    func text(checkedPrefix prefix: String) -> String {
        Bech32Coding.text(prefix: prefix, groupCount: (byteCount * 8 + 4) / 5) { writer in
            var regrouping = Regrouping(from: 8, to: 5)
            for offset in 0..<byteCount { regrouping.push(byte(at: offset)) { writer.append(group: $0) } }
            regrouping.flush { writer.append(group: $0) }
        }
    }

    /// Reads hexadecimal digits of either case, as CometBFT writes validator addresses.
    ///
    /// - Throws: `invalidAddress`.
    public init(hexadecimal text: String) throws(ModuleError) {
        self.init()
        var upper: UInt8?
        for character in text.utf8 {
            guard let digit = Self.hexadecimalValue(character) else {
                throw ModuleError(
                    .invalidAddress,
                    "address \(quoted(text)) has a character that is no hexadecimal digit"
                )
            }
            guard let high = upper else {
                upper = digit
                continue
            }
            guard append(high << 4 | digit) else { throw Self.wrongLength.adding(context: quoted(text)) }
            upper = nil
        }
        guard upper == nil else {
            throw ModuleError(.invalidAddress, "address \(quoted(text)) has an odd number of digits; each byte has two")
        }
        guard length > 0 else { throw Self.wrongLength }
    }

    /// The bytes as upper-case hexadecimal digits.
    public var hexadecimal: String {
        let digits = [UInt8]("0123456789ABCDEF".utf8)
        return String(
            decoding: (0..<byteCount).flatMap { [digits[Int(byte(at: $0) >> 4)], digits[Int(byte(at: $0) & 15)]] },
            as: UTF8.self
        )
    }

    private static func hexadecimalValue(_ character: UInt8) -> UInt8? {
        switch character {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): character - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): character - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): character - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}

extension Address: CustomStringConvertible {
    /// The bytes as upper-case hexadecimal digits.
    public var description: String { hexadecimal }
}
