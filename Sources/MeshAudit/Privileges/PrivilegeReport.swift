public import ModuleKit

/// What ``PrivilegeAudit`` found, and all grants that there ever were.
public struct PrivilegeReport: Sendable {
    /// A vocabulary of the log, and what it says of privileges.
    public struct Vocabulary: Sendable {
        /// Its number in the dictionary.
        public let number: UInt32
        /// The full name of its message.
        public let messageName: String
        /// SHA-256 of its descriptor set, to be compared with that of the module's source.
        public let descriptorHash: [UInt8]
        /// The kinds of event that need a privilege.
        public let privilegedKinds: [(name: String, privilege: Privilege)]
    }

    /// What is wrong, at most a hundred of them. Empty where every privileged event stood under a grant.
    public internal(set) var findings: [Finding] = []
    /// How many more findings there were.
    public internal(set) var omittedFindingCount: UInt64 = 0
    /// Every grant, in the order in which they were given; one that was taken and given again stands here twice.
    public internal(set) var grants: [AuditedGrant] = []
    /// What the caps of grants might add up to, by privilege, in the order in which it was first bounded.
    public internal(set) var totalCaps: [AuditedTotalCap] = []
    /// The vocabularies, by number.
    public internal(set) var vocabularies: [Vocabulary] = []
    /// How many blocks the log has.
    public internal(set) var blockCount: UInt64 = 0
    /// How many events were read.
    public internal(set) var eventCount: UInt64 = 0
    /// How many of them need a privilege.
    public internal(set) var privilegedEventCount: UInt64 = 0

    /// Whether all events were read. After a hundred findings the rest is left unread.
    public internal(set) var isComplete = true

    /// Whether every privileged event stood under a grant, within its cap, and all caps within their total.
    public var isSound: Bool { findings.isEmpty && isComplete }
}
