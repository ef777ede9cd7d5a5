/// The protocol versions under which a block was made.
public struct Version: Hashable, Sendable {
    /// The block protocol of the engine from Tendermint 0.34 to CometBFT 1.
    public static let currentBlockProtocol: UInt64 = 11

    /// The version of the block protocol.
    public let block: UInt64
    /// The version that the application gives itself.
    public let app: UInt64

    /// Makes a version.
    public init(block: UInt64 = Self.currentBlockProtocol, app: UInt64 = 0) {
        self.block = block
        self.app = app
    }
}
