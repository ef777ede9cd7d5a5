import ArgumentParser
import ModuleKit
import StakingEvents

/// A request to native staking.
protocol StakingRequestCommand: RequestCommand {
    /// What is asked for.
    func message(_ references: AccountReferences) throws(CommandError) -> StakingMessage
}

extension StakingRequestCommand {
    /// The message, for the first instance of native staking.
    func request(_ chain: ChainView, _ references: AccountReferences) throws(CommandError) -> Request {
        try Request(try message(references), to: try chain.label(ofModule: "staking"))
    }
}

/// `meshd tx delegate`.
struct DelegateCommand: StakingRequestCommand {
    static let configuration = CommandConfiguration(
        commandName: "delegate",
        abstract: "Puts coins behind a validator.",
        discussion: """
            Example:
              meshd tx delegate validator 1000000umesh --from alice
            """
    )

    @OptionGroup var options: RequestOptions

    @OptionGroup var stake: StakeArguments

    func message(_ references: AccountReferences) throws(CommandError) -> StakingMessage {
        let (validator, coin) = try stake.read(references)
        return .with {
            $0.delegate.validator = validator
            $0.delegate.amount = coin
        }
    }
}

/// `meshd tx undelegate`.
struct UndelegateCommand: StakingRequestCommand {
    static let configuration = CommandConfiguration(
        commandName: "undelegate",
        abstract: "Takes coins back from a validator; they are paid out when the unbonding time is over.",
        discussion: """
            Example:
              meshd tx undelegate validator 1000000umesh --from alice
            """
    )

    @OptionGroup var options: RequestOptions

    @OptionGroup var stake: StakeArguments

    func message(_ references: AccountReferences) throws(CommandError) -> StakingMessage {
        let (validator, coin) = try stake.read(references)
        return .with {
            $0.undelegate.validator = validator
            $0.undelegate.amount = coin
        }
    }
}

/// `meshd tx redelegate`.
struct RedelegateCommand: StakingRequestCommand {
    static let configuration = CommandConfiguration(
        commandName: "redelegate",
        abstract: "Moves staked coins from one validator to another.",
        discussion: """
            Example:
              meshd tx redelegate meshvaloper1… meshvaloper1… 1000000umesh --from alice
            """
    )

    @OptionGroup var options: RequestOptions

    @OptionGroup var stake: MovedStakeArguments

    func message(_ references: AccountReferences) throws(CommandError) -> StakingMessage {
        let (source, destination, coin) = try stake.read(references)
        return .with {
            $0.redelegate.source = source
            $0.redelegate.destination = destination
            $0.redelegate.amount = coin
        }
    }
}

/// `meshd tx cancel-unbonding`.
struct CancelUnbondingCommand: StakingRequestCommand {
    static let configuration = CommandConfiguration(
        commandName: "cancel-unbonding",
        abstract: "Puts coins that are unbonding behind their validator again.",
        discussion: """
            Example:
              meshd tx cancel-unbonding validator 1000000umesh --creation-height 12 --from alice
            """
    )

    @OptionGroup var options: RequestOptions

    @Option(name: .long, help: "The height at which the unbonding began.")
    var creationHeight: UInt64

    @OptionGroup var stake: StakeArguments

    func message(_ references: AccountReferences) throws(CommandError) -> StakingMessage {
        let (validator, coin) = try stake.read(references)
        return .with {
            $0.cancelUnbonding.validator = validator
            $0.cancelUnbonding.amount = coin
            $0.cancelUnbonding.creationHeight = creationHeight
        }
    }
}
