import ArgumentParser
import BankEvents
import ModuleKit

/// `meshd tx send`.
struct SendCommand: RequestCommand {
    static let configuration = CommandConfiguration(
        commandName: "send",
        abstract: "Sends coins to an account.",
        discussion: """
            Example:
              meshd tx send bob 5umesh --from alice
            """
    )

    @OptionGroup var options: RequestOptions

    @Argument(help: "The recipient: an address, or the name of a key.")
    var recipient: String

    @Argument(help: "The coins, such as 5umesh, or 1uatom,5umesh.")
    var amount: String

    func request(_ chain: ChainView, _ references: AccountReferences) throws(CommandError) -> Request {
        let recipient = try references.accountText(recipient)
        let coins = try CommandError.wrapping { try Coins(amount).proto }
        let message = BankMessage.with {
            $0.send.toAddress = recipient
            $0.send.amount = coins
        }
        return try Request(message, to: try chain.label(ofModule: "bank"))
    }
}
