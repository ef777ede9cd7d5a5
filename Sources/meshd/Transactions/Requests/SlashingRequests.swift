import ArgumentParser
import ModuleKit
import SlashingEvents

/// `meshd tx slashing`.
struct SlashingCommands: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "slashing",
        abstract: "What a validator can do about its punishments.",
        discussion: """
            Example:
              meshd tx slashing unjail --from north
            """,
        subcommands: [SlashingUnjailCommand.self]
    )
}

/// `meshd tx slashing unjail`.
struct SlashingUnjailCommand: RequestCommand {
    static let configuration = CommandConfiguration(
        commandName: "unjail",
        abstract: "Brings the sender's jailed validator back, when its time is over.",
        discussion: """
            A tombstoned validator never returns, and one whose operator has too little of its own stake on it does not \
            either.

            Example:
              meshd tx slashing unjail --from north
            """
    )

    @OptionGroup var options: RequestOptions

    /// The message, for the first instance of slashing.
    func request(_ chain: ChainView, _ references: AccountReferences) throws(CommandError) -> Request {
        try Request(SlashingMessage.with { $0.unjail = .init() }, to: try chain.label(ofModule: "slashing"))
    }
}
