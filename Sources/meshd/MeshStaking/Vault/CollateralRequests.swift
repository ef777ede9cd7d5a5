import ArgumentParser
import ModuleKit
import VaultEvents

/// `meshd vault bond`.
struct VaultBond: RequestCommand {
    static let configuration = CommandConfiguration(
        commandName: "bond",
        abstract: "Brings coins into the vault.",
        discussion: """
            Example:
              meshd vault bond 5000000umesh --from alice
            """
    )

    @OptionGroup var options: RequestOptions
    @OptionGroup var vault: VaultOptions

    @Argument(help: "The coin, such as 5umesh.")
    var amount: String

    func request(_ chain: ChainView, _ references: AccountReferences) throws(CommandError) -> Request {
        let coin = try ProtoCoin(argument: amount)
        return try Request(VaultMessage.with { $0.bond.amount = coin }, to: try vault.label(chain))
    }
}

/// `meshd vault unbond`.
struct VaultUnbond: RequestCommand {
    static let configuration = CommandConfiguration(
        commandName: "unbond",
        abstract: "Takes coins out of the vault that no lien is on; they are there at once.",
        discussion: """
            `meshd vault account` shows how much is free. To free more, give stake up: with `meshd vault unstake` and \
            `meshd vault release`, or with `meshd cross-unstake` and `meshd withdraw`.

            Example:
              meshd vault unbond 2000000umesh --from alice
            """
    )

    @OptionGroup var options: RequestOptions
    @OptionGroup var vault: VaultOptions

    @Argument(help: "The coin, such as 5umesh.")
    var amount: String

    func request(_ chain: ChainView, _ references: AccountReferences) throws(CommandError) -> Request {
        let coin = try ProtoCoin(argument: amount)
        return try Request(VaultMessage.with { $0.unbond.amount = coin }, to: try vault.label(chain))
    }
}
