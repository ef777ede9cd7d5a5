import ArgumentParser
import ModuleKit

/// `meshd keys export`.
struct KeysExport: MeshCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Writes a key as JSON, by default without its secret.",
        discussion: """
            Example:
              meshd keys export alice > alice.public.json
            """
    )

    @OptionGroup var global: GlobalOptions

    @Argument(help: "The key's name.")
    var name: String

    @Flag(name: .long, help: "Write the secret too: whoever reads it owns the account.")
    var withSecret = false

    func execute(_ console: Console) throws(CommandError) {
        let document = try KeyStore(home).key(named: name).json(withSecret: withSecret)
        console.print(Report(document) { _ in document.text(.pretty) })
    }
}

/// `meshd keys import`.
struct KeysImport: MeshCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Takes over a key that `keys export` wrote, with or without its secret.",
        discussion: """
            Example:
              meshd keys import bob bob.public.json
            """
    )

    @OptionGroup var global: GlobalOptions
    @OptionGroup var keys: KeyOptions

    @Argument(help: "The key's name in this home.")
    var name: String

    @Argument(help: "The file; - is standard input.")
    var file: String

    func execute(_ console: Console) throws(CommandError) {
        let addresses = try keys.addresses(in: home)
        let record: KeyRecord
        do {
            record = try KeyRecord(json: try JSONValue(parsing: try InputFile.bytes(file)), name: name)
        } catch {
            throw CommandError(error).adding(context: file)
        }
        try home.makeFolder()
        try KeyStore(home).add(record)
        console.print(try record.report(addresses))
    }
}

/// `meshd keys multisig`.
struct KeysMultisig: MeshCommand {
    static let configuration = CommandConfiguration(
        commandName: "multisig",
        abstract: "Makes an account for which several keys sign together.",
        discussion: """
            The order of the keys matters: the same keys in another order are another account.

            Example:
              meshd keys multisig board --threshold 2 alice bob carol
            """
    )

    @OptionGroup var global: GlobalOptions
    @OptionGroup var keys: KeyOptions

    @Option(name: .long, help: "How many of the keys have to sign.")
    var threshold: Int

    @Argument(help: "The account's name in this home.")
    var name: String

    @Argument(help: "The names of its keys, in order; their public parts suffice.")
    var members: [String]

    func execute(_ console: Console) throws(CommandError) {
        let store = KeyStore(home)
        var publicKeys: [[UInt8]] = []
        for member in members { publicKeys.append(try store.key(named: member).publicKey()) }
        let record = try KeyRecord(name: name, threshold: threshold, publicKeys: publicKeys)
        try store.add(record)
        console.print(try record.report(try keys.addresses(in: home)))
    }
}
