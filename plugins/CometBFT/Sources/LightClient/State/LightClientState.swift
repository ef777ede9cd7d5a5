public import CometBFT

/// A light client of one chain: what it trusts, and whether it still does.
///
/// A value: it has no clock, asks nobody by itself, and changes only by the methods that say so. Time comes in as a
/// parameter. Nothing that comes from outside is trusted before its signatures are verified.
///
/// Invariants: the history rises in height and in time, all of it is of one chain, and it ends with the latest block's
/// header.
public struct LightClientState: Hashable, Sendable {
    /// How many trusted headers are kept unless said otherwise.
    public static let standardHistoryLimit = 1000

    /// What the client takes as given.
    public let options: VerificationOptions
    /// How many trusted headers are kept; the oldest go first.
    public let historyLimit: Int
    /// The highest block that is trusted.
    public private(set) var latest: LightBlock
    /// The headers that are trusted, the lowest first, the latest one last.
    public private(set) var history: [Header]
    /// The misbehaviour that froze the client. Once set, it stays.
    public private(set) var misbehaviour: Misbehaviour?

    /// Starts to follow a chain from a block that is trusted for a reason outside of this library.
    ///
    /// - Parameters:
    ///   - block: The first trusted block. Compare its hash with what you were told by people before.
    ///   - options: Trust level, trusting period and clock drift.
    ///   - historyLimit: How many trusted headers are kept, at least 1.
    /// - Throws: `invalidOptions` for a limit below 1, and `invalidCommit` when the block's own validators did not
    ///   sign it.
    public init(
        trusting block: LightBlock,
        options: VerificationOptions,
        historyLimit: Int = standardHistoryLimit
    ) throws(LightClientError) {
        try block.checkIsSigned(chainID: block.signedHeader.header.chainID)
        try self.init(
            latest: block,
            history: [block.signedHeader.header],
            misbehaviour: nil,
            options: options,
            historyLimit: historyLimit
        )
    }

    /// Takes a state as it was stored, and checks the invariants that need no signatures.
    init(
        latest: LightBlock,
        history: [Header],
        misbehaviour: Misbehaviour?,
        options: VerificationOptions,
        historyLimit: Int
    ) throws(LightClientError) {
        guard historyLimit > 0 else {
            throw LightClientError(.invalidOptions, "The history limit is \(historyLimit). Keep at least one header.")
        }
        let rises = zip(history, history.dropFirst()).allSatisfy { $0.height < $1.height && $0.time < $1.time }
        let isOneChain = history.allSatisfy { $0.chainID == latest.signedHeader.header.chainID }
        if let misbehaviour,
            Misbehaviour.kind(of: misbehaviour.first.header, and: misbehaviour.second.header) != misbehaviour.kind
        {
            throw LightClientError(
                .invalidState,
                "The two headers for which the client is frozen do not contradict each other. "
                    + "Restore the state from a backup, or start a new client."
            )
        }
        guard rises, isOneChain, history.count <= historyLimit, history.last == latest.signedHeader.header else {
            throw LightClientError(
                .invalidState,
                "The trusted headers are not a rising history of one chain that ends with the latest block. "
                    + "Restore the state from a backup, or start a new client."
            )
        }
        self.latest = latest
        self.history = history
        self.misbehaviour = misbehaviour
        self.options = options
        self.historyLimit = historyLimit
    }

    /// The chain that is followed.
    public var chainID: String { latest.signedHeader.header.chainID }

    /// The trusted header of a height, or nil. O(log n).
    public func header(at height: Int64) -> Header? {
        let index = firstIndex(notBelow: height)
        return index < history.count && history[index].height == height ? history[index] : nil
    }
}

extension LightClientState {
    /// Where a header of a height stands in the history, or would stand.
    func firstIndex(notBelow height: Int64) -> Int {
        var low = 0
        var high = history.count
        while low < high {
            let middle = low + (high - low) / 2
            if history[middle].height < height { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// Adds a verified block, which must not break the order of the history, and lets go of what is too old.
    mutating func trust(_ block: LightBlock, now: BlockTime) {
        history.insert(block.signedHeader.header, at: firstIndex(notBelow: block.height))
        if block.height > latest.height { latest = block }
        let expired = history.dropLast().prefix { options.hasExpired($0.time, now: now) }.count
        history.removeFirst(max(expired, history.count - historyLimit))
    }

    /// Stops for good. The first misbehaviour is the one that is kept.
    mutating func freeze(for found: Misbehaviour) {
        misbehaviour = misbehaviour ?? found
    }

    /// The state as it was when a height of its history was the latest.
    func goneBack(to block: LightBlock) -> LightClientState {
        var earlier = self
        earlier.latest = block
        earlier.history = Array(history.prefix { $0.height <= block.height })
        return earlier
    }
}
