import ArgumentParser
import ModuleKit

/// `meshd gov submit text`.
struct ProposeText: ProposalCommand {
    static let configuration = CommandConfiguration(
        commandName: "text",
        abstract: "Proposes a mere text: nothing is sent when it passes.",
        discussion: """
            Example:
              meshd gov submit text 'Meet in June' --summary 'In Vienna.' --deposit 10000000umesh --from alice
            """
    )

    @OptionGroup var global: GlobalOptions
    @OptionGroup var proposal: ProposalOptions
    @OptionGroup var transaction: TransactionOptions
    @OptionGroup var blockTime: BlockTimeOptions

    @Argument(help: "The proposal's title.")
    var title: String

    func draft(_ chain: ChainView, _ references: AccountReferences) throws(CommandError) -> ProposalDraft {
        ProposalDraft(title)
    }
}

/// `meshd gov submit message`.
struct ProposeMessages: ProposalCommand {
    static let configuration = CommandConfiguration(
        commandName: "message",
        abstract: "Proposes any message to any instance, in protobuf JSON; and more, with --message.",
        discussion: """
            The messages stand in the module's .proto file, as `message Message`. All of them are carried out, or none.

            Example:
              meshd gov submit message host '{"set_admin":{"instance":"bank","admin":"umesh1…"}}' --title 'A keeper' \\
                --deposit 10000000umesh --from alice
            """
    )

    @OptionGroup var global: GlobalOptions
    @OptionGroup var proposal: ProposalOptions
    @OptionGroup var transaction: TransactionOptions
    @OptionGroup var blockTime: BlockTimeOptions

    @Option(name: .long, help: "The proposal's title.")
    var title: String

    @Option(
        name: .customLong("message"),
        help: ArgumentHelp("One more message; may be repeated.", valueName: "instance=json")
    )
    var more: [String] = []

    @Argument(help: "The instance's label or address; `host` is the host itself.")
    var instance: String

    @Argument(help: "The message in protobuf JSON.")
    var message: String

    func draft(_ chain: ChainView, _ references: AccountReferences) throws(CommandError) -> ProposalDraft {
        var messages = [try chain.proposedMessage(message, to: instance)]
        for text in more {
            guard let mark = text.firstIndex(of: "=") else {
                throw CommandError(
                    .badInput,
                    "'\(text.printable)' names no instance: write --message LABEL='{…}'"
                )
            }
            messages.append(
                try chain.proposedMessage(String(text[text.index(after: mark)...]), to: String(text[..<mark]))
            )
        }
        return ProposalDraft(title, messages)
    }
}

/// `meshd gov submit --file`.
struct ProposeFile: TitledProposalCommand {
    static let configuration = CommandConfiguration(
        commandName: "file",
        abstract: "Proposes what a file says; options take the place of what stands there.",
        discussion: """
            `meshd gov submit` says what a file holds; the word `file` may be left out.

            Example:
              meshd gov submit --file proposal.json --from alice
            """
    )

    @OptionGroup var options: TitledProposalOptions

    @Option(name: .long, help: "The file; - is standard input.")
    var file: String

    func draft(_ chain: ChainView, _ references: AccountReferences) throws(CommandError) -> ProposalDraft {
        let bytes = try InputFile.bytes(file)
        do {
            var draft = try ProposalDraft(try JSONValue(parsing: bytes), chain)
            draft.title = title.or(draft.title)
            return draft
        } catch {
            throw CommandError(error).adding(context: file)
        }
    }
}
