import ArgumentParser
import GovernanceEvents
import ModuleKit

/// `meshd gov deposit`.
struct DepositCommand: RequestCommand {
    static let configuration = CommandConfiguration(
        commandName: "deposit",
        abstract: "Adds to the deposit of a proposal; with enough of it, voting begins.",
        discussion: """
            Deposits are given back when the proposal is over, unless it is vetoed.

            Example:
              meshd gov deposit 1 5000000umesh --from alice
            """
    )

    @OptionGroup var options: RequestOptions
    @OptionGroup var proposal: ProposalArgument

    @Argument(help: "The coin, such as 5umesh.")
    var amount: String

    func request(_ chain: ChainView, _ references: AccountReferences) throws(CommandError) -> Request {
        let number = try proposal.number()
        let coin = try ProtoCoin(argument: amount)
        _ = try chain.proposal(number)
        let message = GovernanceMessage.with {
            $0.deposit.proposal = number
            $0.deposit.amount = coin
        }
        return try Request(message, to: try chain.governanceLabel())
    }
}

/// `meshd gov cancel`.
struct CancelCommand: RequestCommand {
    static let configuration = CommandConfiguration(
        commandName: "cancel",
        abstract: "Takes the sender's own proposal back, before its voting has ended.",
        discussion: """
            A part of the deposit is burned, by default half of it; the rest is given back.

            Example:
              meshd gov cancel 1 --from alice
            """
    )

    @OptionGroup var options: RequestOptions
    @OptionGroup var proposal: ProposalArgument

    func request(_ chain: ChainView, _ references: AccountReferences) throws(CommandError) -> Request {
        let number = try proposal.number()
        _ = try chain.proposal(number)
        return try Request(GovernanceMessage.with { $0.cancel.proposal = number }, to: try chain.governanceLabel())
    }
}
