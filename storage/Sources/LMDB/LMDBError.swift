/// What went wrong in an LMDB environment, and what to do about it.
///
/// Match on ``code``; ``message`` is for people and holds the remedy.
public struct LMDBError: Error, Sendable, CustomStringConvertible {
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
    /// The return code of the C library or the `errno`, where there is one.
    public let returnCode: Int32?

    /// Makes an error.
    public init(_ code: Code, _ message: String, returnCode: Int32? = nil, cause: (any Error)? = nil) {
        self.code = code
        self.message = message
        self.returnCode = returnCode
        self.cause = cause
    }

    /// `code: message`.
    public var description: String {
        "\(code.rawValue): \(message)"
    }

    /// Whether the environment must be closed and the process should stop.
    public var isFatal: Bool {
        code == .panicked || code == .corrupted
    }
}

extension LMDBError.Code {
    /// The same folder is open already in this process.
    public static let alreadyOpen = Self(rawValue: "already-open")
    /// Another process has the folder open for writing.
    public static let inUse = Self(rawValue: "in-use")
    /// The data file is shorter than its own header says.
    public static let truncated = Self(rawValue: "truncated")
    /// The file is no LMDB 0.9 data file, or its header is damaged.
    public static let invalidFile = Self(rawValue: "invalid-file")
    /// The installed LMDB is not 0.9.24 or a later 0.9.
    public static let unsupportedLibrary = Self(rawValue: "unsupported-library")
    /// The data would exceed the configured maximum size of the map.
    public static let mapFull = Self(rawValue: "map-full")
    /// Another process grew the file while this thread held a read transaction. Retryable.
    public static let mapResized = Self(rawValue: "map-resized")
    /// The file system has no room left. The environment stays readable.
    public static let diskFull = Self(rawValue: "disk-full")
    /// Every reader slot is taken by a live reader. Retryable.
    public static let readersFull = Self(rawValue: "readers-full")
    /// A key is empty or longer than the limit.
    public static let keySize = Self(rawValue: "key-size")
    /// An appended key is not greater than the last one.
    public static let keyOrder = Self(rawValue: "key-order")
    /// A reserved value was not filled to its last byte.
    public static let valueNotFilled = Self(rawValue: "value-not-filled")
    /// The environment was opened for reading only.
    public static let readOnly = Self(rawValue: "read-only")
    /// The environment is closed.
    public static let closed = Self(rawValue: "closed")
    /// A transaction was asked for where it would wait for itself.
    public static let nestedTransaction = Self(rawValue: "nested-transaction")
    /// A snapshot was parked while the map grew, and newer data was committed since.
    public static let snapshotExpired = Self(rawValue: "snapshot-expired")
    /// A file, folder or named database does not exist.
    public static let notFound = Self(rawValue: "not-found")
    /// The operating system refused access.
    public static let permissionDenied = Self(rawValue: "permission-denied")
    /// LMDB failed in the middle of a commit and refuses to go on. Fatal.
    public static let panicked = Self(rawValue: "panicked")
    /// LMDB met a page that cannot be right. Fatal.
    public static let corrupted = Self(rawValue: "corrupted")
    /// Reading or writing failed in the operating system.
    public static let inputOutput = Self(rawValue: "input-output")
    /// Any other return code of the library.
    public static let library = Self(rawValue: "library")
}

/// An error type into which an ``LMDBError`` can be put.
///
/// Transactions are generic over it, so that a closure throws its own error type and the caller sees just one.
public protocol LMDBErrorConvertible: Error {
    /// Wraps a storage failure.
    init(_ error: LMDBError)
}

extension LMDBError: LMDBErrorConvertible {
    /// The error itself.
    public init(_ error: LMDBError) {
        self = error
    }
}
