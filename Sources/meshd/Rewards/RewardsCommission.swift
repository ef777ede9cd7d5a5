import ArgumentParser
import ModuleKit
import RewardsEvents

/// `meshd rewards commission`.
struct RewardsCommission: RequestCommand {
    static let configuration = CommandConfiguration(
        commandName: "commission",
        abstract: "Pays the commission of a validator, which its operator asks for.",
        discussion: """
            Its part of what its delegators earn; `meshd rewards show --validator V` shows what is due.

            Example:
              meshd rewards commission --from validator
            """
    )

    @OptionGroup var options: RequestOptions

    func request(_ chain: ChainView, _ references: AccountReferences) throws(CommandError) -> Request {
        try Request(RewardsMessage.with { $0.withdrawCommission = .init() }, to: try chain.rewardsLabel())
    }
}
