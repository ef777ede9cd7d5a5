/// The machine that runs instances: it records events, applies them, and passes them on, depth first.
///
/// Everything is undone to a savepoint when something throws: events, state, and instances installed since. One
/// execution serves one chain on one thread.
public final class Execution {
    /// Bounds of one transaction's or hook's cascade, and of memory.
    public struct Limits: Sendable {
        /// How many events may lead to one another in a chain.
        ///
        /// How deep an event stands follows from the messages alone. No sender can change it by a low limit or by sending
        /// much at once, so final events need no exception.
        public var depthMax = 32
        /// How many events one transaction or hook may record.
        public var eventsMax = 10_000
        /// The size of one event's payload, in bytes: what a tile of a published log can hold, less the envelope.
        public var payloadBytesMax = 60_000
        /// Units of work that each reaction to a final event may use, whatever the transaction that led to it.
        ///
        /// So much, and `failureRecordWork`, has to be left before the reaction starts; else the emission fails.
        public var finalReactionWork: UInt64 = 1_000_000
        /// How many events each reaction to a final event may record, under the same rule.
        public var finalReactionEventsMax = 1_000
        /// Units of work kept back for the record that such a reaction failed, and for all reactions to that record.
        public var failureRecordWork: UInt64 = 10_000
        /// How many events are kept back for it.
        public var failureRecordEventsMax = 10
        /// How many decoded values are kept in memory from block to block; what a transaction costs does not depend on it.
        public var cellsMax = 2_000_000

        /// The default bounds.
        public init() {}
    }

    /// Who decides what the machine itself does not know; the host.
    public struct Governor {
        /// Makes the instance with this number, from the record that the log left; nil when there is none.
        public var instance: (UInt32, Execution) throws(ModuleError) -> AnyModuleInstance?
        /// The live grant that an instance holds of a privilege; nil when it holds none.
        public var grant: (InstanceIdentity, Privilege) throws(ModuleError) -> Grant?
        /// Records that a reaction to a final event failed and was rolled back alone.
        ///
        /// It has `failureRecordWork` and `failureRecordEventsMax` for that; what it throws fails the emission.
        public var recordFailure: (FailedReaction) throws(ModuleError) -> Void
        /// The admin of the instance with this number; nil when it has none.
        public var admin: (UInt32) throws(ModuleError) -> Address?
        /// Who decides on grants; nil where nobody does.
        public var authority: () throws(ModuleError) -> Address?
        /// Whether an instance held a grant of a privilege that was revoked: see `EventKind.outlivesGrant`.
        public var hasHeld: (InstanceIdentity, Privilege) throws(ModuleError) -> Bool

        /// Describes a governor; without the last three, nobody administers anything, and what is revoked is as never granted.
        public init(
            instance: @escaping (UInt32, Execution) throws(ModuleError) -> AnyModuleInstance?,
            grant: @escaping (InstanceIdentity, Privilege) throws(ModuleError) -> Grant?,
            recordFailure: @escaping (FailedReaction) throws(ModuleError) -> Void,
            admin: @escaping (UInt32) throws(ModuleError) -> Address? = { (_) throws(ModuleError) in nil },
            authority: @escaping () throws(ModuleError) -> Address? = { () throws(ModuleError) in nil },
            hasHeld: @escaping (InstanceIdentity, Privilege) throws(ModuleError) -> Bool = {
                (_, _) throws(ModuleError) in false
            }
        ) {
            self.instance = instance
            self.grant = grant
            self.recordFailure = recordFailure
            self.admin = admin
            self.authority = authority
            self.hasHeld = hasHeld
        }

        /// Describes a governor that knows no caps, no admins and no authority.
        public init(
            instance: @escaping (UInt32, Execution) throws(ModuleError) -> AnyModuleInstance?,
            isGranted: @escaping (InstanceIdentity, Privilege) throws(ModuleError) -> Bool,
            recordFailure: @escaping (FailedReaction) throws(ModuleError) -> Void
        ) {
            self.init(
                instance: instance,
                grant: { (instance, privilege) throws(ModuleError) in
                    try isGranted(instance, privilege) ? Grant(privilege) : nil
                },
                recordFailure: recordFailure
            )
        }
    }

    /// A reaction that failed on an event that can't be vetoed.
    public struct FailedReaction: Sendable {
        /// The instance whose reaction failed.
        public let instance: InstanceIdentity
        /// The event that it reacted to.
        public let origin: EventOrigin
        /// Why it failed.
        public let error: ModuleError
    }

    /// Where execution can be taken back to.
    struct Savepoint {
        let mark: UInt32
        let eventCount: Int
        let instanceCount: Int
        let updateCount: Int
    }

    /// The block in progress.
    public internal(set) var block: BlockInfo
    /// The text forms of this chain's addresses.
    public let addresses: AddressPrefixes
    /// The state that all instances share.
    public let session: StateSession
    /// The events of the block in progress.
    public internal(set) var events: EventBuffer
    /// Bounds of a cascade.
    public let limits: Limits
    /// Changes of the validator set in the block in progress, in the order of their events.
    public internal(set) var validatorUpdates: [ValidatorUpdate] = []

    var governor: Governor?
    /// The instances known so far.
    var directory = InstanceDirectory()
    /// The reactions to each vocabulary, found at its first event.
    var reactions: [UInt32: VocabularyReactions] = [:]
    /// The order of modules, which is the order of their reactions.
    let moduleOrder: [String: Int]
    var transaction: UInt32 = 0
    var signer: Address?
    var depth = 0
    var isRecordingFailure = false
    /// What the reaction to a final event that is under way was given; nil outside of any.
    var allotment: Allotment?
    /// Where the count of events starts that `eventsMax` bounds: at the unit's first, or at the allotment's.
    var eventsStart = 0
    /// How many events may be recorded from there on.
    var eventsMax: Int

    /// An execution at rest, before its first block.
    ///
    /// - Parameter moduleOrder: the names of the module set's modules, in their declared order.
    public init(
        block: BlockInfo,
        addresses: AddressPrefixes,
        session: StateSession,
        moduleOrder: [String],
        limits: Limits = Limits(),
        nextSequence: UInt64 = 0
    ) {
        self.block = block
        self.addresses = addresses
        self.session = session
        self.limits = limits
        eventsMax = limits.eventsMax
        self.moduleOrder = Dictionary(moduleOrder.enumerated().map { ($1, $0) }) { first, _ in first }
        events = EventBuffer(firstSequence: nextSequence)
    }

    /// Names the governor; once, before the first block.
    public func setGovernor(_ governor: Governor) { self.governor = governor }

    /// The instance with this number.
    ///
    /// - Throws: `notFound` when nothing is deployed under it.
    public func instance(_ number: UInt32) throws(ModuleError) -> AnyModuleInstance {
        while true {
            if let known = directory[number] { return known }
            guard let next = try governor?.instance(UInt32(directory.count), self) else {
                throw ModuleError(.notFound, "no instance has the number \(number): list them with a query")
            }
            install(next)
        }
    }

    /// Puts an instance in its place: the next number, or over the one that it replaces.
    public func install(_ instance: AnyModuleInstance) {
        directory.install(instance)
        reactions.removeAll()
    }

    /// All instances known so far, by number.
    public var installedInstances: [AnyModuleInstance] { directory.instances }
}
