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
/// The host addresses them to the instance concerned: listen to your own with `Subscription.onTraitAddressed`. They are
/// final, for nobody can veto what the chain's authority decided. A reaction sees the grant as it has become:
/// once a grant is revoked, its holder can record none of the events that need it, but for those that take back what it did
/// under it (`EventKind.outlivesGrant`). A revocation is told twice. At first the cap is zero and the grant still lives, and its
/// holder takes back what it has by it; the event after that revokes it.
public protocol ChangesGrants: EventVocabulary {
    /// The change that this event makes; mostly none.
    var grantChange: GrantChange? { get throws(ModuleError) }
}

/// A vocabulary some of whose events offer a grant to an instance, which may refuse it by throwing: the host's own.
///
/// A grant is offered before it is given for the first time, and before its cap rises, or falls away. The offer can be vetoed,
/// and then the grant stays as it was. What comes down is not offered: nobody can refuse to lose something, nor does a genesis
/// ask. The one offered hears it as `Subscription.onTraitAddressed`, and still sees the grant that it holds; the change itself
/// is told afterwards (`ChangesGrants`).
public protocol OffersGrants: EventVocabulary {
    /// The grant that this event offers, as it is going to be; mostly nil.
    var grantOffer: GrantChange? { get throws(ModuleError) }
}

extension Grant {
    /// Whether it goes beyond another grant of the same privilege, and so has to be offered to its holder first.
    ///
    /// - Parameter other: what is held by now; nil for nothing.
    public func exceeds(_ other: Grant?) -> Bool {
        guard let other else { return true }
        guard let bound = other.cap else { return false }
        return cap.map { $0 > bound } ?? true
    }

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
