import ArgumentParser

/// `meshd tx submit`.
struct SubmitCommand: MeshCommand {
    static let configuration = CommandConfiguration(
        commandName: "submit",
        abstract: "Executes a signed transaction on this home, in a block of its own.",
        discussion: """
            A transaction that would fail is refused and not recorded. For many transactions use `meshd run`.

            Example:
              meshd tx submit signed.json
            """
    )

    @OptionGroup var global: GlobalOptions
    @OptionGroup var blockTime: BlockTimeOptions

    @Argument(help: "The file; - is standard input.")
    var file: String

    func execute(_ console: Console) throws(CommandError) {
        let document = try TransactionDocument(file: file)
        try TransactionSubmission(home: home, blockTime: blockTime).submit(document, console)
    }
}
