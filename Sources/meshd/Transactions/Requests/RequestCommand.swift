import ArgumentParser
import MeshHost
import ModuleKit
import Storage

/// What all commands take that ask for something.
struct RequestOptions: ParsableArguments {
    @OptionGroup var global: GlobalOptions
    @OptionGroup var transaction: TransactionOptions
    @OptionGroup var blockTime: BlockTimeOptions
}

/// A command that makes a transaction of one account.
protocol SubmittingCommand: MeshCommand {
    var transaction: TransactionOptions { get }
    var blockTime: BlockTimeOptions { get }
}

/// A command that builds a transaction of requests, signs it, and executes it on this home.
protocol TransactionCommand: SubmittingCommand {
    var options: RequestOptions { get }

    /// What is asked for, in its order: one or more requests, which are carried out together or not at all.
    func requests(_ chain: ChainView, _ references: AccountReferences) throws(CommandError) -> [Request]
}

/// A command that asks one instance for something.
protocol RequestCommand: TransactionCommand {
    /// What is asked for.
    func request(_ chain: ChainView, _ references: AccountReferences) throws(CommandError) -> Request
}

extension RequestCommand {
    /// The one request.
    func requests(_ chain: ChainView, _ references: AccountReferences) throws(CommandError) -> [Request] {
        [try request(chain, references)]
    }
}

extension TransactionCommand {
    var global: GlobalOptions { options.global }
    var transaction: TransactionOptions { options.transaction }
    var blockTime: BlockTimeOptions { options.blockTime }

    /// Builds, and then prints or signs; and then prints or executes.
    func execute(_ console: Console) throws(CommandError) {
        let document = try prepared()
        guard !transaction.generateOnly, !transaction.signOnly else { return console.stream(try document.report()) }
        try TransactionSubmission(home: home, blockTime: blockTime).submit(document, console)
    }

    /// The chain is only read here, so that the execution may open it for writing.
    private func prepared() throws(CommandError) -> TransactionDocument {
        let chain = try ChainView(try home.openForReading())
        defer { try? chain.host.store.close() }
        let references = AccountReferences(addresses: chain.addresses, keys: KeyStore(home))
        let requests = try requests(chain, references)
        return try document(of: requests, isSigned: !transaction.generateOnly, chain, references)
    }
}

extension SubmittingCommand {
    /// The transaction of some requests.
    func document(of requests: [Request], isSigned: Bool, _ chain: ChainView, _ references: AccountReferences)
        throws(CommandError) -> TransactionDocument
    {
        let sender = try references.account(transaction.from)
        var document = try transaction.document(requests, sender: sender, chain)
        guard isSigned else { return document }
        let key = try signingKey(of: sender, references.keys)
        try transaction.signing.signer(chain).sign(&document, with: key) { (account) throws(CommandError) in
            try transaction.signing.sequence(of: account, chain)
        }
        return document
    }

    /// The key of the sender: by its name, or, when it was named by its address, the key of that address.
    private func signingKey(of sender: Address, _ keys: KeyStore) throws(CommandError) -> KeyRecord {
        if let key = try keys.find(transaction.from) { return key }
        for key in try keys.all() where try key.address() == sender { return key }
        throw CommandError(
            .badInput,
            "this home has no key for \(transaction.from.printable): import it, or use --generate-only and sign elsewhere"
        )
    }
}
