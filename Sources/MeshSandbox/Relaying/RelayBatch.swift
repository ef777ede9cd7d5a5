import InterchainEvents
import MeshHost
import ModuleKit

/// The transactions that a relayer submits to one chain in one step, in order.
///
/// Updates of clients come first, each alone; then forgeries, each alone; then what is proven, as many as fit into a
/// transaction; then what has to go alone. A transaction is done whole or not at all, so nothing that could fail stands
/// beside what could not.
struct RelayBatch {
    /// What an encoded request may take beside its message, in bytes.
    private static let requestOverhead = 192
    /// What an encoded transaction may take beside its requests, in bytes.
    private static let transactionOverhead = 1024
    /// How many requests of a relayer at most share a transaction, whatever the chain allows: a packet's reactions cost work.
    private static let requestsMax = 16

    /// One message of a transaction, and what it is.
    struct Item {
        let message: SandboxMessage
        let delivery: Delivery

        /// Encodes a message to Interchain.
        ///
        /// - Throws: `refused` when it can't be encoded.
        init(_ message: InterchainMessage, _ delivery: Delivery) throws(SandboxError) {
            self.message = try SandboxMessage(message, to: PublicState.label)
            self.delivery = delivery
        }
    }

    /// The transactions.
    private(set) var transactions: [[Item]] = []

    /// Puts messages together.
    ///
    /// - Parameters:
    ///   - updates: the headers that clients need first.
    ///   - messages: what is to be submitted.
    /// - Throws: `refused` for a message that can't be encoded.
    init(updates: [Item], _ messages: [RelayMessage], limits: TransactionLimits) throws(SandboxError) {
        for update in updates { append([update]) }
        var (shared, alone): ([Item], [Item]) = ([], [])
        for message in messages {
            guard let told = message.message else { continue }
            let item = try Item(told, message.delivery)
            switch (message.delivery.isForged, message.isAlone) {
            case (true, _): append([item])
            case (false, true): alone.append(item)
            case (false, false): shared.append(item)
            }
        }
        share(shared, limits)
        for item in alone { append([item]) }
    }

    private mutating func append(_ items: [Item]) { transactions.append(items) }

    private mutating func share(_ items: [Item], _ limits: TransactionLimits) {
        var (open, byteCount): ([Item], Int) = ([], Self.transactionOverhead)
        for item in items {
            let size = item.message.bytes.count + Self.requestOverhead
            let isFull = open.count >= min(limits.requestsMax, Self.requestsMax)
            if !open.isEmpty, isFull || byteCount + size > limits.transactionBytesMax {
                append(open)
                (open, byteCount) = ([], Self.transactionOverhead)
            }
            open.append(item)
            byteCount += size
        }
        if !open.isEmpty { append(open) }
    }
}
