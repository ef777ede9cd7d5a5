import ArgumentParser
import ModuleKit

/// `meshd tx sign`.
struct SignCommand: MeshCommand {
    static let configuration = CommandConfiguration(
        commandName: "sign",
        abstract: "Signs a transaction for one of its senders.",
        discussion: """
            Look at it first: `meshd tx show FILE`. With several senders, each signs in turn.

            Example:
              meshd tx sign unsigned.json --key alice > signed.json
            """
    )

    @OptionGroup var global: GlobalOptions
    @OptionGroup var signing: SigningOptions

    @Option(name: .long, help: "The name of the key.")
    var key: String

    @Argument(help: "The file; - is standard input.")
    var file: String

    func execute(_ console: Console) throws(CommandError) {
        let chain = try ChainView(try home.openForReading())
        var document = try TransactionDocument(file: file)
        let record = try KeyStore(home).key(named: key)
        try signing.signer(chain).sign(&document, with: record) { (account) throws(CommandError) in
            try signing.sequence(of: account, chain)
        }
        console.stream(try document.report())
    }
}

/// `meshd tx multisign`.
struct MultisignCommand: MeshCommand {
    static let configuration = CommandConfiguration(
        commandName: "multisign",
        abstract: "Adds signatures for a multisig account, beside those that are there.",
        discussion: """
            Whoever holds a key adds a signature and passes the file on, until there are enough.

            Example:
              meshd tx multisign unsigned.json --account board --key alice --key bob > signed.json
            """
    )

    @OptionGroup var global: GlobalOptions
    @OptionGroup var signing: SigningOptions

    @Option(name: .long, help: "The name of the multisig account.")
    var account: String

    @Option(name: .long, help: "The name of a key that signs; may be repeated.")
    var key: [String]

    @Argument(help: "The file; - is standard input.")
    var file: String

    func execute(_ console: Console) throws(CommandError) {
        let chain = try ChainView(try home.openForReading())
        let store = KeyStore(home)
        var document = try TransactionDocument(file: file)
        var keys: [KeyRecord] = []
        for name in key { keys.append(try store.key(named: name)) }
        let record = try store.key(named: account)
        let count = try signing.signer(chain).sign(&document, for: record, with: keys) {
            (account) throws(CommandError) in
            try signing.sequence(of: account, chain)
        }
        if case .multisig(let threshold, _) = record.material, count < threshold {
            console.note("\(count) of \(threshold) signatures: \(threshold - count) more to go", .yellow)
        }
        console.stream(try document.report())
    }
}
