import ArgumentParser
import ModuleKit
import VaultEvents

/// `meshd vault account`.
struct VaultAccountCommand: ChainQuery {
    static let configuration = CommandConfiguration(
        commandName: "account",
        abstract: "Shows an account's collateral, what is free of it, and who has a lien on the rest.",
        discussion: """
            Where something is in flight to another chain, the two amounts stand between which its outcome decides.

            Example:
              meshd vault account alice
            """
    )

    @OptionGroup var global: GlobalOptions
    @OptionGroup var vault: VaultOptions

    @Argument(help: "The address, or the name of a key.")
    var account: String

    func report(_ chain: ChainView) throws(CommandError) -> Report {
        let label = try vault.label(chain)
        let address = chain.addresses.format(try references(chain).account(account), as: .account)
        let account = try chain.vault(label) { $0.account.address = address }.account
        var liens: [LienRow] = []
        for lien in account.liens { liens.append(try LienRow(lien)) }
        let all = liens
        var document = account.object
        document["vault"] = .string(label)
        document["liens"] = .array(all.map(\.document))
        return Report(.object(document)) { style in
            var facts = Facts(
                ("account", .init(account.address, .bold)),
                ("vault", .init(label)),
                ("bonded", .init("\(account.bonded.groupingDigits) \(account.denom)")),
                ("free", .init(account.free.text)),
                ("largest lien", .init(account.maxLien.text)),
                ("slashable", .init(account.totalSlashable.text))
            )
            if account.unburned != "0" {
                facts.add("still to be destroyed", .init(account.unburned.groupingDigits, .red))
            }
            guard !all.isEmpty else { return facts.text(style) + style.dim("there are no liens") + "\n" }
            var table = Table(
                .init("holder"),
                .init("for stake"),
                .init("lien", .right),
                .init("in flight", .right),
                .init("slashable", .right),
                .init("instance")
            )
            for row in all { table.rows.append(row.cells) }
            return facts.text(style) + "\n" + table.text(style)
        }
    }
}

/// A lien as it is shown.
private struct LienRow {
    let lien: VaultLienDetails
    /// The part of it that the holder may still roll back.
    let inFlight: Amount

    init(_ lien: VaultLienDetails) throws(CommandError) {
        self.lien = lien
        inFlight = try CommandError.wrapping {
            try Amount(lien.amount.high).saturatingSubtracting(try Amount(lien.amount.low))
        }
    }

    /// The lien as programs read it.
    var document: JSONValue {
        [
            "holder": .string(lien.holder.label),
            "holder_address": .string(lien.holder.address),
            "purpose": .string(lien.purpose.name),
            "amount": lien.amount.document,
            "in_flight": .string(inFlight.description),
            "slashable": .string(lien.slashable),
        ]
    }

    var cells: [Table.Cell] {
        [
            .init(lien.holder.label, .bold),
            .init(lien.purpose == .local ? "on this chain" : "on another chain"),
            .init(lien.amount.high.groupingDigits),
            .amount(inFlight.description, .yellow),
            .init(lien.slashable.percentage),
            .init(lien.holder.address, .dim),
        ]
    }
}

extension VaultLienPurpose {
    /// The purpose in a word.
    var name: String {
        switch self {
        case .local: "local"
        case .remote: "remote"
        case .unspecified, .UNRECOGNIZED: "unknown"
        }
    }
}

extension VaultRange {
    /// `1,234`, or `1,234 to 2,345` while part of it is decided elsewhere.
    var text: String {
        low == high ? high.groupingDigits : "\(low.groupingDigits) to \(high.groupingDigits)"
    }

    /// The bounds as programs read them.
    var document: JSONValue { ["low": .string(low), "high": .string(high)] }
}

extension VaultAccountDetails {
    /// What programs read of an account, but for its liens.
    var object: JSONObject {
        var object = JSONObject()
        object["address"] = .string(address)
        object["denom"] = .string(denom)
        object["bonded"] = .string(bonded)
        object["free"] = free.document
        object["max_lien"] = maxLien.document
        object["total_slashable"] = totalSlashable.document
        object["unburned"] = .string(unburned)
        return object
    }
}

extension Table.Cell {
    /// An amount, its digits in groups; a dash for none.
    static func amount(_ text: String, _ paint: Style.Paint = .plain) -> Table.Cell {
        text == "0" ? .init("–", .dim) : .init(text.groupingDigits, paint)
    }
}
