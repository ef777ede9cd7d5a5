import BankEvents
import MeshHost
import ModuleKit
import StakingEvents
import Storage

/// What came of a genesis: the totals of the new chain, and what its import met.
struct ImportReport {
    private let home: Home
    private let chainID: String
    private let accounts: UInt64
    private let supplies: [BankSupply]
    private let validators: [StakingValidator]
    private let bonded: ProtoCoin
    private let instances: [HostInstance]
    private let events: UInt64
    private let findings: [GenesisReport.Finding]

    init(_ chain: ChainView, _ report: GenesisReport, home: Home) throws(CommandError) {
        self.home = home
        chainID = chain.host.chainID
        instances = chain.instances
        events = chain.host.lastHeader.eventCount
        findings = report.findings
        supplies = try chain.supplies()
        validators = try chain.validators()
        bonded = try chain.staking { $0.pool = .init() }.pool.bonded
        accounts = try chain.accountCount()
    }

    /// The findings, one a row.
    static func table(_ findings: [GenesisReport.Finding]) -> Table {
        var table = Table(.init("path"), .init("what"), .init("count", .right), .init("reason"), .init("example"))
        for finding in findings {
            table.add(
                .init(finding.path, .bold),
                finding.weight == .skipped ? .init("skipped", .yellow) : .init("remark", .dim),
                .init(finding.count.grouped),
                .init(finding.reason),
                .init(finding.example, .dim)
            )
        }
        return table
    }

    var report: Report {
        let json: JSONValue = [
            "home": .string(home.path),
            "chain_id": .string(chainID),
            "accounts": .whole(accounts),
            "supply": .array(supplies.map(\.reported.document)),
            "validators": .whole(validators.count),
            "bonded_validators": .whole(bondedCount),
            "bonded": bonded.document,
            "instances": .array(instances.map { .string($0.label) }),
            "events": .whole(events),
            "findings": .array(findings.map(\.document)),
        ]
        return Report(json, text: text)
    }

    private var bondedCount: Int { validators.count { $0.stake.status == .bonded } }

    private func text(_ style: Style) -> String {
        var facts = Facts(
            ("chain", .init(chainID, .bold)),
            ("home", .init(home.path)),
            ("accounts", .init(accounts.grouped))
        )
        for supply in supplies.prefix(10) { facts.add("supply", .init(supply.reported.text)) }
        if supplies.count > 10 { facts.add("supply", .init("… and \((supplies.count - 10).grouped) more", .dim)) }
        facts.add("validators", .init("\(validators.count.grouped), \(bondedCount.grouped) of them bonded"))
        facts.add("bonded", .init(bonded.text))
        facts.add("instances", .init(instances.map(\.label).joined(separator: ", ")))
        facts.add("events", .init(events.grouped))
        let met = findings.isEmpty ? "" : "\nThe import met:\n" + Self.table(findings).text(style)
        return facts.text(style) + met
    }
}

extension GenesisReport.Finding {
    /// The finding as programs read it.
    var document: JSONValue {
        [
            "path": .string(path),
            "weight": weight == .skipped ? "skipped" : "remark",
            "reason": .string(reason),
            "count": .whole(count),
            "example": .string(example),
        ]
    }
}
