import SwiftProtobuf

// How bytes from strangers become values. Every message has one encoding: what is not exactly that is refused, so that
// nothing is skipped in silence and no proof can be had in two guises.

extension Message {
    /// Decodes a message, hands it to `parse`, and refuses bytes that are not its canonical encoding: fields in order,
    /// once each and none with its default, numbers in their shortest form.
    ///
    /// - Parameter write: a quicker way to the canonical encoding of what was parsed, where there is one.
    /// - Throws: `tooLarge`, `malformed` or `notCanonical`; what `parse` throws.
    static func decoding<Value>(
        _ bytes: [UInt8],
        write: (Value) -> [UInt8]? = { _ in nil },
        _ parse: (Self) throws(ICS23Error) -> Value
    ) throws(ICS23Error) -> Value {
        try checkCount(bytes.count, ProofBounds.maximumByteCount, "bytes of a \(protoMessageName)")
        let message: Self
        do {
            message = try Self(serializedBytes: bytes)
        } catch {
            throw ICS23Error(
                .malformed,
                "The bytes are no \(protoMessageName). Check that they arrived whole and are what was asked for.",
                cause: error
            )
        }
        let value = try parse(message)
        // What is parsed may also stand for a message of another form, a compressed batch: its own encoding decides.
        let isWritten = write(value) == bytes
        guard try isWritten ? true : message.encoded() == bytes else {
            throw ICS23Error(
                .notCanonical,
                "The \(protoMessageName) has fields out of order, repeated or default. Ask for the canonical encoding."
            )
        }
        return value
    }

    /// The canonical encoding.
    ///
    /// - Throws: `tooLarge` when no verifier would read it.
    func encoded() throws(ICS23Error) -> [UInt8] {
        let bytes: [UInt8]
        do {
            bytes = try serializedBytes()
        } catch {
            throw ICS23Error(.tooLarge, "A \(Self.protoMessageName) is too large to encode. Prove less.", cause: error)
        }
        try checkCount(bytes.count, ProofBounds.maximumByteCount, "bytes of a \(Self.protoMessageName)")
        return bytes
    }

    /// Refuses fields that this version does not know, in this message alone.
    func refuseUnknownFields() throws(ICS23Error) {
        guard unknownFields.data.isEmpty else {
            throw ICS23Error(
                .unknownField,
                "A \(Self.protoMessageName) has fields that this version does not know. Update, or ask for the known form."
            )
        }
    }
}

/// Refuses too many of something.
func checkCount(_ count: Int, _ maximum: Int, _ what: @autoclosure () -> String) throws(ICS23Error) {
    guard count <= maximum else {
        throw ICS23Error(.tooLarge, "\(count) \(what()) are more than the \(maximum) allowed. Ask for a smaller proof.")
    }
}

/// What stands in a field, or `missingField`.
func require<Value>(_ value: Value?, _ what: String) throws(ICS23Error) -> Value {
    guard let value else {
        throw ICS23Error(.missingField, "There is no \(what). Ask the sender for a whole proof.")
    }
    return value
}

/// The known value of an enumeration, or `unknownValue`.
func known<Value: RawRepresentable>(_ wire: some SwiftProtobuf.Enum, as type: Value.Type) throws(ICS23Error) -> Value
where Value.RawValue == Int {
    guard let value = Value(rawValue: wire.rawValue) else {
        throw ICS23Error(
            .unknownValue,
            "\(wire.rawValue) is no \(Value.self) that this version knows. Update, or ask for a known one."
        )
    }
    return value
}
