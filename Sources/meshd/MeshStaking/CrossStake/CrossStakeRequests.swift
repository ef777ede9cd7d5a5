import ArgumentParser
import ExternalStakingEvents
import MeshHost
import ModuleKit
import VaultEvents

/// `meshd cross-stake`.
struct CrossStakeCommand: TransactionCommand {
    static let configuration = CommandConfiguration(
        commandName: "cross-stake",
        abstract:
            "Puts collateral behind a validator of another chain, and brings it into the vault where it is missing.",
        discussion: """
            Collateral that is staked already can secure another chain as well, as far as all that could be slashed together \
            is covered. Only what is missing is bonded, in the same transaction: all of it happens, or nothing.

            The stake counts once the other chain has answered; `meshd query stakes` shows what is in flight until then, and \
            `meshd query validators-of` the validators.

            Only pairings on the chain's recommended list are offered; others need --allow-unlisted.

            Example:
              meshd cross-stake consvaloper1… 5000000umesh --from alice
            """
    )

    @OptionGroup var options: RequestOptions
    @OptionGroup var externalStaking: ExternalStakingOptions
    @OptionGroup var recommendation: RecommendationOptions

    @Argument(help: "The validator: its operator's address on the other chain.")
    var validator: String

    @Argument(help: "The coin of this chain, such as 5umesh.")
    var amount: String

    func requests(_ chain: ChainView, _ references: AccountReferences) throws(CommandError) -> [Request] {
        let holder = try recommendation.label(externalStaking, chain)
        let coin = try CommandError.wrapping { try Coin(amount) }
        try chain.requireValidator(validator, knownTo: holder)
        let settings = try chain.externalStaking(holder) { $0.settings = .init() }.settings
        let sender = try references.accountText(transaction.from)
        let account = try chain.vault(settings.vault) { $0.account.address = sender }.account
        guard coin.denom.text == account.denom else {
            throw CommandError(
                .badInput,
                "\(settings.vault) keeps \(account.denom), and \(coin) was given: name an amount of \(account.denom)"
            )
        }
        let number = try chain.instance(holder).number
        let need = try CommandError.wrapping {
            try CollateralNeed(
                account,
                growing: coin.amount,
                of: number,
                slashable: try Decimal18(settings.slashRatio.doubleSign)
            )
        }
        let stake = VaultMessage.with {
            $0.stakeRemote.holder = holder
            $0.stakeRemote.validator = validator
            $0.stakeRemote.amount = ProtoCoin(coin)
        }
        var messages = [stake]
        if !need.missing.isZero {
            messages.insert(.with { $0.bond.amount = ProtoCoin(Coin(need.missing, coin.denom)) }, at: 0)
        }
        return try messages.map { (message) throws(CommandError) in try Request(message, to: settings.vault) }
    }
}

/// `meshd cross-unstake`.
struct CrossUnstakeCommand: RequestCommand {
    static let configuration = CommandConfiguration(
        commandName: "cross-unstake",
        abstract: "Takes stake back from a validator of another chain.",
        discussion: """
            Once the other chain has answered, the stake unbonds. When that is over, `meshd withdraw` frees the collateral.

            Example:
              meshd cross-unstake consvaloper1… 2000000umesh --from alice
            """
    )

    @OptionGroup var options: RequestOptions
    @OptionGroup var externalStaking: ExternalStakingOptions

    @Argument(help: "The validator: its operator's address on the other chain.")
    var validator: String

    @Argument(help: "The coin of this chain, such as 5umesh.")
    var amount: String

    func request(_ chain: ChainView, _ references: AccountReferences) throws(CommandError) -> Request {
        let label = try externalStaking.label(chain)
        let coin = try ProtoCoin(argument: amount)
        try chain.requireValidator(validator, knownTo: label)
        let message = ExternalStakingMessage.with {
            $0.unstake.validator = validator
            $0.unstake.amount = coin
        }
        return try Request(message, to: label)
    }
}

/// `meshd withdraw`.
struct WithdrawCommand: RequestCommand {
    static let configuration = CommandConfiguration(
        commandName: "withdraw",
        abstract: "Frees all collateral that has unbonded from validators of another chain.",
        discussion: """
            It stays in the vault, free for other stake or for `meshd vault unbond`. `meshd query stakes` shows what is \
            ready. Nothing happens where nothing is.

            Example:
              meshd withdraw --from alice
            """
    )

    @OptionGroup var options: RequestOptions
    @OptionGroup var externalStaking: ExternalStakingOptions

    func request(_ chain: ChainView, _ references: AccountReferences) throws(CommandError) -> Request {
        let label = try externalStaking.label(chain)
        return try Request(ExternalStakingMessage.with { $0.withdrawUnbonded = .init() }, to: label)
    }
}

extension ChainView {
    /// Makes sure that the other chain has told of a validator, before anything is signed.
    ///
    /// - Throws: `badInput`.
    fileprivate func requireValidator(_ validator: String, knownTo externalStaking: String) throws(CommandError) {
        do throws(ModuleError) {
            _ = try host.query(ExternalStakingQuery.with { $0.validator.validator = validator }, of: externalStaking)
        } catch {
            guard error.code == .notFound else { throw CommandError(error) }
            throw CommandError(
                .badInput,
                "\(externalStaking) knows no validator '\(validator.printable)': "
                    + "`meshd query validators-of \(externalStaking)` lists those of the other chain",
                cause: error
            )
        }
    }
}
