import ArgumentParser
import ModuleKit

/// A validator of this chain, and coins behind it.
struct StakeArguments: ParsableArguments {
    @Argument(help: "The validator: its operator's address, or the name of a key.")
    var validator: String

    @Argument(help: "The coin, such as 5umesh.")
    var amount: String

    /// The validator and the coin as messages carry them.
    func read(_ references: AccountReferences) throws(CommandError) -> (validator: String, coin: ProtoCoin) {
        (try references.validator(validator), try ProtoCoin(argument: amount))
    }
}

/// Coins that move from one validator of this chain to another.
struct MovedStakeArguments: ParsableArguments {
    @Argument(help: "The validator that the coins leave.")
    var source: String

    @Argument(help: "The validator that they go to.")
    var destination: String

    @Argument(help: "The coin, such as 5umesh.")
    var amount: String

    /// The validators and the coin as messages carry them.
    func read(_ references: AccountReferences) throws(CommandError)
        -> (source: String, destination: String, coin: ProtoCoin)
    {
        (
            try references.validator(source), try references.validator(destination),
            try ProtoCoin(argument: amount)
        )
    }
}
