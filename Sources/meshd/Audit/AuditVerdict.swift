import MeshAudit
import MeshHost
import ModuleKit
import Storage

/// What an audit came to, whichever it was.
struct AuditVerdict {
    private let audit: String
    /// What is true when there are no findings.
    private let claim: String
    private let isSound: Bool
    private let isComplete: Bool
    /// How much was looked at, by a noun in the singular.
    private let counts: [(name: String, value: UInt64)]
    private let findings: [Finding]
    private let omittedFindingCount: UInt64
    /// What an audit tells beside counts and findings.
    private let details: [(name: String, value: JSONValue)]
    /// What people are shown under the verdict.
    private var appendix: (Style) -> String = { _ in "" }

    init(_ report: VerificationReport) {
        audit = "verify"
        claim = "every byte of the log is what its headers say"
        isSound = report.isSound
        isComplete = report.isComplete
        counts = [
            ("block", report.blockCount), ("signed block", report.signedBlockCount), ("event", report.eventCount),
            ("transaction", report.transactionCount),
        ]
        findings = report.findings
        omittedFindingCount = report.omittedFindingCount
        details =
            report.header.map { header in
                [
                    ("chain_id", .string(header.chainID)), ("height", .whole(header.height)),
                    ("header_hash", .string(header.hash.hexadecimal)),
                ]
            } ?? []
    }

    init(_ report: ReplayReport) {
        audit = "replay"
        claim = "the state is what follows from the log, at every height"
        isSound = report.isSound
        isComplete = report.isComplete
        counts = [("block", report.blockCount), ("event", report.eventCount), ("state value", report.entryCount)]
        findings = report.findings
        omittedFindingCount = report.omittedFindingCount
        details = [
            ("is_same_module_set", .bool(report.isSameModuleSet)),
            ("first_diverging_height", report.firstDivergingHeight.map { .whole($0) } ?? .null),
            ("differences", .array(report.differences.map { .string($0.description) })),
        ]
    }

    init(_ report: ReexecutionReport) {
        audit = "reexecute"
        claim = "the log is what follows from its inputs, byte for byte"
        isSound = report.isSound
        isComplete = report.isSound
        counts = [("block", report.blockCount), ("event", report.eventCount)]
        findings = report.findings
        omittedFindingCount = 0
        details = []
    }

    init(_ report: PrivilegeReport) {
        audit = "privileges"
        claim = "every privileged event stood under a grant, within its cap, and all caps within their total"
        isSound = report.isSound
        isComplete = report.isComplete
        counts = [
            ("block", report.blockCount), ("event", report.eventCount),
            ("privileged event", report.privilegedEventCount),
        ]
        findings = report.findings
        omittedFindingCount = report.omittedFindingCount
        let table = GrantTable(report)
        details = [
            ("grants", table.document), ("total_caps", table.totalCapDocument),
            ("vocabularies", table.vocabularyDocument),
        ]
        appendix = table.text
    }

    /// Prints the verdict.
    ///
    /// - Throws: `checkFailed` when the audit found something, or could not come to its end.
    func conclude(_ console: Console) throws(CommandError) {
        console.print(report)
        guard !isSound else { return }
        let count = UInt64(findings.count) + omittedFindingCount
        let reason = count > 0 ? count.counting("finding") : "it did not come to its end"
        throw CommandError(
            .checkFailed,
            "audit \(audit) does not hold: \(reason); keep a copy of the home before you mend it"
        )
    }

    var report: Report {
        var object = JSONObject()
        object["audit"] = .string(audit)
        object["is_sound"] = .bool(isSound)
        object["is_complete"] = .bool(isComplete)
        for count in counts { object[count.name.replacing(" ", with: "_") + "s"] = .whole(count.value) }
        for detail in details { object[detail.name] = detail.value }
        object["findings"] = .array(findings.map(\.document))
        object["omitted_findings"] = .whole(omittedFindingCount)
        return Report(.object(object), text: text)
    }

    private func text(_ style: Style) -> String {
        let figures = counts.map { $0.value.counting($0.name) }.joined(separator: ", ")
        guard !isSound else { return "\(style.paint("✓ \(audit)", .green))  \(claim): \(figures)\n" + appendix(style) }
        var lines = "\(style.paint("✗ \(audit)", .red))  \(figures)\(isComplete ? "" : ", not complete")\n"
        for finding in findings {
            lines += "  \(style.paint(finding.code.rawValue, .red)) at \(finding.place): \(finding.what.printable)\n"
            lines += style.dim("    \(finding.remedy)") + "\n"
        }
        if omittedFindingCount > 0 { lines += "  … and \(omittedFindingCount.grouped) more\n" }
        return lines + appendix(style)
    }
}

extension Finding {
    /// The finding as programs read it.
    fileprivate var document: JSONValue {
        [
            "code": .string(code.rawValue),
            "place": .string(place.description),
            "height": place.height.map { .whole($0) } ?? .null,
            "sequence": place.sequence.map { .whole($0) } ?? .null,
            "table": .optional(place.table),
            "key": .optional(place.key?.hexText),
            "page": place.page.map { .whole($0) } ?? .null,
            "what": .string(what),
            "remedy": .string(remedy),
        ]
    }
}
