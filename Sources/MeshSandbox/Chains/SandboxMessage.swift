public import ModuleKit

/// A message to an instance, encoded.
public struct SandboxMessage: Sendable, Hashable {
    /// The instance, by label or address.
    public let instance: String
    /// The message.
    public let bytes: [UInt8]

    /// Takes an encoded message.
    public init(_ bytes: [UInt8], to instance: String) {
        self.instance = instance
        self.bytes = bytes
    }

    /// Encodes a message.
    ///
    /// - Throws: `refused` when it can't be encoded.
    public init(_ message: some MessageVocabulary, to instance: String) throws(SandboxError) {
        let bytes = try SandboxError.asking("the message to '\(instance)'") { () throws(ModuleError) in
            try message.encodedBytes()
        }
        self.init(bytes, to: instance)
    }
}

extension SandboxError {
    /// Runs a call of a module and wraps what it throws.
    static func asking<Result>(_ what: String, _ body: () throws(ModuleError) -> Result) throws(SandboxError) -> Result
    {
        do throws(ModuleError) {
            return try body()
        } catch {
            throw SandboxError(.refused, "\(what) was refused: \(error.message)", cause: error)
        }
    }
}
