/// The events of a block, in the order of emission, with their payloads in one arena.
public struct EventBuffer {
    /// One event: what an envelope says, with the payload by place.
    public struct Entry: Sendable {
        /// The emitting instance.
        public let instance: UInt32
        /// The vocabulary's place in the module set's dictionary.
        public let vocabulary: UInt32
        /// The kind's number in the vocabulary.
        public let kind: UInt32
        /// The schema version of the vocabulary.
        public let schemaVersion: UInt32
        /// The transaction's place in the block, from 1; 0 for the block's hooks.
        public let transaction: UInt32
        /// The sequence of the event that led to this one; nil for a message's or a hook's own.
        public let cause: UInt64?
        /// Where the payload stands in the arena.
        public let payload: Range<Int>

        /// Describes an event.
        public init(
            instance: UInt32,
            vocabulary: UInt32,
            kind: UInt32,
            schemaVersion: UInt32,
            transaction: UInt32,
            cause: UInt64?,
            payload: Range<Int>
        ) {
            self.instance = instance
            self.vocabulary = vocabulary
            self.kind = kind
            self.schemaVersion = schemaVersion
            self.transaction = transaction
            self.cause = cause
            self.payload = payload
        }
    }

    /// The sequence of the first event.
    public private(set) var firstSequence: UInt64
    /// The events.
    public private(set) var entries: [Entry] = []
    /// The payloads, one after another.
    public private(set) var payloads: [UInt8] = []

    /// An empty buffer whose first event will have this sequence.
    public init(firstSequence: UInt64) { self.firstSequence = firstSequence }

    /// The sequence that the next event will have.
    public var nextSequence: UInt64 { firstSequence + UInt64(entries.count) }

    /// The payload of an entry.
    public func payload(of entry: Entry) -> ArraySlice<UInt8> { payloads[entry.payload] }

    mutating func append(_ payload: [UInt8], _ make: (Range<Int>) -> Entry) -> UInt64 {
        let start = payloads.count
        payloads.append(contentsOf: payload)
        defer { entries.append(make(start..<payloads.count)) }
        return nextSequence
    }

    /// Drops the events from the `count`-th on.
    mutating func truncate(to count: Int) {
        guard count < entries.count else { return }
        payloads.removeSubrange(entries[count].payload.lowerBound...)
        entries.removeSubrange(count...)
    }

    /// Empties the buffer for the next block.
    mutating func startBlock(firstSequence: UInt64) {
        self.firstSequence = firstSequence
        entries.removeAll(keepingCapacity: true)
        payloads.removeAll(keepingCapacity: true)
    }
}
