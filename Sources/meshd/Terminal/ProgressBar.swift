/// A line on standard error that shows how far long work has come; nothing at all where nobody looks on.
///
/// The clock only decides how often the line is drawn and which speed it shows.
final class ProgressBar {
    private static let width = 30
    private static let interval = Duration.milliseconds(100)

    private let title: String
    private let unit: String
    private let total: UInt64?
    private let isShown: Bool
    private let terminal = Terminal.standardError
    private let start = ContinuousClock.now
    private var lastDrawn: ContinuousClock.Instant?

    init(title: String, unit: String, total: UInt64?, isShown: Bool) {
        self.title = title
        self.unit = unit
        self.total = total
        self.isShown = isShown
    }

    /// Shows that `done` of the total are done. `count` is what the speed is told in, `done` unless given.
    func update(_ done: UInt64, count: UInt64? = nil) {
        guard isShown else { return }
        let now = ContinuousClock.now
        if let lastDrawn, now - lastDrawn < Self.interval { return }
        lastDrawn = now
        let line = Self.line(
            title: title,
            unit: unit,
            done: done,
            total: total,
            count: count ?? done,
            elapsed: now - start
        )
        terminal.write("\r\u{1B}[2K" + line)
    }

    /// Takes the line away.
    func finish() {
        guard isShown, lastDrawn != nil else { return }
        terminal.write("\r\u{1B}[2K")
    }

    /// The line, as a pure function of what it shows.
    static func line(title: String, unit: String, done: UInt64, total: UInt64?, count: UInt64, elapsed: Duration)
        -> String
    {
        let figures = "\(count.grouped) \(unit), \(count.perSecond(over: elapsed).grouped)/s"
        guard let total, total > 0 else { return "\(title) \(figures)" }
        let part = Double(min(done, total)) / Double(total)
        let filled = Int(part * Double(width))
        let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: width - filled)
        return "\(title) \(bar) \("\(Int(part * 100))".padded(to: 3, .right))%  \(figures)"
    }
}

extension UInt64 {
    /// How many a second that is; 0 for no time at all.
    func perSecond(over elapsed: Duration) -> UInt64 {
        let seconds = elapsed / .seconds(1)
        return seconds > 0 ? UInt64(Double(self) / seconds) : 0
    }
}
