import ArgumentParser
import Foundation
import MeshHost
import ModuleKit

/// Who signs, and for which chain.
struct SigningOptions: ParsableArguments {
    @Option(name: .long, help: "The sequence to sign for. (default: the account's next one in this home)")
    var sequence: UInt64?

    @Option(name: .long, help: "The chain to sign for. (default: the one of this home)")
    var chainID: String?

    /// What signs for the chain that is meant.
    func signer(_ chain: ChainView) -> TransactionSigner {
        TransactionSigner(chainID: chainID ?? chain.host.chainID, addresses: chain.addresses)
    }

    /// The sequence that is meant for an account.
    func sequence(of account: Address, _ chain: ChainView) throws(CommandError) -> UInt64 {
        if let sequence { return sequence }
        return try CommandError.wrapping { try chain.host.nextSequence(of: account) }
    }
}

/// What a transaction pays.
struct FeeOptions: ParsableArguments {
    @Option(name: .long, help: "What the first sender pays for it, such as 100umesh. (default: nothing)")
    var fees = ""

    /// The coins.
    func coins() throws(CommandError) -> Coins { try Coins(fees, option: "--fees") }
}

/// What all commands that make a transaction take.
struct TransactionOptions: ParsableArguments {
    @Option(name: .long, help: "The account that asks: the name of a key, or with --generate-only an address.")
    var from: String

    @OptionGroup var signing: SigningOptions

    @Option(name: .long, help: "The last height at which it may be executed; 0 for any.")
    var timeoutHeight: UInt64 = 0

    @Option(name: .long, help: "Units of work that it may use; 0 for the chain's limit.")
    var workLimit: UInt64 = 0

    @OptionGroup var fee: FeeOptions

    @Option(name: .long, help: "A text for people.")
    var memo = ""

    @Flag(name: .long, help: "Print the transaction without signatures.")
    var generateOnly = false

    @Flag(name: .long, help: "Print the signed transaction as a line for `meshd run`, and execute nothing.")
    var signOnly = false

    func validate() throws {
        if generateOnly, signOnly {
            throw ValidationError("Give one of --generate-only and --sign-only.")
        }
    }

    /// The transaction of one account's requests, without signatures, but with the sequence to sign for.
    func document(_ requests: [Request], sender: Address, _ chain: ChainView) throws(CommandError)
        -> TransactionDocument
    {
        var builder = TransactionBuilder(chainID: signing.chainID ?? chain.host.chainID, addresses: chain.addresses)
        builder.memo = memo
        builder.timeoutHeight = timeoutHeight
        builder.workLimit = workLimit
        builder.fee = try fee.coins()
        for request in requests { builder.add(request.message, to: request.instance, from: sender) }
        let body = try CommandError.wrapping { try builder.body() }
        var document = TransactionDocument(.with { $0.body = Data(body) })
        try signing.signer(chain).prepare(&document) { (account) throws(CommandError) in
            try signing.sequence(of: account, chain)
        }
        return document
    }
}

/// An encoded message, and the instance that it is for.
struct Request {
    let instance: String
    let message: [UInt8]

    init(instance: String, message: [UInt8]) {
        self.instance = instance
        self.message = message
    }

    /// A typed message.
    init(_ message: some MessageVocabulary, to instance: String) throws(CommandError) {
        self.instance = instance
        self.message = try CommandError.wrapping { try message.encodedBytes() }
    }

    /// A message in protobuf JSON, by the vocabulary of the instance's module.
    init(json: String, to instance: String, _ chain: ChainView) throws(CommandError) {
        self.instance = instance
        if instance == HostModule.manifest.name {
            message = try CommandError.wrapping { try HostMessage(decodingJSON: json).encodedBytes() }
            return
        }
        let record = try chain.instance(instance)
        guard let module = chain.host.registry.module(record.module) else {
            throw CommandError(.badInput, "the module \(record.module) of \(instance) is not part of this program")
        }
        message = try CommandError.wrapping { try module.message(json: json) }
    }
}
