import ModuleKit

/// One line of a run: a signed transaction, or a word about blocks and time.
enum RunLine {
    /// A signed transaction, encoded.
    case transaction([UInt8])
    /// `{"end_block":true}`: the block ends here.
    case endBlock
    /// `{"advance":"504h0m0s"}`: the block ends here, and the next one is that much later instead of one interval.
    case advance(TimeSpan)
    /// An empty line.
    case nothing

    /// Reads a line.
    ///
    /// - Throws: what is wrong with it.
    init(_ text: String) throws(ModuleError) {
        guard !text.utf8.allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }) else {
            self = .nothing
            return
        }
        let json = try JSONValue(parsing: text)
        guard case .object(let object) = json, object.members.count == 1, let member = object.members.first else {
            self = .transaction(try Self.encoded(json))
            return
        }
        switch member.name {
        case "end_block":
            guard member.value == .bool(true) else { throw json["end_block"].invalid("it is written as true") }
            self = .endBlock
        case "advance": self = .advance(try json["advance"].timeSpan())
        default: self = .transaction(try Self.encoded(json))
        }
    }

    private static func encoded(_ json: JSONValue) throws(ModuleError) -> [UInt8] {
        // The Base64 form is executed byte for byte, also when it is no transaction at all: its receipt says so.
        if case .object(let object) = json, object.members.count == 1, object["tx"] != nil {
            return try json["tx"].base64()
        }
        return try TransactionDocument(json).transaction.encodedBytes()
    }
}
