public import LMDB
public import Storage

/// Why an audit could not be carried out. What an audit finds is no error: it stands in its report.
public struct AuditError: Error, Sendable, CustomStringConvertible {
    /// The kind of failure. New kinds may be added, so a `switch` needs a `default`.
    public struct Code: RawRepresentable, Hashable, Sendable {
        /// A stable name, fit for logs.
        public let rawValue: String

        /// Makes a code from its stable name.
        public init(rawValue: String) {
            self.rawValue = rawValue
        }

        /// The home cannot be opened: it is not there, in use, or access is refused.
        public static let unreadableHome = Code(rawValue: "unreadable-home")
        /// The scratch folder cannot be used.
        public static let unusableScratch = Code(rawValue: "unusable-scratch")
        /// Storage failed in the middle of the audit.
        public static let storage = Code(rawValue: "storage")
        /// The modules or the host cannot run this chain.
        public static let host = Code(rawValue: "host")
        /// A child process cannot be started or does not speak the protocol.
        public static let child = Code(rawValue: "child")
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
}

extension AuditError: LMDBErrorConvertible {
    /// Takes over a failure of LMDB.
    public init(_ error: LMDBError) {
        self.init(.storage, error.message, cause: error)
    }

    /// Takes over a failure of storage.
    public init(_ error: StorageError) {
        self.init(.storage, error.message, cause: error)
    }
}

/// Runs something of storage's and throws its failure as one of ours.
func storing<Value: ~Copyable>(
    _ code: AuditError.Code = .storage,
    _ body: () throws(StorageError) -> Value
) throws(AuditError) -> Value {
    do throws(StorageError) {
        return try body()
    } catch {
        throw AuditError(code, error.message, cause: error)
    }
}

/// Runs something of LMDB's and throws its failure as one of ours.
func reading<Value: ~Copyable>(_ body: () throws(LMDBError) -> Value) throws(AuditError) -> Value {
    do throws(LMDBError) {
        return try body()
    } catch {
        throw AuditError(error)
    }
}
