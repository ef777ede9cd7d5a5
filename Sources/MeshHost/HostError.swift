/// Why the host could not do what it was asked; the chain's state is as it was.
///
/// What a transaction gets wrong is not an error of the host: it stands in its receipt.
public struct HostError: Error, Sendable, CustomStringConvertible {
    /// What went wrong, for programs.
    public struct Code: Hashable, Sendable, CustomStringConvertible {
        /// The code's name.
        public let description: String

        /// Names a code.
        public init(_ name: String) { description = name }

        /// The module set is inconsistent.
        public static let invalidModuleSet = Code("invalid module set")
        /// The genesis document is malformed, contradicts itself, or says things that nothing here understands.
        public static let invalidGenesis = Code("invalid genesis")
        /// The folder holds another chain, or was made with other modules.
        public static let wrongChain = Code("wrong chain")
        /// Storage failed; its error is the cause.
        public static let storage = Code("storage")
        /// A phase of the block was called out of turn.
        public static let outOfTurn = Code("out of turn")
        /// A proposed block can't be executed: its height, time or size is not allowed.
        public static let invalidBlock = Code("invalid block")
        /// The log holds something that this build can't read or apply.
        public static let unreadableLog = Code("unreadable log")
        /// A failure after which memory and disk may differ: open the chain anew.
        public static let needsReopening = Code("needs reopening")
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
