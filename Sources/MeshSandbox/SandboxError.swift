/// Why a sandbox could not go on.
public struct SandboxError: Error, Sendable, CustomStringConvertible {
    /// What went wrong, for programs.
    public struct Code: Hashable, Sendable, CustomStringConvertible {
        /// The code's name.
        public let description: String

        /// Names a code.
        public init(_ name: String) { description = name }

        /// The host refused a block or could not execute it; its `HostError` is the cause.
        public static let host = Code("host")
        /// The chain's validators can't sign: too few keys are here.
        public static let noQuorum = Code("no quorum")
        /// The application's validators are not a set that the consensus engine takes.
        public static let invalidValidators = Code("invalid validators")
        /// What the log says of signed blocks contradicts itself.
        public static let inconsistentLog = Code("inconsistent log")
        /// A block can't be put in the engine's formats: its height, time or chain identifier is out of their bounds.
        public static let invalidBlock = Code("invalid block")
        /// A chain can't be made as it was described.
        public static let invalidSpecification = Code("invalid specification")
        /// The network has no chain, relayer or path of that name, or one already.
        public static let wrongName = Code("wrong name")
        /// The chain is down: it has crashed or was closed, and has to be reopened first.
        public static let chainDown = Code("chain down")
        /// A module refused a question, or a message can't be encoded; its `ModuleError` is the cause.
        public static let refused = Code("refused")
        /// What a chain shows of itself can't be relayed: a header, a proof or an event is not as IBC has it.
        public static let notRelayable = Code("not relayable")
        /// A chain accepted what a relayer had forged. Never to be seen.
        public static let forgeryAccepted = Code("forgery accepted")
        /// What was waited for did not happen in so many steps.
        public static let notSettled = Code("not settled")
        /// Documents do not show a chain: they are no answers of a node, or of several chains.
        public static let notObservable = Code("not observable")
    }

    /// What went wrong, for programs.
    public let code: Code
    /// What went wrong and what to do about it.
    public let message: String
    /// The error below, if there was one.
    public let cause: (any Error)?

    /// Describes a failure.
    public init(_ code: Code, _ message: String, cause: (any Error)? = nil) {
        self.code = code
        self.message = message
        self.cause = cause
    }

    /// Code, message and cause.
    public var description: String {
        cause.map { "\(code): \(message) (\($0))" } ?? "\(code): \(message)"
    }
}

extension SandboxError {
    /// Runs a call of the host and wraps what it throws.
    static func hosting<Result>(_ body: () throws -> Result) throws(SandboxError) -> Result {
        do {
            return try body()
        } catch let error as SandboxError {
            throw error
        } catch {
            throw SandboxError(.host, "the host refused: \(error)", cause: error)
        }
    }
}
