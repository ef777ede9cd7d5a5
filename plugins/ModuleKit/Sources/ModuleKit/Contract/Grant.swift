/// A live grant: an instance's right to record the events that need a privilege.
///
/// The execution asks only whether there is a grant. What the cap bounds is for the module to say that defines the privilege,
/// and for the module to keep.
public struct Grant: Sendable, Hashable {
    /// What is granted.
    public let privilege: Privilege
    /// The most that the holder may have by it, in the unit that the privilege's module says; nil where nothing bounds it.
    public let cap: Amount?

    /// Describes a grant.
    public init(_ privilege: Privilege, cap: Amount? = nil) {
        self.privilege = privilege
        self.cap = cap
    }
}

/// That an instance's grant was given, has another cap, or is gone.
public struct GrantChange: Sendable, Hashable {
    /// The number of the instance that holds the grant, or held it.
    public let instance: UInt32
    /// Which privilege.
    public let privilege: Privilege
    /// The grant as it is from now on; nil when it is revoked.
    public let grant: Grant?

    /// Describes a change.
    public init(instance: UInt32, privilege: Privilege, grant: Grant?) {
        self.instance = instance
        self.privilege = privilege
        self.grant = grant
    }
}

/// A vocabulary some of whose events change grants: the host's own.
///
/// The events are final, for nobody can veto what the chain's authority decided. A reaction sees the grant as it has become:
/// once a grant is revoked, its holder can record none of the events that need it. So a revocation is told twice. At first the
/// cap is zero and the grant still lives, and its holder takes back what it has by it; the event after that revokes it.
public protocol ChangesGrants: EventVocabulary {
    /// The change that this event makes; mostly none.
    var grantChange: GrantChange? { get throws(ModuleError) }
}

extension Grant {
    /// Reads a grant as it is recorded.
    ///
    /// - Parameter cap: a canonical decimal text; empty where nothing bounds the grant.
    /// - Throws: `invalidAmount` or `arithmeticOverflow` for any other text.
    public init(_ privilege: Privilege, recordedCap cap: String) throws(ModuleError) {
        self.init(privilege, cap: cap.isEmpty ? nil : try Amount(cap))
    }

    /// The cap as it is recorded: a decimal text, empty where nothing bounds the grant.
    public var recordedCap: String { cap?.description ?? "" }
}
