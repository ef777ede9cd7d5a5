import InterchainEvents
import ModuleKit

/// Messages that bring a client nearer to a header, in their order: as many as one transaction takes.
struct HeaderSteps {
    /// How many messages there are at most, however small they are. A transaction has some more.
    private static let countMax = 48

    private(set) var messages: [SandboxMessage] = []
    /// Whether the client has verified the header after these; else it is to be asked for the way again.
    private(set) var leadToHeader = true
    private let bytesMax: Int
    private var byteCount = 0

    init(bytesMax: Int) { self.bytesMax = bytesMax }

    /// Adds a message where there is room for it, and for the first one in any case.
    ///
    /// - Returns: whether there was.
    mutating func append(_ message: InterchainMessage) throws(SandboxError) -> Bool {
        let message = try SandboxMessage(message, to: interchainModuleName)
        guard messages.isEmpty || byteCount + message.bytes.count <= bytesMax && messages.count < Self.countMax else {
            leadToHeader = false
            return false
        }
        messages.append(message)
        byteCount += message.bytes.count
        return true
    }

    /// Adds messages as long as there is room.
    ///
    /// - Returns: whether there was room for all of them.
    mutating func append(_ messages: [InterchainMessage]) throws(SandboxError) -> Bool {
        for message in messages {
            guard try append(message) else { return false }
        }
        return true
    }
}
