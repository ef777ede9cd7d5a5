import MeshAudit
import MeshHost
import ModuleKit

/// The grants of a log, and their total caps, as they are shown: one row for each decision, those of one grant together.
struct GrantTable {
    private let grants: [AuditedGrant]
    private let totalCaps: [AuditedTotalCap]
    private let vocabularies: [PrivilegeReport.Vocabulary]

    init(_ report: PrivilegeReport) {
        grants = report.grants
        totalCaps = report.totalCaps
        vocabularies = report.vocabularies
    }

    /// The table, and under it when a holder had more than its cap allows.
    func text(_ style: Style) -> String {
        guard !grants.isEmpty || !totalCaps.isEmpty else { return "no grant was ever given\n" }
        var table = Table(
            .init("holder"),
            .init("privilege"),
            .init("from", .right),
            .init("event", .right),
            .init("cap", .right),
            .init("events", .right),
            .init("at most", .right),
            .init("last", .right),
            .init("by")
        )
        for grant in grants {
            for (index, decision) in grant.decisions.enumerated() {
                let isFirst = index == 0
                table.add(
                    .init(isFirst ? grant.label : "", .bold),
                    .init(isFirst ? grant.privilege.name : ""),
                    .init(decision.height.grouped),
                    .init(decision.sequence.grouped),
                    Self.cap(decision),
                    .init(isFirst ? grant.eventCount.grouped : ""),
                    .init(isFirst ? grant.use?.maximum.description.groupingDigits ?? "–" : ""),
                    .init(isFirst ? grant.use?.last.description.groupingDigits ?? "–" : ""),
                    .init(decision.origin.text)
                )
            }
        }
        for total in totalCaps {
            for (index, decision) in total.decisions.enumerated() {
                table.add(
                    .init(index == 0 ? "all together" : "", .bold),
                    .init(index == 0 ? total.privilege.name : ""),
                    .init(decision.height.grouped),
                    .init(decision.sequence.grouped),
                    Self.cap(decision),
                    .init(""),
                    .init(""),
                    .init(""),
                    .init(decision.origin.text)
                )
            }
        }
        return table.text(style)
            + grants.flatMap { grant in grant.overCap.map { Self.line($0, of: grant, style) } }.joined()
    }

    private static func cap(_ decision: GrantDecision) -> Table.Cell {
        guard decision.action != .revoked else { return .init("revoked", .yellow) }
        return decision.cap.map { .init($0.description.groupingDigits) } ?? .init("none", .dim)
    }

    private static func line(_ span: AuditedGrant.OverCap, of grant: AuditedGrant, _ style: Style) -> String {
        let end = span.until.map { "until height \($0.grouped)" } ?? "to the end of the log"
        let line =
            "\(grant.label) had more than its cap of \(grant.privilege) since height \(span.since.grouped), \(end)"
        return style.paint(line.printable, .yellow) + "\n"
    }

    /// The grants as programs read them.
    var document: JSONValue { .array(grants.map(\.document)) }

    /// The total caps as programs read them.
    var totalCapDocument: JSONValue {
        .array(
            totalCaps.map { total in
                [
                    "privilege": .string(total.privilege.name), "cap": .optional(total.cap?.description),
                    "decisions": .array(total.decisions.map(\.document)),
                ]
            }
        )
    }

    /// The vocabularies that need privileges, as programs read them.
    var vocabularyDocument: JSONValue {
        .array(
            vocabularies.filter { !$0.privilegedKinds.isEmpty }.map { vocabulary in
                [
                    "number": .whole(vocabulary.number), "message": .string(vocabulary.messageName),
                    "descriptor_hash": .string(vocabulary.descriptorHash.hexText),
                    "privileged_kinds": .array(
                        vocabulary.privilegedKinds.map { kind in
                            ["kind": .string(kind.name), "privilege": .string(kind.privilege.name)]
                        }
                    ),
                ]
            }
        )
    }
}

extension AuditedGrant {
    fileprivate var document: JSONValue {
        var object = JSONObject()
        object["instance"] = .string(label)
        object["instance_number"] = .whole(instance)
        object["module"] = .string(module)
        object["privilege"] = .string(privilege.name)
        object["is_live"] = .bool(isLive)
        object["cap"] = .optional(cap?.description)
        object["events"] = .whole(eventCount)
        object["use"] =
            use.map { ["maximum": .string($0.maximum.description), "last": .string($0.last.description)] } ?? .null
        object["over_cap"] = .array(
            overCap.map { ["since_height": .whole($0.since), "until_height": $0.until.map { .whole($0) } ?? .null] }
        )
        object["decisions"] = .array(decisions.map(\.document))
        return .object(object)
    }
}

extension GrantDecision {
    fileprivate var document: JSONValue {
        [
            "action": .string(action.rawValue), "height": .whole(height), "sequence": .whole(sequence),
            "cap": .optional(cap?.description), "by": origin.document,
        ]
    }
}

extension GrantOrigin {
    /// Such as `proposal 3 of governance (executed): yes 10, no 2`.
    fileprivate var text: String {
        switch self {
        case .genesis: return "genesis"
        case .transaction(_, let signers): return signers.isEmpty ? "a transaction" : signers.joined(separator: ", ")
        case .event(let event):
            let source = "\(event.label) (\(event.kind), event \(event.sequence.grouped))"
            guard let proposal = event.proposal else { return source }
            let votes = event.votes.map { "\($0.name) \($0.weight.groupingDigits)" }.joined(separator: ", ")
            return "proposal \(proposal) of \(source)" + (votes.isEmpty ? "" : ": \(votes)")
        case .unknown: return "nobody that the log names"
        }
    }

    fileprivate var document: JSONValue {
        switch self {
        case .genesis: return ["kind": "genesis"]
        case .transaction(let number, let signers):
            return [
                "kind": "transaction", "transaction": .whole(number), "signers": .array(signers.map { .string($0) }),
            ]
        case .event(let event):
            return [
                "kind": "event", "sequence": .whole(event.sequence), "instance": .string(event.label),
                "module": .string(event.module), "event": .string(event.kind), "proposal": .optional(event.proposal),
                "votes": .array(event.votes.map { ["option": .string($0.name), "weight": .string($0.weight)] }),
            ]
        case .unknown: return ["kind": "unknown"]
        }
    }
}
