import Foundation

/// The measurements as a table for people and as JSON for programs.
enum Report {
    static func table(_ measurements: [Measurement]) -> String {
        var rows = [["work", "figure", "baseline", "ratio", "bar", ""]]
        for measurement in measurements {
            rows.append([
                measurement.name,
                "\(short(measurement.value)) \(measurement.unit)",
                measurement.baselineValue.map { "\(short($0)) \(measurement.baseline)" } ?? "",
                measurement.ratio.map { String(format: "%.2f", $0) } ?? "",
                measurement.bar,
                measurement.isMet.map { $0 ? "met" : "MISSED" } ?? "",
            ])
        }
        let widths = (0..<6).map { column in rows.map { $0[column].count }.max() ?? 0 }
        var lines = rows.map { row in
            zip(row, widths).map { $0.padding(toLength: $1, withPad: " ", startingAt: 0) }.joined(separator: "  ")
        }
        lines.insert(widths.map { String(repeating: "-", count: $0) }.joined(separator: "  "), at: 1)
        for measurement in measurements {
            for note in measurement.notes { lines.append("\(measurement.name): \(note)") }
        }
        return lines.joined(separator: "\n")
    }

    static func json(_ measurements: [Measurement]) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        encoder.keyEncodingStrategy = .convertToSnakeCase
        return String(decoding: try encoder.encode(measurements), as: UTF8.self)
    }

    /// Three digits that matter, with thousands as k and millions as M.
    static func short(_ value: Double) -> String {
        switch value {
        case 10_000_000...: String(format: "%.1f M", value / 1_000_000)
        case 1_000_000...: String(format: "%.2f M", value / 1_000_000)
        case 10_000...: String(format: "%.0f k", value / 1_000)
        case 1_000...: String(format: "%.2f k", value / 1_000)
        case 10...: String(format: "%.1f", value)
        default: String(format: "%.3f", value)
        }
    }
}
