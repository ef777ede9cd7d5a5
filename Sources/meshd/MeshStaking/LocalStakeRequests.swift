import ArgumentParser
import LocalStakingEvents
import ModuleKit
import VaultEvents

/// `meshd vault stake`.
struct VaultStake: RequestCommand {
    static let configuration = CommandConfiguration(
        commandName: "stake",
        abstract: "Puts collateral behind a validator of this chain.",
        discussion: """
            Example:
              meshd vault stake validator 3000000umesh --from alice
            """
    )

    @OptionGroup var global: GlobalOptions
    @OptionGroup var transaction: TransactionOptions
    @OptionGroup var blockTime: BlockTimeOptions
    @OptionGroup var vault: VaultOptions

    @Argument(help: "The validator: its operator's address, or the name of a key.")
    var validator: String

    @Argument(help: "The coin, such as 5umesh.")
    var amount: String

    func request(_ chain: ChainView, _ references: AccountReferences) throws(CommandError) -> Request {
        let validator = try references.validator(validator)
        let coin = try CommandError.wrapping { ProtoCoin(try Coin(amount)) }
        let message = VaultMessage.with {
            $0.stakeLocal.validator = validator
            $0.stakeLocal.amount = coin
        }
        return try Request(message, to: try vault.label(chain))
    }
}

/// `meshd vault restake`.
struct VaultRestake: RequestCommand {
    static let configuration = CommandConfiguration(
        commandName: "restake",
        abstract: "Moves staked collateral from one validator of this chain to another.",
        discussion: """
            Example:
              meshd vault restake meshvaloper1… meshvaloper1… 1000000umesh --from alice
            """
    )

    @OptionGroup var global: GlobalOptions
    @OptionGroup var transaction: TransactionOptions
    @OptionGroup var blockTime: BlockTimeOptions
    @OptionGroup var vault: VaultOptions

    @Argument(help: "The validator that the coins leave.")
    var source: String

    @Argument(help: "The validator that they go to.")
    var destination: String

    @Argument(help: "The coin, such as 5umesh.")
    var amount: String

    func request(_ chain: ChainView, _ references: AccountReferences) throws(CommandError) -> Request {
        let (source, destination) = (try references.validator(source), try references.validator(destination))
        let coin = try CommandError.wrapping { ProtoCoin(try Coin(amount)) }
        let message = LocalStakingMessage.with {
            $0.restake.source = source
            $0.restake.destination = destination
            $0.restake.amount = coin
        }
        return try Request(message, to: try chain.localStaking(ofVault: try vault.label(chain)))
    }
}

/// `meshd vault unstake`.
struct VaultUnstake: RequestCommand {
    static let configuration = CommandConfiguration(
        commandName: "unstake",
        abstract: "Takes collateral back from a validator of this chain; it comes when the unbonding time is over.",
        discussion: """
            What has come back stays under its lien until `meshd vault release`.

            Example:
              meshd vault unstake validator 1000000umesh --from alice
            """
    )

    @OptionGroup var global: GlobalOptions
    @OptionGroup var transaction: TransactionOptions
    @OptionGroup var blockTime: BlockTimeOptions
    @OptionGroup var vault: VaultOptions

    @Argument(help: "The validator: its operator's address, or the name of a key.")
    var validator: String

    @Argument(help: "The coin, such as 5umesh.")
    var amount: String

    func request(_ chain: ChainView, _ references: AccountReferences) throws(CommandError) -> Request {
        let validator = try references.validator(validator)
        let coin = try CommandError.wrapping { ProtoCoin(try Coin(amount)) }
        let message = LocalStakingMessage.with {
            $0.unstake.validator = validator
            $0.unstake.amount = coin
        }
        return try Request(message, to: try chain.localStaking(ofVault: try vault.label(chain)))
    }
}

/// `meshd vault release`.
struct VaultRelease: RequestCommand {
    static let configuration = CommandConfiguration(
        commandName: "release",
        abstract: "Frees all collateral that has come back from validators of this chain.",
        discussion: """
            Nothing happens where nothing has come back.

            Example:
              meshd vault release --from alice
            """
    )

    @OptionGroup var global: GlobalOptions
    @OptionGroup var transaction: TransactionOptions
    @OptionGroup var blockTime: BlockTimeOptions
    @OptionGroup var vault: VaultOptions

    func request(_ chain: ChainView, _ references: AccountReferences) throws(CommandError) -> Request {
        let label = try chain.localStaking(ofVault: try vault.label(chain))
        return try Request(LocalStakingMessage.with { $0.release = .init() }, to: label)
    }
}
