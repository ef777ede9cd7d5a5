public import CometBFT

/// What a client has around one height.
public struct ConsensusNeighbours: Hashable, Sendable {
    /// What it has of the height itself.
    public let same: TendermintConsensusState?
    /// What it has of the next lower height that it knows.
    public let previous: TendermintConsensusState?
    /// What it has of the next higher height that it knows.
    public let next: TendermintConsensusState?

    /// Puts them together.
    public init(
        same: TendermintConsensusState?,
        previous: TendermintConsensusState?,
        next: TendermintConsensusState?
    ) {
        self.same = same
        self.previous = previous
        self.next = next
    }
}

/// The consensus states of a client by height.
///
/// Invariant: the heights rise, and none stands twice.
public struct ConsensusStates: Hashable, Sendable {
    /// One height and what is known of it.
    public struct Entry: Hashable, Sendable {
        /// The height.
        public let height: Height
        /// What is known of it.
        public let state: TendermintConsensusState
    }

    /// The entries, the lowest height first.
    public private(set) var entries: [Entry] = []

    /// Makes an empty collection.
    public init() {}

    /// What is known of a height. Setting nil forgets it. Reading is O(log n), changing O(n).
    public subscript(height: Height) -> TendermintConsensusState? {
        get {
            let index = firstIndex(notBelow: height)
            return isEntry(at: index, of: height) ? entries[index].state : nil
        }
        set {
            let index = firstIndex(notBelow: height)
            let known = isEntry(at: index, of: height) ? index..<(index + 1) : index..<index
            entries.replaceSubrange(known, with: newValue.map { [Entry(height: height, state: $0)] } ?? [])
        }
    }

    /// The next lower height that is known. O(log n).
    public func previous(before height: Height) -> Entry? {
        let index = firstIndex(notBelow: height)
        return index > 0 ? entries[index - 1] : nil
    }

    /// The next higher height that is known. O(log n).
    public func next(after height: Height) -> Entry? {
        var index = firstIndex(notBelow: height)
        if isEntry(at: index, of: height) { index += 1 }
        return index < entries.count ? entries[index] : nil
    }

    /// What is known around a height. O(log n).
    public func neighbours(of height: Height) -> ConsensusNeighbours {
        ConsensusNeighbours(
            same: self[height],
            previous: previous(before: height)?.state,
            next: next(after: height)?.state
        )
    }

    /// Forgets the lowest heights as long as they are older than a period, but never the highest one.
    public mutating func forget(olderThan period: Duration, now: BlockTime) {
        let old = entries.dropLast().prefix { now.duration(since: $0.state.time) > period }.count
        entries.removeFirst(old)
    }

    private func isEntry(at index: Int, of height: Height) -> Bool {
        index < entries.count && entries[index].height == height
    }

    private func firstIndex(notBelow height: Height) -> Int {
        var low = 0
        var high = entries.count
        while low < high {
            let middle = low + (high - low) / 2
            if entries[middle].height < height { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
