import ArgumentParser
import Crypto
import Foundation
import MeshHost
import ModuleKit

/// `meshd tx show`.
struct ShowCommand: ChainQuery {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Shows what a transaction asks for, and who has signed it.",
        discussion: """
            Example:
              meshd tx show unsigned.json
            """
    )

    @OptionGroup var global: GlobalOptions

    @Argument(help: "The file; - is standard input.")
    var file: String

    func report(_ chain: ChainView) throws(CommandError) -> Report {
        try TransactionContent(try TransactionDocument(file: file), chain).report
    }
}

/// A transaction decoded, as it is shown.
struct TransactionContent {
    let hash: String
    let body: ProtoBody
    let messages: [JSONValue]
    let signers: [(sender: String, sequence: UInt64, signatures: String)]

    init(_ document: TransactionDocument, _ chain: ChainView) throws(CommandError) {
        hash = Array(SHA256.hash(data: try document.encoded())).hexText
        body = try document.body()
        var messages: [JSONValue] = []
        for request in body.requests { messages.append(try chain.content(of: request)) }
        self.messages = messages
        let authentications = document.transaction.authentications
        signers = try document.senders().enumerated().map { index, sender in
            guard index < authentications.count else { return (sender, 0, "none") }
            let authentication = authentications[index]
            let signatures =
                switch authentication.proof {
                case .single: "signed"
                case .multisig(let proof): "\(proof.signatures.count) of \(proof.threshold) signatures"
                case nil: "none"
                }
            return (sender, authentication.sequence, signatures)
        }
    }

    /// The transaction as programs read it.
    var document: JSONValue {
        [
            "hash": .string(hash),
            "memo": .string(body.memo),
            "timeout_height": .whole(body.timeoutHeight),
            "work_limit": .whole(body.workLimit),
            "fee": .array(
                body.fee.map { coin in ["denom": .string(coin.denom), "amount": .string(coin.amount)] }
            ),
            "requests": .array(
                zip(body.requests, messages).map { request, message in
                    ["sender": .string(request.sender), "instance": .string(request.instance), "message": message]
                }
            ),
            "signers": .array(
                signers.map { signer in
                    [
                        "sender": .string(signer.sender), "sequence": .whole(signer.sequence),
                        "signatures": .string(signer.signatures),
                    ]
                }
            ),
        ]
    }

    var report: Report {
        Report(document) { style in
            var facts = Facts(("transaction", .init(hash, .bold)))
            if !body.memo.isEmpty { facts.add("memo", .init(body.memo)) }
            if !body.fee.isEmpty {
                let coins = body.fee.map { "\($0.amount)\($0.denom)" }.joined(separator: ",")
                facts.add("fee", .init("\(coins), paid by \(body.requests.first?.sender ?? "nobody")"))
            }
            if body.timeoutHeight > 0 { facts.add("good up to", .init("height \(body.timeoutHeight.grouped)")) }
            for (request, message) in zip(body.requests, messages) {
                facts.add("request", .init("\(request.instance) \(message.text())"))
                facts.add("  from", .init(request.sender))
            }
            for signer in signers {
                facts.add(
                    "signature",
                    .init("\(signer.signatures), for \(signer.sender) at sequence \(signer.sequence)")
                )
            }
            return facts.text(style)
        }
    }
}

extension ChainView {
    /// A request's message in protobuf JSON.
    func content(of request: ProtoRequest) throws(CommandError) -> JSONValue {
        let bytes = Array(request.message)
        if request.instance == HostModule.manifest.name {
            return try CommandError.wrapping { try JSONValue(parsing: try HostMessage(decodingBytes: bytes).json()) }
        }
        let record = try instance(request.instance)
        guard let module = host.registry.module(record.module) else {
            throw CommandError(.badInput, "the module \(record.module) is not part of this program")
        }
        return try CommandError.wrapping { try JSONValue(parsing: try module.messageJSON(bytes)) }
    }
}
