import ArgumentParser
import MeshHost
import ModuleKit

/// `meshd keys`.
struct KeyCommands: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "keys",
        abstract: "Makes and keeps keys, in files that only their owner can read.",
        discussion: """
            Keys are Ed25519. Their files stand in HOME/keys, with the rights 600, and are refused when others can read them.

            Example:
              meshd keys add alice
            """,
        subcommands: [
            KeysAdd.self, KeysList.self, KeysShow.self, KeysImport.self, KeysExport.self, KeysMultisig.self,
        ]
    )
}

/// What the commands on keys share.
struct KeyOptions: ParsableArguments {
    @Option(name: .long, help: "The prefix of printed addresses. (default: the chain's; without a chain, mesh)")
    var prefix: String?

    /// The text forms in which addresses are printed.
    func addresses(in home: Home) throws(CommandError) -> AddressPrefixes {
        if prefix == nil, home.holdsChain { return try home.openForReading().addresses }
        return try CommandError.wrapping { try AddressPrefixes(account: prefix ?? InitCommand.devnetPrefix) }
    }
}
