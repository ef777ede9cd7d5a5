import StrictJSON

extension FungibleTokenPacketData {
    /// The longest JSON text, in bytes: a memo in which every byte is escaped, and what stands around it.
    public static let maximumJSONByteCount = 1 << 18

    private static let names = ["denom", "amount", "sender", "receiver", "memo"]

    /// Reads the data of a packet: an object with the texts `denom`, `amount`, `sender`, `receiver` and, unless it is
    /// empty, `memo`, in any order.
    ///
    /// - Throws: `tooLarge` or `malformed`; `missing`; `unknownValue` for another member; what is wrong with a value.
    public init(json bytes: [UInt8]) throws(IBCError) {
        let object = try JSONObject(
            document: bytes,
            depthLimit: 1,
            byteCountLimit: Self.maximumJSONByteCount,
            noun: "packet of a transfer"
        )
        for member in object.members where !Self.names.contains(where: { $0.utf8.elementsEqual(member.name.utf8) }) {
            throw IBCError(
                .unknownValue,
                "a transfer has no member \(quoted(member.name)), only \(Self.names.joined(separator: ", "))"
            )
        }
        try self.init(
            trace: DenominationTrace(path: Self.text("denom", of: object)),
            amount: TransferAmount.read(Self.text("amount", of: object)),
            sender: Self.text("sender", of: object),
            receiver: Self.text("receiver", of: object),
            memo: object["memo"] == nil ? "" : Self.text("memo", of: object)
        )
    }

    /// The data of the packet, as ibc-go writes it.
    public var json: [UInt8] {
        var object = JSONObject()
        object["denom"] = .string(trace.path)
        object["amount"] = .string(String(amount))
        object["sender"] = .string(sender)
        object["receiver"] = .string(receiver)
        if !memo.isEmpty { object["memo"] = .string(memo) }
        return JSONValue.object(object).bytesEscapedForHTML
    }

    private static func text(_ name: String, of object: JSONObject) throws(IBCError) -> String {
        guard let value = object[name] else {
            throw IBCError(.missing, "the transfer has no \(name); name it")
        }
        guard case .string(let text) = value else {
            throw IBCError(.malformed, "the \(name) of a transfer is a text, not \(value.kind); quote it")
        }
        return text
    }
}
