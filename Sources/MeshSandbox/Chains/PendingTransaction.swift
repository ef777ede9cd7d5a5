/// A transaction that waits for a block.
public struct PendingTransaction: Sendable, Hashable {
    /// The transaction, encoded.
    public let bytes: [UInt8]
    /// The account that signed it, by its name in the sandbox; empty where the transaction came as bytes.
    public let sender: String
    /// The instances that it asks something of, in order.
    public let instances: [String]
    /// What it carries from other chains, where a relayer made it.
    public let deliveries: [Delivery]
}
