import MeshAudit
import MeshHost
import MeshSandbox
import ModuleKit
import Storage

/// Why a command could not do what it was asked, and with which code the process ends.
struct CommandError: Error, CustomStringConvertible {
    /// What went wrong, for programs.
    struct Code: RawRepresentable, Hashable, Sendable {
        let rawValue: String

        init(rawValue: String) { self.rawValue = rawValue }

        /// A check ran and did not hold.
        static let checkFailed = Code(rawValue: "check_failed")
        /// The command line is wrong.
        static let usage = Code(rawValue: "usage")
        /// A file, an argument or a transaction is not what it should be.
        static let badInput = Code(rawValue: "bad_input")
        /// The home or its store can't be read or written.
        static let storage = Code(rawValue: "storage")

        /// The code with which the process ends.
        var exitCode: Int32 {
            switch self {
            case .checkFailed: 1
            case .usage: 2
            case .storage: 4
            default: 3
            }
        }
    }

    /// What went wrong, for programs.
    let code: Code
    /// What, where, and what to do next.
    let message: String
    /// The error below, if there was one.
    let cause: (any Error)?

    init(_ code: Code, _ message: String, cause: (any Error)? = nil) {
        self.code = code
        self.message = message
        self.cause = cause
    }

    /// Translates an error from below.
    init(_ error: any Error) {
        switch error {
        case let error as CommandError: self = error
        case let error as HostError: self.init(error.isAboutStorage ? .storage : .badInput, error.message, cause: error)
        case let error as StorageError: self.init(.storage, error.message, cause: error)
        case let error as SandboxError: self.init(error)
        case let error as AuditError: self.init(.storage, error.message, cause: error)
        case let error as ModuleError: self.init(.badInput, error.description, cause: error)
        default: self.init(.storage, "\(error)", cause: error)
        }
    }

    private init(_ error: SandboxError) {
        switch error.code {
        case .host: self.init(error.cause ?? error)
        case .inconsistentLog: self.init(.storage, error.message, cause: error)
        default: self.init(.badInput, error.message, cause: error)
        }
    }

    var description: String { message }

    /// The same error, with where it happened put in front.
    func adding(context: String) -> CommandError {
        CommandError(code, "\(context): \(message)", cause: cause)
    }

    /// Runs a call from below, and translates what it throws.
    static func wrapping<Result>(_ body: () throws -> Result) throws(CommandError) -> Result {
        do {
            return try body()
        } catch {
            throw CommandError(error)
        }
    }
}

extension HostError {
    /// Whether the store is at fault, and not what was asked.
    fileprivate var isAboutStorage: Bool {
        [.storage, .needsReopening, .unreadableLog, .wrongChain].contains(code)
    }
}
