public import ModuleKit

/// One life of a grant, as a log tells it: from the decision that gave it to the one that took it.
public struct AuditedGrant: Sendable {
    /// A span of blocks at whose ends the holder had more than its cap allows, which is no offence by itself.
    public struct OverCap: Sendable, Hashable {
        /// The first block at whose end it was so.
        public let since: UInt64
        /// The first block at whose end it was so no more; nil while it is.
        public internal(set) var until: UInt64?
    }

    /// What the holder has by the grant, in the unit that the privilege's module says.
    public struct Use: Sendable, Hashable {
        /// The most that it had at once.
        public internal(set) var maximum: Amount
        /// What it had at the end: of the grant, or of the log.
        public internal(set) var last: Amount
    }

    /// The number of the instance that holds it.
    public let instance: UInt32
    /// The instance's label.
    public let label: String
    /// The instance's module.
    public let module: String
    /// The right that it gives.
    public let privilege: Privilege
    /// What was decided on it: first that it is given, then each other cap, last that it is revoked.
    public internal(set) var decisions: [GrantDecision]
    /// How many events were recorded under it.
    public internal(set) var eventCount: UInt64 = 0
    /// What the holder has by it; nil where no event counts towards it, so that a cap bounds nothing.
    public internal(set) var use: Use?
    /// When it was above the cap at the end of blocks, in order.
    public internal(set) var overCap: [OverCap] = []

    /// Whether it lives at the end of the log.
    public var isLive: Bool { decisions.last?.action != .revoked }
    /// The cap by the last decision; nil where nothing bounds it.
    public var cap: Amount? { decisions.last { $0.action != .revoked }?.cap }
}

/// A decision on a grant, or on the total cap of a privilege's grants, and who made it.
public struct GrantDecision: Sendable, Hashable {
    /// What was decided.
    public enum Action: String, Sendable {
        /// The grant is given.
        case granted
        /// It has another cap.
        case capChanged = "cap-changed"
        /// It is taken.
        case revoked
    }

    /// What was decided.
    public let action: Action
    /// The block that recorded it.
    public let height: UInt64
    /// The record.
    public let sequence: UInt64
    /// The cap from then on; nil where nothing bounds the grant, and for a revocation.
    public let cap: Amount?
    /// Who decided.
    public internal(set) var origin: GrantOrigin
}

/// Who decided on a grant.
public enum GrantOrigin: Sendable, Hashable {
    /// An event that led to the decision, mostly one of governance.
    public struct Event: Sendable, Hashable {
        /// The record.
        public let sequence: UInt64
        /// The label of the instance that recorded it.
        public let label: String
        /// The instance's module.
        public let module: String
        /// The kind of event.
        public let kind: String
        /// What its field `proposal` says; nil where it has none.
        public let proposal: String?
        /// How the votes on that proposal came out; empty where no event before says.
        public let votes: [Vote]
    }

    /// One figure of a tally.
    public struct Vote: Sendable, Hashable {
        /// The name, such as `yes`.
        public let name: String
        /// The weight.
        public let weight: String
    }

    /// The genesis document.
    case genesis
    /// An account, in a transaction: the transaction's place in its block, and who signed it.
    case transaction(UInt32, signers: [String])
    /// An instance, by an event of its own.
    case event(Event)
    /// Nobody that the log names.
    case unknown
}
