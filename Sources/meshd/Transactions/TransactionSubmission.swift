import MeshHost
import MeshSandbox
import ModuleKit
import Storage

/// Executes one transaction on a home, in a block of its own, and tells what became of it.
struct TransactionSubmission {
    let home: Home
    let blockTime: BlockTimeOptions

    /// Checks, executes, commits, and prints the receipt.
    ///
    /// - Throws: `checkFailed` when the transaction would fail: then nothing is recorded.
    @discardableResult
    func submit(_ document: TransactionDocument, _ console: Console) throws(CommandError) -> Receipt {
        var sequencer = try home.openSequencer()
        let host = sequencer.host
        defer { try? host.store.close() }
        let bytes = try document.encoded()
        let check = try CommandError.wrapping { try host.checkTransaction(bytes) }
        if let error = check.error {
            throw CommandError(
                .checkFailed,
                "the transaction \(check.hash.hexText) would fail, so it was not executed: \(error)",
                cause: error
            )
        }
        let finalized = try sequencer.commitBlock(
            time: try blockTime.next(after: host.lastHeader),
            transactions: [bytes]
        )
        let height = finalized.header.height
        guard let result = finalized.results.first else {
            throw CommandError(.storage, "block \(height) holds no result: run `meshd audit verify`")
        }
        let events = try EventDescriber(try ChainView(host)).events(in: result.events)
        let receipt = Receipt(result: result, height: height, events: events)
        console.print(receipt.report)
        if let error = result.error {
            throw CommandError(.checkFailed, "the transaction failed: \(error)", cause: error)
        }
        return receipt
    }
}

/// What became of a transaction.
struct Receipt {
    let result: TransactionResult
    let height: UInt64
    let events: [DescribedEvent]

    var report: Report {
        var object = JSONObject()
        object["hash"] = .string(result.hash.hexText)
        object["height"] = .whole(height)
        object["succeeded"] = .bool(result.isSuccess)
        object["work_used"] = .whole(result.workUsed)
        object["codespace"] = .optional(result.error?.codespace)
        object["code"] = result.error.map { .whole($0.code.number) } ?? .null
        object["error"] = .optional(result.error?.message)
        object["events"] = .array(events.map(\.document))
        return Report(.object(object)) { style in
            let outcome: Table.Cell =
                if let error = result.error { .init("failed: \(error)", .red) } else { .init("succeeded", .green) }
            let facts = Facts(
                ("transaction", .init(result.hash.hexText, .bold)),
                ("height", .init(height.grouped)),
                ("outcome", outcome),
                ("work", .init("\(result.workUsed.grouped) units"))
            )
            var table = DescribedEvent.table
            table.rows = events.map(\.row)
            return facts.text(style) + "\n" + table.text(style)
        }
    }
}
