import CometBFT
import MeshSandbox
import ModuleKit

/// What was found, and what became of it.
struct ObserverFindings {
    let chainID: String
    let outcomes: [ObserverOutcome]

    var report: Report {
        let (chainID, outcomes) = (chainID, outcomes)
        return Report(["chain_id": .string(chainID), "findings": .array(outcomes.map(\.document))]) { style in
            guard !outcomes.isEmpty else {
                return style.dim("nothing can be held against the validators of \(chainID)") + "\n"
            }
            var table = Table(
                .init("validator"),
                .init("height", .right),
                .init("kind"),
                .init("told"),
                .init("what became of it")
            )
            for outcome in outcomes { table.rows.append(outcome.cells) }
            return table.text(style)
        }
    }
}

extension ObserverOutcome {
    /// Whether nothing is left to do.
    var isSettled: Bool {
        guard refusal == nil else { return false }
        switch report.action {
        case .submit, .known, .tooOld: return true
        case .prepare, .unprovable: return false
        }
    }

    /// One word for programs.
    private var status: String {
        guard refusal == nil else { return "refused" }
        switch report.action {
        case .submit: return "proven"
        case .known: return "known"
        case .tooOld: return "too_old"
        case .prepare, .unprovable: return "unprovable"
        }
    }

    /// Why it was not proven now; nil where it was.
    private var reason: String? {
        if let refusal { return refusal }
        switch report.action {
        case .submit, .prepare: return nil
        case .known(let what): return what
        case .tooOld(let why), .unprovable(let why): return why
        }
    }

    fileprivate var document: JSONValue {
        [
            "kind": .string(report.fault.kind.rawValue),
            "validators": .array(report.fault.validators.map { .string($0.description) }),
            "height": .whole(report.fault.height),
            "told": report.place.isEmpty ? .null : .string(report.place),
            "status": .string(status),
            "reason": .optional(reason),
        ]
    }

    fileprivate var cells: [Table.Cell] {
        let paint: Style.Paint =
            switch status {
            case "proven": .green
            case "known", "too_old": .dim
            default: .red
            }
        let validators = report.fault.validators.map(\.description).joined(separator: " ")
        return [
            .init(validators.isEmpty ? "–" : validators, .bold),
            .init(UInt64(clamping: report.fault.height).grouped),
            .init(report.fault.kind.rawValue),
            .init(report.place.isEmpty ? "–" : report.place),
            .init(text, paint),
        ]
    }
}
