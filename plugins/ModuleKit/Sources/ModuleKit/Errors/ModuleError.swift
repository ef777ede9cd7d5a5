/// Why a module refused something, with what to do about it.
///
/// The code is what programs decide by; the message is for people. Both are recorded in receipts, so a message is built
/// from the refused input alone and is the same on every machine.
public struct ModuleError: Error, Hashable, Sendable {
    /// What went wrong, in a form that programs can compare.
    public let code: Code

    /// What went wrong and what to do about it, in one or two sentences.
    public let message: String

    /// Creates an error from its code and its message.
    public init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// The subsystem that defines the code, such as `bank`.
    public var codespace: String { code.codespace }

    /// The same error, with where it happened put in front of the message.
    public func adding(context: String) -> ModuleError {
        ModuleError(code, "\(context): \(message)")
    }
}

extension ModuleError: CustomStringConvertible {
    /// The code and the message, such as `bank/5: …`.
    public var description: String { "\(code): \(message)" }
}

extension ModuleError {
    /// A number within a codespace.
    ///
    /// Modules add their own as static members:
    ///
    ///     extension ModuleError.Code {
    ///         static let insufficientFunds = Self("bank", 5)
    ///     }
    ///
    /// Zero stands for success in receipts and is never the number of an error.
    public struct Code: Hashable, Sendable {
        /// The subsystem that defines the number.
        public let codespace: String

        /// The number, unique within the codespace and never reused.
        public let number: UInt32

        /// Creates a code from its codespace and its number.
        public init(_ codespace: String, _ number: UInt32) {
            self.codespace = codespace
            self.number = number
        }
    }
}

extension ModuleError.Code: CustomStringConvertible {
    /// The codespace and the number, such as `bank/5`.
    public var description: String { "\(codespace)/\(number)" }
}
