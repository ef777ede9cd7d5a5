import ModuleKit

/// The values of packets, each in the one spelling that is taken: another would be a second text of the same packet.
extension JSONField {
    /// Makes sure that this is an object with these members, and no others but optional ones.
    ///
    /// - Throws: `unknownControlMember`; a missing member is found where it is read.
    func requireMembers(_ names: [String], optional: [String] = []) throws(ModuleError) {
        for (name, _) in try members() where !(names + optional).contains(where: { $0.utf8.elementsEqual(name.utf8) }) {
            throw ModuleError(
                .unknownControlMember,
                "\(path) has a member that is none of \((names + optional).joined(separator: ", ")); leave it out"
            )
        }
    }

    /// A text of 1 to 256 printable ASCII characters.
    func packetText() throws(ModuleError) -> String {
        let text = try string()
        guard PacketText.isValid(text) else { throw invalid(PacketText.rule) }
        return text
    }

    /// Texts, none or more.
    func packetTexts() throws(ModuleError) -> [String] {
        var texts: [String] = []
        for element in try array() { texts.append(try element.packetText()) }
        return texts
    }

    /// A whole number of 64 bits: a number, not a string.
    func packetNumber() throws(ModuleError) -> UInt64 {
        guard case .number = try required() else { throw invalid("this is a number without quotation marks") }
        return try integer(as: UInt64.self)
    }

    /// An amount of 128 bits: a string, not a number.
    func packetAmount() throws(ModuleError) -> Amount {
        guard case .string = try required() else { throw invalid("an amount is a string of digits; quote it") }
        return try amount()
    }

    /// A coin, `{"denom":"…","amount":"…"}`.
    func packetCoin() throws(ModuleError) -> Coin {
        try requireMembers(["denom", "amount"])
        return Coin(try self["amount"].packetAmount(), try self["denom"].denom())
    }

    /// A decimal with all of its 18 fraction digits, as the Cosmos SDK writes it.
    func packetDecimal() throws(ModuleError) -> Decimal18 {
        guard case .string(let text) = try required() else { throw invalid("a decimal is a string; quote it") }
        let decimal = try decimal()
        guard decimal.description == text else { throw invalid("a decimal has 18 fraction digits; write \(decimal)") }
        return decimal
    }

    /// Base64 of so many bytes.
    func packetBytes(count: Int) throws(ModuleError) -> [UInt8] {
        let bytes = try base64()
        guard bytes.count == count else { throw invalid("these are \(bytes.count) bytes; give \(count)") }
        return bytes
    }
}

extension JSONValue {
    /// A coin, in the order of the reference.
    init(packet coin: Coin) {
        self = ["denom": .string(coin.denom.text), "amount": .string(coin.amount.description)]
    }

    /// Texts.
    init(packet texts: [String]) {
        self = .array(texts.map { .string($0) })
    }

    /// A whole number.
    init(packet number: UInt64) {
        self = .number(JSONNumber(number))
    }
}
