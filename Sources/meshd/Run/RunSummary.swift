import MeshHost
import ModuleKit
import Storage

/// What a run came to.
struct RunSummary {
    private(set) var blocks: UInt64 = 0
    private(set) var transactions: UInt64 = 0
    private(set) var failed: UInt64 = 0
    /// How many paid too little to be in any block: they are none of the transactions.
    private(set) var refused: UInt64 = 0
    private(set) var events: UInt64 = 0
    private(set) var validatorUpdates: UInt64 = 0
    private(set) var height: UInt64
    private(set) var headerHash: String

    init(height: UInt64, headerHash: String) {
        self.height = height
        self.headerHash = headerHash
    }

    mutating func add(_ block: BlockRunner.Outcome) {
        blocks += 1
        transactions += UInt64(block.transactions)
        failed += UInt64(block.failures.count)
        events += UInt64(block.events)
        validatorUpdates += UInt64(block.validatorUpdates)
        height = block.header.height
        headerHash = block.header.hash.hexadecimal
    }

    mutating func countRefusal() { refused += 1 }

    /// The summary, with the speed over some time.
    func report(elapsed: Duration) -> Report {
        let speed = transactions.perSecond(over: elapsed)
        let json: JSONValue = [
            "type": "summary",
            "blocks": .whole(blocks),
            "transactions": .whole(transactions),
            "succeeded": .whole(transactions - failed),
            "failed": .whole(failed),
            "refused": .whole(refused),
            "events": .whole(events),
            "validator_updates": .whole(validatorUpdates),
            "height": .whole(height),
            "header_hash": .string(headerHash),
            "milliseconds": .whole(UInt64(max(0, elapsed / .milliseconds(1)))),
            "transactions_per_second": .whole(speed),
        ]
        return Report(json) { style in
            var facts = Facts(
                ("blocks", .init(blocks.grouped)),
                ("transactions", .init("\(transactions.grouped), \(speed.grouped)/s", .bold)),
                ("succeeded", .init((transactions - failed).grouped, .green)),
                ("failed", .init(failed.grouped, failed > 0 ? .red : .plain)),
                ("events", .init(events.grouped)),
                ("validator updates", .init(validatorUpdates.grouped)),
                ("height", .init(height.grouped)),
                ("header hash", .init(headerHash))
            )
            if refused > 0 { facts.add("refused", .init(refused.grouped, .red)) }
            return facts.text(style)
        }
    }
}

extension RunSummary {
    /// A transaction that went into no block, as a line.
    static func refusal(of line: UInt64, _ error: ModuleError) -> Report {
        let json: JSONValue = [
            "type": "refused_transaction",
            "line": .whole(line),
            "codespace": .string(error.codespace),
            "code": .whole(error.code.number),
            "error": .string(error.message),
        ]
        return Report(json) { style in "\(style.paint("line \(line)", .red)): \(error.description.printable)\n" }
    }
}

extension BlockRunner.Failure {
    /// The failure as a line.
    var report: Report {
        let json: JSONValue = [
            "type": "failed_transaction",
            "line": .whole(line),
            "height": .whole(height),
            "hash": .string(result.hash.hexText),
            "codespace": .string(error.codespace),
            "code": .whole(error.code.number),
            "error": .string(error.message),
        ]
        return Report(json) { style in "\(style.paint("line \(line)", .red)): \(error.description.printable)\n" }
    }
}
