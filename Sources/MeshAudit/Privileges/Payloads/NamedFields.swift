import ModuleKit

/// The fields of one message by their names, for people: numbers and texts as they are, and messages inside.
struct NamedFields {
    /// Numbers and texts, in the order of the message; those that have their default are left out.
    private(set) var scalars: [(name: String, value: String)] = []
    /// Messages inside, each with its type.
    private(set) var messages: [(name: String, fields: NamedFields)] = []

    /// Reads a message by its description.
    ///
    /// - Parameter depth: how deep messages inside are read.
    init(_ bytes: UnsafeRawBufferPointer, as messageName: String, of vocabulary: VocabularyDescription, depth: Int = 2)
    {
        guard let message = vocabulary.message(named: messageName) else { return }
        for value in PayloadValue.all(in: bytes) {
            guard let field = message.field.first(where: { UInt64(clamping: $0.number) == value.number }) else {
                continue
            }
            switch field.type {
            case .uint32, .uint64, .int32, .int64, .bool: scalars.append((field.name, "\(value.varint)"))
            case .string:
                scalars.append((field.name, value.bytes.map { String(decoding: $0, as: UTF8.self) } ?? ""))
            case .message:
                guard depth > 0, let bytes = value.bytes else { continue }
                let fields = NamedFields(bytes, as: field.referredMessage, of: vocabulary, depth: depth - 1)
                messages.append((field.name, fields))
            default: continue
            }
        }
    }

    /// The number or text of a name; nil where there is none.
    subscript(name: String) -> String? { scalars.first { $0.name == name }?.value }
}
