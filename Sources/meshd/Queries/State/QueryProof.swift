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
            The proof is an ICS-23 MerkleProof with the steps `smt` and `tendermint`, as IBC's light clients verify it; \
            the path is what such a verifier is given. The app hash of block 7 stands in the signed header of block 8: \
            see `meshd query commit 8`.

            Example:
              meshd query proof bank supply 756d6573680000 --output json
              meshd query proof --path channelEnds/ports/transfer/channels/channel-0
            """
    )

    @OptionGroup var global: GlobalOptions

    @Argument(help: "The label or the address of the instance; `host` is the host itself.")
    var instance: String?

    @Argument(help: "The collection, by name or number.")
    var collection: String?

    @Argument(
        help: """
            The key within it, in hexadecimal digits or as a path, as `meshd query state` shows it. \
            (default: the empty key)
            """
    )
    var key: String?

    @Option(name: .long, help: "Instead of these three: a path that the chain publishes to other chains (ICS-24).")
    var path: String?

    @Option(name: .long, help: "The height whose state is proven. (default: the last)")
    var height: UInt64?

    func validate() throws {
        if path != nil, instance != nil {
            throw ValidationError("Give either --path, or an instance, a collection and a key.")
        }
        if path == nil, collection == nil {
            throw ValidationError("Give an instance and a collection, or --path.")
        }
    }

    func report(_ chain: ChainView) throws(CommandError) -> Report {
        let proof = try proof(chain)
        let (header, encoded) = try CommandError.wrapping {
            (try chain.host.store.log.header(at: proof.height), try proof.proof.encoded())
        }
        let appHash = header?.appHash.hexadecimal ?? ""
        let steps = proof.path.keys
        let texts = steps.compactMap(\.readableText)
        let json: JSONValue = [
            "height": .whole(proof.height),
            "app_hash": .string(appHash),
            "path": .array(steps.map { .string($0.hexText) }),
            "path_text": texts.count == steps.count ? .array(texts.map { .string($0) }) : .null,
            "value": .optional(proof.value?.hexText),
            "proof": .string(Data(encoded).base64EncodedString()),
        ]
        return Report(json) { style in
            Facts(
                ("height", .init(proof.height.grouped, .bold)),
                ("app hash", .init(appHash)),
                ("path", .init(steps.map { $0.readableText ?? $0.hexText }.joined(separator: " / "))),
                ("value", proof.value.map { .init($0.hexText) } ?? .init("none, and that is proven", .yellow)),
                ("proof", .init("\(encoded.count.grouped) bytes, verified", .green)),
                ("", .init(Data(encoded).base64EncodedString(), .dim))
            )
            .text(style)
        }
    }

    private func proof(_ chain: ChainView) throws(CommandError) -> StateProof {
        if let path { return try chain.proof(ofPath: path, at: height) }
        let (number, collection) = try chain.collection(collection ?? "", of: instance ?? "")
        let key = try LocalKey(key ?? "", in: collection, argument: "the key")
        let full = try key.full(instance: number)
        return try CommandError.wrapping { try chain.host.store.proof(of: full, at: height) }
    }
}

extension ChainView {
    /// Proves what the chain publishes under a path, or that it publishes nothing there.
    ///
    /// All published collections are one name space, and no two hold the same path. So where one of them holds it, only the
    /// proof for that one can be made; where none does, the proof for any of them is the proof for all.
    fileprivate func proof(ofPath path: String, at height: UInt64?) throws(CommandError) -> StateProof {
        // One height for all of them, also while another process executes blocks.
        let height = height ?? host.lastHeader.height
        var refusal = CommandError(
            .badInput,
            "no instance of this chain publishes paths: name an instance, a collection and a key"
        )
        for (instance, collection) in try publishedCollections() {
            let key = try LocalKey(bytes: Array(path.utf8), collection: collection).full(instance: instance)
            do throws(StorageError) {
                return try host.store.proof(of: key, at: height)
            } catch {
                // The path is another collection's, or the height is out of reach, which the next one says again.
                guard error.code == .notProvable else { throw CommandError(error) }
                refusal = CommandError(error)
            }
        }
        throw refusal
    }

    /// The numbers of the published collections, with their instance.
    private func publishedCollections() throws(CommandError) -> [(instance: UInt32, collection: UInt8)] {
        var published: [(instance: UInt32, collection: UInt8)] = []
        for instance in instances {
            let (number, collections) = try stateLayout(of: instance.label)
            published += collections.filter(\.isPublished).map { (number, $0.number) }
        }
        return published
    }
}
