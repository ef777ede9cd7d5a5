import ArgumentParser
import Foundation
import ICS23
import MeshHost
import ModuleKit
import Storage

/// `meshd query proof`.
struct QueryProof: ChainQuery {
    static let configuration = CommandConfiguration(
        commandName: "proof",
        abstract: "Proves what the state holds under a key, or that it holds nothing, against a block's app hash.",
        discussion: """
            The proof is an ICS-23 MerkleProof with the steps `smt` and `tendermint`, as IBC's light clients verify it. \
            The app hash of block 7 stands in the signed header of block 8: see `meshd query commit 8`.

            Example:
              meshd query proof bank supply 756d6573680000 --output json
            """
    )

    @OptionGroup var global: GlobalOptions

    @Argument(help: "The label or the address of the instance; `host` is the host itself.")
    var instance: String

    @Argument(help: "The collection, by name or number.")
    var collection: String

    @Argument(
        help: "The key within it, in hexadecimal digits as `meshd query state` shows it. (default: the empty key)"
    )
    var key = ""

    @Option(name: .long, help: "The height whose state is proven. (default: the last)")
    var height: UInt64?

    func report(_ chain: ChainView) throws(CommandError) -> Report {
        guard let key = Array(hexadecimal: key) else {
            throw CommandError(
                .badInput,
                "the key takes pairs of hexadecimal digits, as `meshd query state` shows them"
            )
        }
        let (number, collection) = try chain.collection(collection, of: instance)
        let full = Storage.StateKey.prefix(instance: number, collection: collection) + key
        let store = chain.host.store
        let (proof, header, encoded) = try CommandError.wrapping {
            let proof = try store.proof(of: full, at: height)
            return (proof, try store.log.header(at: proof.height), try proof.proof.encoded())
        }
        let appHash = header?.appHash.hexadecimal ?? ""
        let json: JSONValue = [
            "height": .whole(proof.height),
            "app_hash": .string(appHash),
            "path": .array(proof.path.keys.map { .string($0.hexText) }),
            "value": .optional(proof.value?.hexText),
            "proof": .string(Data(encoded).base64EncodedString()),
        ]
        return Report(json) { style in
            Facts(
                ("height", .init(proof.height.grouped, .bold)),
                ("app hash", .init(appHash)),
                ("path", .init("state / \(full.hexText)")),
                ("value", proof.value.map { .init($0.hexText) } ?? .init("none, and that is proven", .yellow)),
                ("proof", .init("\(encoded.count.grouped) bytes, verified", .green)),
                ("", .init(Data(encoded).base64EncodedString(), .dim))
            )
            .text(style)
        }
    }
}
