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

    /// The time of the next block, by the last header and the interval alone unless told otherwise.
    ///
    /// - Parameter span: how much later it is; the interval unless given.
    func next(after header: BlockHeader, by span: TimeSpan? = nil) throws(CommandError) -> Timestamp {
        let last = Timestamp(nanoseconds: header.timeNanoseconds)
        guard realTime, span == nil else {
            return try CommandError.wrapping { try last.adding(span ?? blockInterval.span) }
        }
        // On a signed chain every block is later than the one before it, however fast they follow each other.
        let earliest = try CommandError.wrapping { try last.adding(TimeSpan(nanoseconds: 1)) }
        return max(earliest, Timestamp.now)
    }
}

extension Timestamp {
    /// The machine's clock.
    static var now: Timestamp {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        let (seconds, nanoseconds) = (UInt64(clamping: time.tv_sec), UInt64(clamping: time.tv_nsec))
        return Timestamp(
            nanoseconds: seconds.multipliedReportingOverflow(by: 1_000_000_000).partialValue &+ nanoseconds
        )
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
