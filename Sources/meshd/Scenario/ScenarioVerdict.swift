import MeshSandbox
import ModuleKit
import Storage

/// What a scenario came to, for people and for programs.
struct ScenarioVerdict {
    private let result: ScenarioReport
    private let file: ScenarioFile
    private let showsTrace: Bool

    init(_ report: ScenarioReport, file: ScenarioFile, showsTrace: Bool) {
        result = report
        self.file = file
        self.showsTrace = showsTrace
    }

    var report: Report {
        var object = JSONObject()
        object["scenario"] = .string(result.name)
        object["file"] = .string(file.path)
        object["seed"] = .whole(result.seed)
        object["is_met"] = .bool(result.isMet)
        object["failure"] =
            result.failure.map { failure in
                [
                    "code": .string(failure.code.rawValue),
                    "line": failure.place.map { .whole($0.line) } ?? .null,
                    "message": .string(failure.message),
                ]
            } ?? .null
        object["expectations"] = .array(result.checks.map(\.document))
        object["chains"] = .array(result.chains.map(\.document))
        if showsTrace { object["trace"] = .array(result.trace.map(\.document)) }
        return Report(.object(object), text: text)
    }

    private func text(_ style: Style) -> String {
        var checks = Table(.init("line", .right), .init("what"), .init("expected"), .init("found"), .init(""))
        for check in result.checks {
            checks.add(
                .init(check.place?.line.description ?? "", .dim),
                .init(check.what),
                .init(check.expected),
                .init(check.found.clipped),
                check.isMet ? .init("yes", .green) : .init("no", .red)
            )
        }
        var chains = Table(
            .init("chain"),
            .init("identifier"),
            .init("height", .right),
            .init("events", .right),
            .init("app hash")
        )
        for chain in result.chains {
            chains.add(
                .init(chain.name, .bold),
                .init(chain.chainID),
                .init(chain.height.grouped),
                .init(chain.eventCount.grouped),
                .init(chain.appHash.hexadecimal)
            )
        }
        return [headline(style), checks.text(style), chains.text(style)].joined(separator: "\n")
    }

    private func headline(_ style: Style) -> String {
        let met = result.checks.count(where: \.isMet)
        let figures = "\(met.grouped) of \(result.checks.count.counting("expectation")) met, seed \(result.seed)"
        let mark = result.isMet ? style.paint("✓", .green) : style.paint("✗", .red)
        let failure = result.failure.map { "  \(style.paint("stopped", .red)): \($0.description.printable)\n" } ?? ""
        return "\(mark) \(style.bold(result.name.printable))  \(figures)\n\(failure)"
    }
}

extension ScenarioReport.Check {
    fileprivate var document: JSONValue {
        [
            "line": place.map { .whole($0.line) } ?? .null,
            "what": .string(what),
            "expected": .string(expected),
            "found": .string(found),
            "is_met": .bool(isMet),
        ]
    }
}

extension ScenarioReport.Chain {
    fileprivate var document: JSONValue {
        [
            "name": .string(name),
            "chain_id": .string(chainID),
            "height": .whole(height),
            "events": .whole(eventCount),
            "app_hash": .string(appHash.hexadecimal),
        ]
    }
}

extension ScenarioTrace.Line {
    fileprivate var document: JSONValue {
        [
            "kind": .string(kind.rawValue),
            "step": step.map { .whole($0) } ?? .null,
            "line": line.map { .whole($0) } ?? .null,
            "chain": .optional(chain),
            "height": height.map { .whole($0) } ?? .null,
            "text": .string(text),
        ]
    }

    /// A line of the trace: what a step says of itself stands out, what happens on chains is set in.
    var report: Report {
        Report(document) { style in
            let text = text.printable
            switch kind {
            case .step: return "\(style.dim("\(step ?? 0)".padded(to: 3, .right))) \(style.bold(text))\n"
            case .met: return "      \(style.paint("✓", .green)) \(text)\n"
            case .unmet: return "      \(style.paint("✗", .red)) \(text)\n"
            case .happening:
                let place = chain.map { "\($0) \(height.map(\.description) ?? "")".padded(to: 16, .left) + "  " } ?? ""
                return "      \(style.dim(place))\(text)\n"
            }
        }
    }
}

extension String {
    /// The text, cut where a table would get too wide.
    fileprivate var clipped: String { count > 48 ? prefix(47) + "…" : self }
}
