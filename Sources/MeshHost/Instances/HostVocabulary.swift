internal import Foundation
public import ModuleKit

extension HostMessage: MessageVocabulary {}

extension HostQuery: QueryVocabulary {
    /// What the host answers with.
    public typealias Answer = HostAnswer
}

extension HostEvent: EventVocabulary {
    /// Every kind of event that the host records, by number.
    public static let kinds: [EventKind] = [
        EventKind(1, "chain_started"),
        EventKind(2, "vocabulary_added"),
        EventKind(3, "instance_deployed"),
        EventKind(4, "instance_reconfigured"),
        EventKind(5, "admin_changed"),
        EventKind(6, "migration_requested"),
        EventKind(7, "instance_migrated", delivery: .final),
        EventKind(8, "privilege_granted"),
        EventKind(9, "privilege_revoked"),
        EventKind(10, "transaction_executed", delivery: .final),
        EventKind(11, "hook_failed", delivery: .final),
        EventKind(12, "reaction_failed", delivery: .final),
    ]

    /// The descriptor set of `host.proto`.
    public static let descriptorSet: [UInt8] = Array(Data(base64Encoded: hostDescriptorSetBase64) ?? Data())
}

extension HostInstance: StateValue {}
extension HostGrant: StateValue {}
extension HostChain: StateValue {}
extension HostVocabulary: StateValue {}

extension ModuleError.Code {
    private static func host(_ number: UInt32) -> Self { Self("host", number) }

    /// A label breaks the rule, or is taken.
    public static let invalidLabel = host(1)
    /// No module of that name or version is registered.
    public static let unknownModule = host(2)
    /// No instance has that label, address or number.
    public static let unknownInstance = host(3)
    /// Only the instance's admin may do this.
    public static let notAdmin = host(4)
    /// The bytes are no transaction, or over a limit.
    public static let invalidTransaction = host(5)
    /// A signature does not hold, or one is missing.
    public static let invalidSignature = host(6)
    /// The sequence is not the account's next.
    public static let wrongSequence = host(7)
    /// The transaction was only good up to an earlier height.
    public static let timedOut = host(8)
    /// The block has no work left for this transaction.
    public static let blockFull = host(9)
}
