import Foundation

/// One figure with the baseline of the same run.
struct Measurement: Codable {
    /// What was done.
    let name: String
    /// How much, in `unit`.
    let value: Double
    /// The unit, such as `events/s`.
    let unit: String
    /// What the baseline is; empty where there is none.
    var baseline = ""
    /// The baseline's figure, in the same unit.
    var baselineValue: Double?
    /// What the design asks for, in words.
    var bar = ""
    /// Whether the bar is met; nil where there is none.
    var isMet: Bool?
    /// Where the time went, or what the figure depends on.
    var notes: [String] = []

    /// The figure over its baseline.
    var ratio: Double? { baselineValue.map { value / $0 } }
}

/// Runs a body and tells how long it took, in seconds.
func seconds<Result>(_ body: () throws -> Result) rethrows -> (result: Result, seconds: Double) {
    let start = ContinuousClock.now
    let result = try body()
    return (result, (ContinuousClock.now - start).seconds)
}

extension Duration {
    var seconds: Double { Double(components.seconds) + Double(components.attoseconds) / 1e18 }
}

/// A folder for one measurement, removed at its end.
func withScratchFolder<Result>(in base: String?, _ body: (String) throws -> Result) throws -> Result {
    let parent = base.map { URL(fileURLWithPath: $0) } ?? FileManager.default.temporaryDirectory
    let folder = parent.appendingPathComponent("mesh-bench-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try body(folder.path)
}

/// The memory that the process holds, in bytes (Linux, `/proc/self/statm`).
func residentBytes() -> Int {
    let text = (try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8)) ?? ""
    let pages = text.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
    return pages * 4096
}
