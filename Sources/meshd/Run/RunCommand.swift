import ArgumentParser
import MeshHost
import MeshSandbox
import ModuleKit
import Storage

/// `meshd run`.
struct RunCommand: MeshCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Executes transactions, one JSON document a line, in blocks.",
        discussion: """
            A line is a signed transaction as `meshd tx … --sign-only` prints it, or {"tx":"BASE64"}. Two other lines end \
            the block under way: {"end_block":true}, and {"advance":"504h0m0s"}, after which the next block is that much \
            later. A transaction that fails stands in the log with its reason; a line that is none ends the run, and the \
            blocks before it stay. With --minimum-fees, a transaction that pays less is told of, and goes into no block.

            With --acknowledge, a line `committed HEIGHT HEADERHASH` follows each block as soon as it is on disk.

            Example:
              meshd run transactions.jsonl --block-size 500
            """
    )

    @OptionGroup var global: GlobalOptions
    @OptionGroup var blockTime: BlockTimeOptions

    @Argument(help: "The file; - is standard input.")
    var file = "-"

    @Option(name: .long, help: "How many transactions a block holds at most.")
    var blockSize = 1_000

    @Option(name: .long, help: "How many heights before the last one keep their state provable.")
    var provableHeights = HostOptions().provableHeights

    @Option(name: .long, help: "What a transaction pays at least, of one of these: 100umesh,7uatom. (default: nothing)")
    var minimumFees = ""

    @Option(name: .long, help: "How many failed transactions to print.")
    var failuresShown = 20

    @Flag(name: .long, help: "Print a line for each block as soon as it is on disk.")
    var acknowledge = false

    @Flag(name: .long, help: "End with code 1 when a transaction failed.")
    var strict = false

    func validate() throws {
        if blockSize < 1 { throw ValidationError("--block-size is at least 1.") }
    }

    func execute(_ console: Console) throws(CommandError) {
        let minimumFees = try Coins(minimumFees, option: "--minimum-fees")
        let sequencer = try home.openSequencer(provableHeights: provableHeights, minimumFees: minimumFees)
        let host = sequencer.host
        if file == "-", Terminal.standardInput.isInteractive {
            console.note("reading lines from here; end with Control-D")
        }
        defer { try? host.store.close() }
        var run = Run(
            host: host,
            runner: BlockRunner(sequencer, time: blockTime, blockSize: blockSize),
            summary: RunSummary(height: host.lastHeader.height, headerHash: host.lastHeader.hash.hexadecimal),
            console: console,
            acknowledges: acknowledge,
            failuresShown: max(0, failuresShown)
        )
        let start = ContinuousClock.now
        let badLine = try run.execute(try LineReader(file))
        console.stream(run.summary.report(elapsed: ContinuousClock.now - start))
        if let badLine { throw badLine }
        guard strict else { return }
        if run.summary.failed > 0 {
            let failed = run.summary.failed.counting("transaction")
            throw CommandError(.checkFailed, "\(failed) failed; the receipts stand in the log")
        }
        if run.summary.refused > 0 {
            let refused = run.summary.refused.counting("transaction")
            throw CommandError(.checkFailed, "\(refused) paid less than --minimum-fees, and went into no block")
        }
    }
}

/// A run in progress.
private struct Run {
    let host: ChainHost
    var runner: BlockRunner
    var summary: RunSummary
    let console: Console
    let acknowledges: Bool
    let failuresShown: Int

    /// Executes all lines up to the first bad one; what was gathered before it is still executed.
    ///
    /// - Returns: what is wrong with the bad line.
    mutating func execute(_ reader: LineReader) throws(CommandError) -> CommandError? {
        let bar = console.progress("running", unit: "transactions", total: reader.byteCount)
        defer { bar.finish() }
        var failure: CommandError?
        do throws(CommandError) {
            while let text = try reader.next() {
                try take(try line(text, reader), number: reader.lineNumber, bar)
                bar.update(reader.bytesRead, count: summary.transactions)
            }
        } catch let error where error.code == .badInput {
            failure = error
        }
        if runner.isUnderWay { try endBlock(bar) }
        return failure
    }

    private func line(_ text: String, _ reader: LineReader) throws(CommandError) -> RunLine {
        do throws(ModuleError) {
            return try RunLine(text)
        } catch {
            throw reader.failure("\(error.messageWithinLine); the lines before it are executed", cause: error)
        }
    }

    private mutating func take(_ line: RunLine, number: UInt64, _ bar: ProgressBar) throws(CommandError) {
        switch line {
        case .nothing: break
        case .transaction(let bytes):
            if let error = host.feeRefusal(of: bytes) { return refuse(number, error, bar) }
            if runner.isUnderWay, !runner.hasRoom(for: bytes.count) { try endBlock(bar) }
            runner.add(bytes, line: number)
            if runner.isFull { try endBlock(bar) }
        case .endBlock: try endBlock(bar)
        case .advance(let span):
            if runner.isUnderWay { try endBlock(bar) }
            runner.advance(by: span)
        }
    }

    private mutating func refuse(_ line: UInt64, _ error: ModuleError, _ bar: ProgressBar) {
        if summary.failed + summary.refused < UInt64(failuresShown) {
            bar.finish()
            console.stream(RunSummary.refusal(of: line, error))
        }
        summary.countRefusal()
    }

    private mutating func endBlock(_ bar: ProgressBar) throws(CommandError) {
        let block = try runner.endBlock()
        if acknowledges { console.line("committed \(block.header.height) \(block.header.hash.hexadecimal)") }
        let shown = summary.failed + summary.refused
        let room = UInt64(failuresShown) > shown ? UInt64(failuresShown) - shown : 0
        if room > 0, !block.failures.isEmpty { bar.finish() }
        for failure in block.failures.prefix(Int(room)) { console.stream(failure.report) }
        summary.add(block)
    }
}

extension ModuleError {
    /// The message about a document of one line: its line is the file's, which is named already.
    fileprivate var messageWithinLine: String {
        let inner = "line 1, "
        return message.hasPrefix(inner) ? String(message.dropFirst(inner.count)) : message
    }
}
