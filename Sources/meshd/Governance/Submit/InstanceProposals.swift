import ArgumentParser
import MeshHost
import ModuleKit

/// `meshd gov submit reconfigure`.
struct ProposeConfiguration: TitledProposalCommand {
    static let configuration = CommandConfiguration(
        commandName: "reconfigure",
        abstract:
            "Proposes another configuration of an instance that governance administers, also of governance itself.",
        discussion: """
            Example:
              meshd gov submit reconfigure governance --configuration '{"params":{"voting_period":"1209600s"}}' \\
                --deposit 10000000umesh --from alice
            """
    )

    @OptionGroup var options: TitledProposalOptions

    @Argument(help: "The instance's label or address.")
    var instance: String

    @Option(name: .customLong("configuration"), help: "Its configuration in JSON, or the name of a file with it.")
    var settings: String

    func draft(_ chain: ChainView, _ references: AccountReferences) throws(CommandError) -> ProposalDraft {
        let label = try chain.proposedInstance(instance).label
        let isInline = settings.drop(while: \.isWhitespace).first == "{"
        let bytes = isInline ? Array(settings.utf8) : try InputFile.bytes(settings)
        let json: JSONValue
        do {
            json = try JSONValue(parsing: bytes)
        } catch {
            throw CommandError(error).adding(context: isInline ? "--configuration" : settings)
        }
        let message = HostMessage.with {
            $0.reconfigure.instance = label
            $0.reconfigure.configuration = json.text()
        }
        return ProposalDraft(title.or("Reconfigure \(label)"), [try Request(message, to: HostModule.manifest.name)])
    }
}

/// `meshd gov submit migrate`.
struct ProposeMigration: TitledProposalCommand {
    static let configuration = CommandConfiguration(
        commandName: "migrate",
        abstract: "Proposes another version of the module of an instance that governance administers.",
        discussion: """
            Example:
              meshd gov submit migrate bank 1.1.0 --height 120000 --deposit 10000000umesh --from alice
            """
    )

    @OptionGroup var options: TitledProposalOptions

    @Argument(help: "The instance's label or address.")
    var instance: String

    @Argument(help: "The version.")
    var version: String

    @Option(name: .long, help: "The block at whose start it takes effect; 0 for the one after the execution.")
    var height: UInt64 = 0

    func draft(_ chain: ChainView, _ references: AccountReferences) throws(CommandError) -> ProposalDraft {
        let label = try chain.proposedInstance(instance).label
        let wanted = try CommandError.wrapping { try Version(version) }.description
        let message = HostMessage.with {
            $0.migrate.instance = label
            $0.migrate.version = wanted
            $0.migrate.height = height
        }
        let time = height == 0 ? "" : " at height \(height.grouped)"
        return ProposalDraft(
            title.or("Migrate \(label) to \(wanted)\(time)"),
            [try Request(message, to: HostModule.manifest.name)]
        )
    }
}
