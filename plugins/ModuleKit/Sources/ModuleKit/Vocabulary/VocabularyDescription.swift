/// What a descriptor set says of a vocabulary of events: read as a stranger reads it, without the vocabulary's code.
///
/// Every log holds the descriptor sets of its events. With `grants.proto`'s options they also say which kinds of event need a
/// privilege, and which amounts a grant's cap bounds.
public struct VocabularyDescription: Sendable {
    /// One kind of event.
    public struct Kind: Sendable, Hashable {
        /// The field number in the vocabulary's `oneof`.
        public let number: UInt32
        /// The field name in the vocabulary's `oneof`.
        public let name: String
        /// What an instance has to be granted before it may record this kind; nil where nothing is needed.
        public let privilege: Privilege?
        /// Whether a grant that was revoked is enough, because the kind only takes back what its instance did under it.
        public let outlivesGrant: Bool
        /// The full name of the event's message, such as `mesh.bank.v1.Minted`.
        public let messageName: String
        /// The amounts in it that count towards a grant.
        public let amounts: [CountedAmount]
    }

    /// An amount in an event that counts towards what its instance has by a grant.
    public struct CountedAmount: Sendable, Hashable {
        /// Which grant.
        public let privilege: Privilege
        /// Whether it adds to what the instance has; if not, it is gone from it.
        public let isUse: Bool
        /// The numbers of the fields that lead from the event's message to the decimal text.
        public let path: [UInt32]
        /// Whether there may be any number of it, none included.
        public let isRepeated: Bool
    }

    /// The full name of the vocabulary's message, such as `mesh.bank.v1.Event`.
    public let messageName: String
    /// The kinds of event, by ascending number.
    public let kinds: [Kind]

    /// The messages of the set, by full name. Only asked, never iterated.
    private let messages: [String: Google_Protobuf_DescriptorProto]

    /// Reads a descriptor set.
    ///
    /// - Parameters:
    ///   - descriptorSet: an encoded `google.protobuf.FileDescriptorSet`.
    ///   - messageName: the full name of the vocabulary's message.
    /// - Throws: `undecodable` for other bytes, a message that is not there, or options that make no sense.
    public init(descriptorSet: [UInt8], messageName: String) throws(ModuleError) {
        let set: Google_Protobuf_FileDescriptorSet
        do {
            set = try Google_Protobuf_FileDescriptorSet(
                serializedBytes: descriptorSet,
                extensions: Vocabulary_Grants_Extensions
            )
        } catch {
            throw Self.undecodable(
                "the \(descriptorSet.count) bytes that describe \(messageName) are no descriptor set"
            )
        }
        var messages: [String: Google_Protobuf_DescriptorProto] = [:]
        for file in set.file { Self.collect(file.messageType, in: file.package, &messages) }
        self.messages = messages
        self.messageName = messageName
        guard let vocabulary = messages[messageName] else {
            throw Self.undecodable("the descriptor set has no message \(messageName)")
        }
        var kinds: [Kind] = []
        for field in vocabulary.field {
            guard let number = UInt32(exactly: field.number), number > 0, field.type == .message else {
                throw Self.undecodable("\(messageName).\(field.name) is no kind of event: a kind is a message")
            }
            let type = field.referredMessage
            let privilege = field.options.hasVocabulary_privilege ? field.options.Vocabulary_privilege : nil
            var amounts: [CountedAmount] = []
            try Self.collectAmounts(of: type, at: [], false, within: [], messages, &amounts)
            let outlivesGrant = field.options.Vocabulary_outlivesGrant
            guard !outlivesGrant || (privilege != nil && !amounts.contains { $0.isUse }) else {
                throw Self.undecodable(
                    "\(messageName).\(field.name) outlives a grant that it does not need, or to which it adds"
                )
            }
            kinds.append(
                Kind(
                    number: number,
                    name: field.name,
                    privilege: privilege.map { Privilege($0) },
                    outlivesGrant: outlivesGrant,
                    messageName: type,
                    amounts: amounts
                )
            )
        }
        self.kinds = kinds.sorted { $0.number < $1.number }
    }

    /// The description of a message by its full name, nested ones included; nil when the set has none.
    public func message(named fullName: String) -> Google_Protobuf_DescriptorProto? { messages[fullName] }

    private static func collect(
        _ found: [Google_Protobuf_DescriptorProto],
        in scope: String,
        _ messages: inout [String: Google_Protobuf_DescriptorProto]
    ) {
        for message in found {
            let name = scope.isEmpty ? message.name : "\(scope).\(message.name)"
            messages[name] = message
            collect(message.nestedType, in: name, &messages)
        }
    }

    /// Finds the amounts in a message and in those inside it. A message that holds itself is looked into once.
    private static func collectAmounts(
        of messageName: String,
        at path: [UInt32],
        _ isRepeated: Bool,
        within outer: [String],
        _ messages: [String: Google_Protobuf_DescriptorProto],
        _ amounts: inout [CountedAmount]
    ) throws(ModuleError) {
        guard let message = messages[messageName] else {
            throw undecodable("the descriptor set has no message \(messageName)")
        }
        guard !outer.contains(messageName) else { return }
        for field in message.field {
            let path = path + [UInt32(clamping: field.number)]
            let isRepeated = isRepeated || field.label == .repeated
            for (privilege, isUse) in field.options.countedGrants {
                let coin = field.type == .message && field.referredMessage == ProtoCoin.protoMessageName
                guard field.type == .string || coin else {
                    throw undecodable(
                        "\(messageName).\(field.name) counts towards a grant, but is no amount and no coin"
                    )
                }
                amounts.append(
                    CountedAmount(
                        privilege: privilege,
                        isUse: isUse,
                        path: coin ? path + [coinAmountNumber] : path,
                        isRepeated: isRepeated
                    )
                )
            }
            guard field.type == .message else { continue }
            let outer = outer + [messageName]
            try collectAmounts(of: field.referredMessage, at: path, isRepeated, within: outer, messages, &amounts)
        }
    }

    /// The number of `amount` in `kit.proto`'s `Coin`.
    private static let coinAmountNumber: UInt32 = 2

    private static func undecodable(_ what: String) -> ModuleError {
        ModuleError(.undecodable, "\(what): generate it again from the vocabulary's .proto, with its imports")
    }
}

extension Google_Protobuf_FieldDescriptorProto {
    /// The full name of the message that the field holds: in a descriptor it begins with a dot.
    public var referredMessage: String { typeName.hasPrefix(".") ? String(typeName.dropFirst()) : typeName }
}

extension Google_Protobuf_FieldOptions {
    /// The grants that an amount counts towards, and whether it adds to them.
    fileprivate var countedGrants: [(privilege: Privilege, isUse: Bool)] {
        var grants: [(privilege: Privilege, isUse: Bool)] = []
        if hasVocabulary_usesGrant { grants.append((Privilege(Vocabulary_usesGrant), true)) }
        if hasVocabulary_freesGrant { grants.append((Privilege(Vocabulary_freesGrant), false)) }
        return grants
    }
}
