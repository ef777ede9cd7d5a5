/// A value that is calculated with in domain types, and stored as a message of the vocabulary.
///
/// Its texts are read once, when it is loaded, and written once, when its block is sealed.
public protocol StoredValue: StateValue {
    /// The message that it is stored as.
    associatedtype Stored: SwiftProtobuf.Message

    /// Reads what was stored; throws for what no such value is stored as.
    init(_ stored: Stored) throws(ModuleError)

    /// What is stored.
    var stored: Stored { get }
}

extension StoredValue {
    /// Reads the message, and the value from it.
    @inlinable
    public init(stored bytes: [UInt8]) throws(ModuleError) {
        self = try Self(try Stored(decodingBytes: bytes))
    }

    /// Appends the message's protobuf encoding.
    @inlinable
    public func encode(into bytes: inout [UInt8]) throws(ModuleError) {
        bytes.append(contentsOf: try stored.encodedBytes())
    }
}

extension SwiftProtobuf.Message {
    /// A message whose fields are read from something that may be malformed.
    ///
    /// - Throws: what the closure throws.
    @inlinable
    public static func filled(_ fill: (inout Self) throws(ModuleError) -> Void) throws(ModuleError) -> Self {
        var message = Self()
        try fill(&message)
        return message
    }
}
