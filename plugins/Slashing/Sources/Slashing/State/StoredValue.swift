import ModuleKit

/// A value that is calculated with in domain types, and stored as a message of the vocabulary.
protocol StoredValue: StateValue {
    associatedtype Stored: SwiftProtobuf.Message

    init(_ stored: Stored) throws(ModuleError)
    var stored: Stored { get }
}

extension StoredValue {
    init(stored bytes: [UInt8]) throws(ModuleError) {
        self = try Self(try Stored(decodingBytes: bytes))
    }

    func encode(into bytes: inout [UInt8]) throws(ModuleError) {
        bytes.append(contentsOf: try stored.encodedBytes())
    }
}

extension SwiftProtobuf.Message {
    /// A message whose fields are read from something that may be malformed.
    static func filled(_ fill: (inout Self) throws(ModuleError) -> Void) throws(ModuleError) -> Self {
        var message = Self()
        try fill(&message)
        return message
    }
}
