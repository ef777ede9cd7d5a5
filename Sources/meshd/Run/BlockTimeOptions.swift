import ArgumentParser
import Foundation
import MeshHost
import ModuleKit
import Storage

/// When the next block is.
struct BlockTimeOptions: ParsableArguments {
    @Option(name: .long, help: "How much later each block is than the one before, such as 5s or 1h.")
    var blockInterval: BlockInterval = BlockInterval(span: .seconds(5))

    @Flag(name: .long, help: "Date blocks by the clock, instead of by the interval alone.")
    var realTime = false

    /// The next block, dated by the last header and the interval alone unless told otherwise.
    ///
    /// - Parameter span: how much later it is; the interval unless given.
    func next(after header: BlockHeader, by span: TimeSpan? = nil, transactions: [[UInt8]]) throws(CommandError)
        -> ProposedBlock
    {
        let last = Timestamp(nanoseconds: header.timeNanoseconds)
        var time = try CommandError.wrapping { try last.adding(span ?? blockInterval.span) }
        if realTime, span == nil {
            let now = Date().timeIntervalSince1970
            time = max(last, Timestamp(nanoseconds: now > 0 ? UInt64(now) * 1_000_000_000 : 0))
        }
        let (height, overflow) = header.height.addingReportingOverflow(1)
        guard !overflow else { throw CommandError(.badInput, "the chain is at its last height") }
        return ProposedBlock(height: height, time: time, transactions: transactions)
    }
}

/// A length of time on the command line: `5s`, `1h30m0s`, or plain seconds.
struct BlockInterval: ExpressibleByArgument {
    let span: TimeSpan

    init(span: TimeSpan) { self.span = span }

    init?(argument: String) {
        let text = argument.utf8.allSatisfy { (0x30...0x39).contains($0) } ? argument + "s" : argument
        guard let span = try? TimeSpan(text) else { return nil }
        self.span = span
    }

    var defaultValueDescription: String { span.description }
}
