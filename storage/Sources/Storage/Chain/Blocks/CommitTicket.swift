import LMDB

/// The acknowledgement of a block, fulfilled when the block is on the disk.
public final class CommitTicket: Sendable {
    /// The block's height.
    public let height: UInt64
    private let outcome = Monitor<Result<Void, StorageError>?>(nil)

    init(height: UInt64) {
        self.height = height
    }

    /// Whether it is decided, one way or the other.
    public var isFulfilled: Bool {
        outcome.update { $0 != nil }
    }

    /// Waits until the block is on the disk.
    ///
    /// - Throws: why it is not and will never be: `diskFull`, `mapFull`, and so on. The chain's head is then back at the
    ///   last block that was acknowledged.
    @available(*, noasync)
    public func wait() throws(StorageError) {
        try outcome.wait { $0 }.get()
    }

    func fulfil(_ result: Result<Void, StorageError>) {
        outcome.update { $0 = result }
    }
}
