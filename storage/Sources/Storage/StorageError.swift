public import LMDB

/// What went wrong in the storage of a chain, and what to do about it.
///
/// Match on ``code``; ``message`` is for people and holds the remedy. Failures of LMDB keep their code and stand in
/// ``cause``.
public struct StorageError: Error, Sendable, CustomStringConvertible {
    /// The kind of failure. New kinds may be added, so a `switch` needs a `default`.
    public struct Code: RawRepresentable, Hashable, Sendable {
        /// A stable name, fit for logs.
        public let rawValue: String

        /// Makes a code from its stable name.
        public init(rawValue: String) {
            self.rawValue = rawValue
        }
    }

    /// The kind of failure.
    public let code: Code
    /// What happened, where, and what to do next.
    public let message: String
    /// The error beneath this one, where there is one.
    public let cause: (any Error)?

    /// Makes an error.
    public init(_ code: Code, _ message: String, cause: (any Error)? = nil) {
        self.code = code
        self.message = message
        self.cause = cause
    }

    /// `code: message`.
    public var description: String {
        "\(code.rawValue): \(message)"
    }

    /// Whether the store must be closed and the process should stop.
    public var isFatal: Bool {
        code == Code(LMDBError.Code.panicked) || code == Code(LMDBError.Code.corrupted) || code == .damaged
    }
}

extension StorageError: LMDBErrorConvertible {
    /// Takes over code and message of a failure of LMDB.
    public init(_ error: LMDBError) {
        self.init(Code(error.code), error.message, cause: error)
    }
}

/// Runs something of LMDB's and throws its failure as one of ours.
func storing<Value: ~Copyable>(_ body: () throws(LMDBError) -> Value) throws(StorageError) -> Value {
    do throws(LMDBError) {
        return try body()
    } catch {
        throw StorageError(error)
    }
}

extension StorageError.Code {
    /// The same kind of failure as LMDB's.
    public init(_ code: LMDBError.Code) {
        self.init(rawValue: code.rawValue)
    }

    /// The folder is open already in this process.
    public static let alreadyOpen = Self(LMDBError.Code.alreadyOpen)
    /// Another process has the folder open for writing.
    public static let inUse = Self(LMDBError.Code.inUse)
    /// The data file was cut off.
    public static let truncated = Self(LMDBError.Code.truncated)
    /// The file is no data file of LMDB 0.9.
    public static let invalidFile = Self(LMDBError.Code.invalidFile)
    /// The data would exceed the configured maximum.
    public static let mapFull = Self(LMDBError.Code.mapFull)
    /// The file system has no room left. The store stays readable.
    public static let diskFull = Self(LMDBError.Code.diskFull)
    /// The store was opened for reading only.
    public static let readOnly = Self(LMDBError.Code.readOnly)
    /// The store is closed.
    public static let closed = Self(LMDBError.Code.closed)
    /// There is no store, or no such thing in it.
    public static let notFound = Self(LMDBError.Code.notFound)
    /// The operating system refused access.
    public static let permissionDenied = Self(LMDBError.Code.permissionDenied)
    /// Reading or writing failed in the operating system.
    public static let inputOutput = Self(LMDBError.Code.inputOutput)
    /// A view was given up or overtaken. Renew it and read again.
    public static let snapshotExpired = Self(LMDBError.Code.snapshotExpired)

    /// There is a store already.
    public static let alreadyExists = Self(rawValue: "already-exists")
    /// The store belongs to another chain.
    public static let wrongChain = Self(rawValue: "wrong-chain")
    /// The store was written by a newer version of this program.
    public static let newerFormat = Self(rawValue: "newer-format")
    /// The store was made with another kind of state commitment.
    public static let wrongCommitment = Self(rawValue: "wrong-commitment")
    /// The log is older than its anchor, or differs from it.
    public static let rolledBack = Self(rawValue: "rolled-back")
    /// The anchor file is not there.
    public static let anchorMissing = Self(rawValue: "anchor-missing")
    /// No slot of the anchor file can be read.
    public static let anchorDamaged = Self(rawValue: "anchor-damaged")
    /// The anchor is further behind the log than a crash can leave it.
    public static let anchorBehind = Self(rawValue: "anchor-behind")
    /// Stored bytes cannot be right.
    public static let damaged = Self(rawValue: "damaged")
    /// Bytes are no block header.
    public static let invalidHeader = Self(rawValue: "invalid-header")
    /// A chain id breaks the rules.
    public static let invalidChainID = Self(rawValue: "invalid-chain-id")
    /// A block's height is not the one after the last.
    public static let heightGap = Self(rawValue: "height-gap")
    /// A block's time is before that of the last.
    public static let timeBackwards = Self(rawValue: "time-backwards")
    /// A block was prepared on another head than the present one.
    public static let staleBlock = Self(rawValue: "stale-block")
    /// A receipt names a record outside its block.
    public static let receiptOutOfRange = Self(rawValue: "receipt-out-of-range")
    /// A state key is empty or too long.
    public static let keySize = Self(LMDBError.Code.keySize)
    /// A key of a published collection could be taken for another entry's full key.
    public static let ambiguousKey = Self(rawValue: "ambiguous-key")
    /// State changes are not in strictly increasing order of keys.
    public static let unsortedWriteSet = Self(rawValue: "unsorted-write-set")
    /// Two state keys have the same hash: nearly always two that are published under one key.
    public static let hashCollision = Self(rawValue: "hash-collision")
    /// The state of a height cannot be proven any more, or its commitment proves nothing.
    public static let notProvable = Self(rawValue: "not-provable")
    /// There is no block of a height.
    public static let unknownHeight = Self(rawValue: "unknown-height")
    /// A schema identifier is taken by other bytes.
    public static let schemaConflict = Self(rawValue: "schema-conflict")
    /// A position or size lies outside the tree, or a number outside what it may be.
    public static let outOfRange = Self(rawValue: "out-of-range")
}
