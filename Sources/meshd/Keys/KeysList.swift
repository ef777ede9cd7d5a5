import ArgumentParser

/// `meshd keys list`.
struct KeysList: MeshCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "Lists the keys of the home.",
        discussion: """
            Example:
              meshd keys list --output json
            """
    )

    @OptionGroup var global: GlobalOptions
    @OptionGroup var keys: KeyOptions

    func execute(_ console: Console) throws(CommandError) {
        console.print(try KeyStore(home).all().report(try keys.addresses(in: home)))
    }
}

/// `meshd keys show`.
struct KeysShow: MeshCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Shows the public part of a key.",
        discussion: """
            Example:
              meshd keys show alice
            """
    )

    @OptionGroup var global: GlobalOptions
    @OptionGroup var keys: KeyOptions

    @Argument(help: "The key's name.")
    var name: String

    func execute(_ console: Console) throws(CommandError) {
        console.print(try KeyStore(home).key(named: name).report(try keys.addresses(in: home)))
    }
}
