import ModuleKit

/// How the payloads of a vocabulary are laid out: its descriptors, compiled for a pass over many records.
///
/// It and its kinds are shared, not copied: each record asks for both.
final class PayloadLayout: Sendable {
    /// A message: its fields by ascending number.
    struct Message: Sendable {
        var fields: [Field] = []
    }

    /// A field of a message.
    struct Field: Sendable {
        let number: UInt64
        let shape: Shape
        let isRepeated: Bool
    }

    /// What a field's value looks like on the wire.
    enum Shape: Sendable {
        case varint
        case fixed32
        case fixed64
        case bytes
        /// Bytes that are UTF-8.
        case text
        /// A message, by its place in the layout.
        case message(Int)
    }

    /// A kind of event.
    final class Kind: Sendable {
        let description: VocabularyDescription.Kind
        /// Its message's place in the layout.
        let message: Int
        /// The name of the field with the figures of a vote, where it says how one came out.
        let tally: String?

        init(description: VocabularyDescription.Kind, message: Int, tally: String?) {
            self.description = description
            self.message = message
            self.tally = tally
        }
    }

    /// What the descriptors say.
    let description: VocabularyDescription
    /// The version of the vocabulary that its events name.
    let schemaVersion: UInt32
    /// The kinds of event by ascending number.
    let kinds: [Kind]
    let messages: [Message]

    /// Compiles a vocabulary.
    ///
    /// - Throws: `undecodable` when the descriptors contradict themselves.
    init(_ description: VocabularyDescription, schemaVersion: UInt32) throws(ModuleError) {
        var compiler = Compiler(description: description)
        var kinds: [Kind] = []
        for kind in description.kinds {
            let message = compiler.place(of: kind.messageName)
            kinds.append(Kind(description: kind, message: message, tally: Tally.field(of: kind, in: description)))
        }
        try compiler.compile()
        self.description = description
        self.schemaVersion = schemaVersion
        self.kinds = kinds
        messages = compiler.messages
    }

    /// The kind with a number, or nil.
    func kind(numbered number: UInt32) -> Kind? {
        // Mostly there are no gaps.
        let index = Int(number) - 1
        if kinds.indices.contains(index), kinds[index].description.number == number { return kinds[index] }
        return kinds.first { $0.description.number == number }
    }

    /// Whether any amount of these events counts towards a grant of a privilege.
    func counts(_ privilege: Privilege) -> Bool {
        kinds.contains { $0.description.amounts.contains { $0.privilege == privilege } }
    }
}

/// Gives every message that a vocabulary reaches a place, and writes down its fields.
private struct Compiler {
    let description: VocabularyDescription
    var messages: [PayloadLayout.Message] = []
    private var names: [String] = []
    private var places: [String: Int] = [:]

    init(description: VocabularyDescription) { self.description = description }

    /// The place of a message; a new one, to be compiled later, where it has none yet.
    mutating func place(of name: String) -> Int {
        if let place = places[name] { return place }
        names.append(name)
        messages.append(PayloadLayout.Message())
        places[name] = names.count - 1
        return names.count - 1
    }

    mutating func compile() throws(ModuleError) {
        var next = 0
        while next < names.count {
            guard let message = description.message(named: names[next]) else {
                throw ModuleError(.undecodable, "the descriptors of \(description.messageName) lack \(names[next])")
            }
            for field in message.field {
                messages[next].fields.append(
                    PayloadLayout.Field(
                        number: UInt64(clamping: field.number),
                        shape: try shape(of: field),
                        isRepeated: field.label == .repeated
                    )
                )
            }
            messages[next].fields.sort { $0.number < $1.number }
            next += 1
        }
    }

    private mutating func shape(of field: Google_Protobuf_FieldDescriptorProto) throws(ModuleError)
        -> PayloadLayout.Shape
    {
        switch field.type {
        case .message: return .message(place(of: field.referredMessage))
        case .string: return .text
        case .bytes: return .bytes
        case .fixed32, .sfixed32, .float: return .fixed32
        case .fixed64, .sfixed64, .double: return .fixed64
        case .int32, .int64, .uint32, .uint64, .sint32, .sint64, .bool, .enum: return .varint
        case .group:
            throw ModuleError(
                .undecodable,
                "\(description.messageName) has the group \(field.name), which is no proto3"
            )
        }
    }
}
