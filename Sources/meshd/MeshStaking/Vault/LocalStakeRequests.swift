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

    @OptionGroup var options: RequestOptions
    @OptionGroup var vault: VaultOptions

    @OptionGroup var stake: StakeArguments

    func request(_ chain: ChainView, _ references: AccountReferences) throws(CommandError) -> Request {
        let (validator, coin) = try stake.read(references)
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

    @OptionGroup var options: RequestOptions
    @OptionGroup var vault: VaultOptions

    @OptionGroup var stake: MovedStakeArguments

    func request(_ chain: ChainView, _ references: AccountReferences) throws(CommandError) -> Request {
        let (source, destination, coin) = try stake.read(references)
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

    @OptionGroup var options: RequestOptions
    @OptionGroup var vault: VaultOptions

    @OptionGroup var stake: StakeArguments

    func request(_ chain: ChainView, _ references: AccountReferences) throws(CommandError) -> Request {
        let (validator, coin) = try stake.read(references)
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

    @OptionGroup var options: RequestOptions
    @OptionGroup var vault: VaultOptions

    func request(_ chain: ChainView, _ references: AccountReferences) throws(CommandError) -> Request {
        let label = try chain.localStaking(ofVault: try vault.label(chain))
        return try Request(LocalStakingMessage.with { $0.release = .init() }, to: label)
    }
}
