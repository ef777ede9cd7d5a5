internal import Foundation

extension SwiftProtobuf.Message {
    /// Refuses unknown fields, here and in every message inside.
    ///
    /// A field that this build does not know might change what the rest means, so it is never skipped in silence.
    ///
    /// - Throws: `unknownField`, naming the message type.
    public func requireKnownFields() throws(ModuleError) {
        var finder = UnknownFieldFinder(message: Self.protoMessageName)
        do {
            try traverse(visitor: &finder)
        } catch let error as ModuleError {
            throw error
        } catch {
            throw ModuleError(.undecodable, "\(Self.protoMessageName) can't be walked: \(error)")
        }
    }
}

/// Walks a message and throws at the first unknown field; values themselves are of no interest.
private struct UnknownFieldFinder: Visitor {
    let message: String

    mutating func visitUnknown(bytes: Data) throws {
        guard !bytes.isEmpty else { return }
        throw ModuleError(
            .unknownField,
            "\(message) has a field that this build does not know: check its name, or use a newer build"
        )
    }

    mutating func visitSingularMessageField<M: Message>(value: M, fieldNumber: Int) throws {
        try value.requireKnownFields()
    }

    mutating func visitSingularDoubleField(value: Double, fieldNumber: Int) throws {}
    mutating func visitSingularInt64Field(value: Int64, fieldNumber: Int) throws {}
    mutating func visitSingularUInt64Field(value: UInt64, fieldNumber: Int) throws {}
    mutating func visitSingularBoolField(value: Bool, fieldNumber: Int) throws {}
    mutating func visitSingularStringField(value: String, fieldNumber: Int) throws {}
    mutating func visitSingularBytesField(value: Data, fieldNumber: Int) throws {}
    mutating func visitSingularEnumField<E: Enum>(value: E, fieldNumber: Int) throws {}

    mutating func visitMapField<KeyType, ValueType: MapValueType>(
        fieldType: _ProtobufMap<KeyType, ValueType>.Type,
        value: _ProtobufMap<KeyType, ValueType>.BaseType,
        fieldNumber: Int
    ) throws { throw Self.mapRefused }

    mutating func visitMapField<KeyType, ValueType>(
        fieldType: _ProtobufEnumMap<KeyType, ValueType>.Type,
        value: _ProtobufEnumMap<KeyType, ValueType>.BaseType,
        fieldNumber: Int
    ) throws where ValueType.RawValue == Int { throw Self.mapRefused }

    mutating func visitMapField<KeyType, ValueType>(
        fieldType: _ProtobufMessageMap<KeyType, ValueType>.Type,
        value: _ProtobufMessageMap<KeyType, ValueType>.BaseType,
        fieldNumber: Int
    ) throws { throw Self.mapRefused }

    private static let mapRefused = ModuleError(
        .undecodable,
        "a vocabulary has no map fields, because their order is not fixed: use a repeated message"
    )
}
