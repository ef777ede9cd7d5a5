/// What a ``FlipCampaign`` came to.
public struct FlipReport: Sendable {
    /// How often each outcome was.
    public private(set) var counts: [FlipOutcome: UInt64] = [:]
    /// The flips that went unnoticed. Must be empty.
    public private(set) var silent: [FlipResult] = []
    /// The flips that killed a child or let it hang, at most a hundred of them.
    public private(set) var fatal: [FlipResult] = []
    /// The flips that changed nothing, by file.
    public private(set) var harmlessByFile: [String: UInt64] = [:]

    /// How many flips were made.
    public private(set) var count: UInt64 = 0

    /// Whether every flip was noticed or changed nothing.
    public var isSound: Bool { silent.isEmpty }

    mutating func add(_ result: FlipResult) {
        count += 1
        counts[result.outcome, default: 0] += 1
        switch result.outcome {
        case .silent: silent.append(result)
        case .childDied, .childHung: if fatal.count < 100 { fatal.append(result) }
        case .harmless: harmlessByFile[result.flip.file, default: 0] += 1
        default: break
        }
    }
}

extension FlipReport: CustomStringConvertible {
    /// One line for each outcome, and one for each silent flip.
    public var description: String {
        var lines = FlipOutcome.allCases.map { "\($0.rawValue): \(counts[$0] ?? 0)" }
        lines.append(contentsOf: silent.map { "SILENT \($0)" })
        return lines.joined(separator: "\n")
    }
}
