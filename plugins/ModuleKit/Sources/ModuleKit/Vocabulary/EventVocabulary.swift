/// What a module can record: one generated message whose `oneof` lists every kind of event.
///
/// The number of a kind is its field number in the `oneof`, and so stands in the first tag of the encoding.
public protocol EventVocabulary: SwiftProtobuf.Message, Sendable {
    /// Every kind of event, by ascending number.
    static var kinds: [EventKind] { get }

    /// The version of the `.proto` that this code writes.
    static var schemaVersion: UInt32 { get }

    /// An encoded `google.protobuf.FileDescriptorSet` with which a stranger decodes these events.
    static var descriptorSet: [UInt8] { get }

    /// Reads an event that an older schema version wrote.
    ///
    /// - Throws: `unknownSchemaVersion`; the default knows only the current version.
    static func upcast(_ payload: [UInt8], from schemaVersion: UInt32) throws(ModuleError) -> Self
}

extension EventVocabulary {
    /// Version 1.
    public static var schemaVersion: UInt32 { 1 }

    /// Refuses every older version.
    public static func upcast(_ payload: [UInt8], from schemaVersion: UInt32) throws(ModuleError) -> Self {
        throw ModuleError(
            .unknownSchemaVersion,
            "\(protoMessageName) of schema version \(schemaVersion) can't be read by this build, which knows version "
                + "\(Self.schemaVersion): use the build that wrote the log, or a newer one"
        )
    }

    /// Reads a recorded event of the current or an older schema version; unknown fields are errors.
    public init(recorded payload: [UInt8], schemaVersion: UInt32) throws(ModuleError) {
        guard schemaVersion == Self.schemaVersion else {
            self = try Self.upcast(payload, from: schemaVersion)
            return
        }
        try self.init(decodingBytes: payload)
        try requireKnownFields()
    }

    /// The kind with this number, or nil.
    public static func kind(numbered number: UInt32) -> EventKind? {
        kinds.first { $0.number == number }
    }
}

/// One kind of event: its name, who may record it, and whether a subscriber can stop it.
public struct EventKind: Sendable, Hashable {
    /// What happens to the whole when a subscriber fails on the event.
    public enum Delivery: UInt8, Sendable {
        /// The emission fails with it, and mostly the transaction.
        case vetoable
        /// The subscriber alone is rolled back, and its failure is recorded: acknowledgements, timeouts, cuts of a lien.
        ///
        /// Such an event says what has happened already, whoever brings the news. So a reaction to it acts in nobody's
        /// name: there is no signer and no sender, in it and in all that it leads to. A stranger who relays a packet never
        /// moves his own coins by it.
        ///
        /// Each reaction may use exactly `Execution.Limits.finalReactionWork` units and record
        /// `finalReactionEventsMax` events, whatever the transaction has left. Where that is less, the emission fails
        /// before the reaction starts: it can be sent again with a higher limit or in smaller batches, and nobody can make a
        /// reaction fail. What was used is charged to the transaction. A final event within such a reaction shares the
        /// allotment of that reaction; the reactions to it may use what is left of it, and fail alone as well. A genesis has
        /// no limits.
        case final
    }

    /// The field number in the vocabulary's `oneof`.
    public let number: UInt32
    /// The field name in the vocabulary's `oneof`, as the log shows it.
    public let name: String
    /// What an instance has to be granted before it may record this kind; nil where nothing is needed.
    public let privilege: Privilege?
    /// Whether a grant that was revoked is enough, because the kind only takes back what its instance did under it.
    ///
    /// So a revocation strands nothing, however long it takes to undo it all. Who never held the grant may not record it.
    public let outlivesGrant: Bool
    /// What a failing subscriber does to the whole.
    public let delivery: Delivery

    /// Describes a kind.
    public init(
        _ number: UInt32,
        _ name: String,
        privilege: Privilege? = nil,
        outlivesGrant: Bool = false,
        delivery: Delivery = .vetoable
    ) {
        self.number = number
        self.name = name
        self.privilege = privilege
        self.outlivesGrant = outlivesGrant
        self.delivery = delivery
    }
}

/// The right to record one privileged kind of event, `module/right`; held by instances through grants.
public struct Privilege: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// The text, such as `bank/mint`.
    public let name: String

    /// Names a privilege.
    public init(_ name: String) { self.name = name }

    /// The text.
    public var description: String { name }

    /// By text.
    public static func < (left: Self, right: Self) -> Bool { left.name < right.name }
}
