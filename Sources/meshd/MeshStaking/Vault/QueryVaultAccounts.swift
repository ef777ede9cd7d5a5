import ArgumentParser
import ModuleKit
import VaultEvents

/// `meshd query vault-accounts`.
struct QueryVaultAccounts: ChainQuery {
    static let configuration = CommandConfiguration(
        commandName: "vault-accounts",
        abstract: "Lists the accounts of a vault by address: collateral, what is free, and what can be slashed.",
        discussion: """
            Example:
              meshd query vault-accounts --limit 20
            """
    )

    @OptionGroup var global: GlobalOptions
    @OptionGroup var vault: VaultOptions

    @Option(name: .long, help: "How many to list.")
    var limit: Int?

    func report(_ chain: ChainView) throws(CommandError) -> Report {
        let label = try vault.label(chain)
        let denom = try chain.vault(label) { $0.settings = .init() }.settings.denom
        let accounts = try chain.vaultAccounts(label, limit: max(0, limit ?? .max))
        let json: JSONValue = [
            "vault": .string(label),
            "denom": .string(denom),
            "accounts": .array(
                accounts.map {
                    var object = $0.object
                    object["lien_count"] = .whole($0.liens.count)
                    return .object(object)
                }
            ),
        ]
        return Report(json) { style in
            guard !accounts.isEmpty else { return style.dim("\(label) keeps nobody's collateral") + "\n" }
            var table = Table(
                .init("bonded", .right),
                .init("free", .right),
                .init("largest lien", .right),
                .init("slashable", .right),
                .init("liens", .right),
                .init("account")
            )
            for account in accounts {
                table.add(
                    .init(account.bonded.groupingDigits, .bold),
                    .init(account.free.text),
                    .init(account.maxLien.text),
                    .init(account.totalSlashable.text),
                    .init(account.liens.count.grouped),
                    .init(account.address, .dim)
                )
            }
            return style.bold("Collateral in \(label), in \(denom)") + "\n" + table.text(style)
        }
    }
}
