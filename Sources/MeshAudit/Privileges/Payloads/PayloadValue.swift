import ModuleKit

/// A field of a message as it stands on the wire.
struct PayloadValue {
    /// The field's number.
    let number: UInt64
    /// The value of a varint; 0 for any other.
    let varint: UInt64
    /// The bytes of a text, of bytes, or of a message; nil for any other.
    let bytes: UnsafeRawBufferPointer?

    /// The fields of a message in their order, up to the first that is malformed.
    static func all(in message: UnsafeRawBufferPointer) -> [PayloadValue] {
        var values: [PayloadValue] = []
        var reader = VarintReader(message)
        while !reader.isAtEnd, let tag = reader.varint() {
            var (bytes, varint) = (UnsafeRawBufferPointer?.none, UInt64(0))
            guard reader.value(ofWireType: tag & 7, &bytes, &varint) else { break }
            values.append(PayloadValue(number: tag >> 3, varint: varint, bytes: bytes))
        }
        return values
    }

    /// The texts that a path of field numbers leads to.
    static func texts(at path: ArraySlice<UInt32>, in message: UnsafeRawBufferPointer) -> [String] {
        guard let number = path.first else { return [] }
        let found = all(in: message).filter { $0.number == UInt64(number) }.compactMap(\.bytes)
        guard path.count > 1 else { return found.map { String(decoding: $0, as: UTF8.self) } }
        return found.flatMap { texts(at: path.dropFirst(), in: $0) }
    }
}

extension VocabularyDescription.CountedAmount {
    /// The amount in an event's message; of a repeated one, the sum.
    ///
    /// - Throws: codespace `kit` when it is missing, is no amount, or is too large.
    func amount(in message: UnsafeRawBufferPointer) throws(ModuleError) -> Amount {
        let texts = PayloadValue.texts(at: path[...], in: message)
        guard isRepeated || texts.count == 1 else {
            throw ModuleError(.invalidAmount, "the amount that counts towards \(privilege) is missing")
        }
        var sum = Amount.zero
        for text in texts { sum = try sum.adding(try Amount(text)) }
        return sum
    }
}
