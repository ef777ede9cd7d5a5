import ArgumentParser
import Foundation
import MeshHost
import ModuleKit

/// `meshd tx message`.
struct MessageCommand: RequestCommand {
    static let configuration = CommandConfiguration(
        commandName: "message",
        abstract: "Sends any message to any instance, in protobuf JSON.",
        discussion: """
            The messages stand in the module's .proto file, as `message Message`.

            Example:
              meshd tx message staking '{"unjail":{}}' --from alice
            """
    )

    @OptionGroup var options: RequestOptions

    @Argument(help: "The instance's label or address; `host` is the host itself.")
    var instance: String

    @Argument(help: "The message in protobuf JSON.")
    var message: String

    func request(_ chain: ChainView, _ references: AccountReferences) throws(CommandError) -> Request {
        try Request(json: message, to: instance, chain)
    }
}

/// `meshd tx build`.
struct BuildCommand: MeshCommand {
    static let configuration = CommandConfiguration(
        commandName: "build",
        abstract: "Builds a transaction of several requests, also of several senders, without signatures.",
        discussion: """
            The file is a JSON array of {"sender": ADDRESS OR KEY, "instance": LABEL, "message": {…}}. All requests are \
            carried out in their order, or none.

            Example:
              meshd tx build requests.json > unsigned.json
            """
    )

    @OptionGroup var global: GlobalOptions
    @OptionGroup var signing: SigningOptions

    @Option(name: .long, help: "The last height at which it may be executed; 0 for any.")
    var timeoutHeight: UInt64 = 0

    @OptionGroup var fee: FeeOptions

    @Option(name: .long, help: "A text for people.")
    var memo = ""

    @Argument(help: "The file; - is standard input.")
    var file: String

    func execute(_ console: Console) throws(CommandError) {
        let chain = try ChainView(try home.openForReading())
        var builder = TransactionBuilder(chainID: signing.chainID ?? chain.host.chainID, addresses: chain.addresses)
        builder.memo = memo
        builder.timeoutHeight = timeoutHeight
        builder.fee = try fee.coins()
        let references = AccountReferences(addresses: chain.addresses, keys: KeyStore(home))
        do {
            for field in try JSONField(try JSONValue(parsing: try InputFile.bytes(file))).array() {
                let request = try Request(
                    json: try field["message"].required().text(),
                    to: try field["instance"].string(),
                    chain
                )
                let sender = try references.account(try field["sender"].string())
                builder.add(request.message, to: request.instance, from: sender)
            }
        } catch {
            throw CommandError(error).adding(context: file)
        }
        let body = try CommandError.wrapping { try builder.body() }
        var document = TransactionDocument(.with { $0.body = Data(body) })
        try signing.signer(chain).prepare(&document) { (account) throws(CommandError) in
            try signing.sequence(of: account, chain)
        }
        console.stream(try document.report())
    }
}
