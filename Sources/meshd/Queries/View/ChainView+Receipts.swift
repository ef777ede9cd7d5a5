import Foundation
import MeshHost
import ModuleKit
import ModuleRuntime

/// Receipts: what became of transactions, as the log tells it.
extension ChainView {
    /// The number of the kind of event that is a transaction's receipt.
    static let receiptKind = HostEvent.kinds.first { $0.name == "transaction_executed" }?.number

    /// What became of the transactions whose receipts stand in a range of the log, in order.
    func outcomes(in range: Range<UInt64>) throws(CommandError) -> [HostTransactionExecuted] {
        var outcomes: [HostTransactionExecuted] = []
        try forEachEvent(in: range) { envelope, _ in
            guard envelope.instance == HostModule.instanceNumber, envelope.kind == Self.receiptKind else { return }
            let event = try HostEvent(recorded: envelope.payload, schemaVersion: envelope.schemaVersion)
            outcomes.append(event.transactionExecuted)
        }
        return outcomes
    }
}

extension HostTransactionExecuted {
    /// Whether it did what it asked for.
    var isSuccess: Bool { code == 0 && codespace.isEmpty }

    /// The receipt as programs read it.
    var document: JSONValue {
        [
            "hash": .string(Array(transactionHash).hexText),
            "succeeded": .bool(isSuccess),
            "signers": .array(signers.map { .string($0) }),
            "work_used": .whole(workUsed),
            "codespace": isSuccess ? .null : .string(codespace),
            "code": isSuccess ? .null : .whole(code),
            "error": isSuccess ? .null : .string(error),
        ]
    }
}
