import ArgumentParser
import CometBFT
import MeshHost
import MeshSandbox
import ModuleKit
import Storage

/// `meshd query commit`.
struct QueryCommit: ChainQuery {
    static let configuration = CommandConfiguration(
        commandName: "commit",
        abstract: "Shows a block as its validators signed it: CometBFT's header, and each signature.",
        discussion: """
            With --output json it is the answer of a CometBFT node to /commit, for light clients and relayers.

            Example:
              meshd query commit 3 --output json
            """
    )

    @OptionGroup var global: GlobalOptions

    @Argument(help: "The height. (default: the last)")
    var height: UInt64?

    func report(_ chain: ChainView) throws(CommandError) -> Report {
        let block = try chain.lightBlock(at: height)
        let (header, commit) = (block.signedHeader.header, block.signedHeader.commit)
        let isLast = UInt64(clamping: block.height) == chain.host.lastHeader.height
        let response = CommitResponse(signedHeader: block.signedHeader, isCanonical: !isLast)
        return Report(try response.document) { style in
            let facts = Facts(
                ("block", .init("\(header.chainID) \(header.height)", .bold)),
                ("time", .init(header.time.description)),
                ("header hash", .init(block.signedHeader.hash.description)),
                ("app hash", .init(header.appHash.hexText)),
                ("validators", .init(header.validatorsHash.description)),
                ("next", .init(header.nextValidatorsHash.description)),
                ("proposer", .init(header.proposerAddress.description)),
                ("round", .init(commit.round.description))
            )
            var table = Table(.init("validator"), .init("power", .right), .init("vote"), .init("signature"))
            for (validator, signature) in zip(block.validators.validators, commit.signatures) {
                table.add(
                    .init(validator.address.description),
                    .init(validator.power.grouped),
                    signature.flag == .commit ? .init("block", .green) : .init("\(signature.flag)", .yellow),
                    .init(signature.signed?.signature.hexText ?? "", .dim)
                )
            }
            return facts.text(style) + "\n" + table.text(style)
        }
    }
}

/// `meshd query validator-set`.
struct QueryValidatorSet: ChainQuery {
    static let configuration = CommandConfiguration(
        commandName: "validator-set",
        abstract: "Shows who signs a block, and with what power.",
        discussion: """
            A change of power takes effect two blocks later, as in CometBFT. With --output json it is the answer of a \
            CometBFT node to /validators.

            Example:
              meshd query validator-set 3
            """
    )

    @OptionGroup var global: GlobalOptions

    @Argument(help: "The height. (default: the last)")
    var height: UInt64?

    func report(_ chain: ChainView) throws(CommandError) -> Report {
        let block = try chain.lightBlock(at: height)
        let set = block.validators
        return Report(try ValidatorsPage(height: block.height, set: set).document) { style in
            let facts = Facts(
                ("height", .init(block.height.description, .bold)),
                ("power", .init(set.totalPower.grouped)),
                ("hash", .init(set.hash.description))
            )
            var table = Table(.init("validator"), .init("power", .right), .init("key"))
            for validator in set.validators {
                table.add(
                    .init(validator.address.description),
                    .init(validator.power.grouped),
                    .init(validator.key.description, .dim)
                )
            }
            return facts.text(style) + "\n" + table.text(style)
        }
    }
}

extension ChainView {
    /// The block of a height, or the last one, as its validators signed it.
    ///
    /// - Throws: `badInput` when there is none.
    func lightBlock(at height: UInt64?) throws(CommandError) -> LightBlock {
        let height = height ?? host.lastHeader.height
        if let block = try CommandError.wrapping({ try host.store.lightBlock(at: height) }) { return block }
        let (first, last) = (host.store.firstHeight, host.lastHeader.height)
        guard height > first, height <= last else {
            let blocks = first < last ? "its blocks are \(first + 1) to \(last)" : "it has none after its genesis yet"
            throw CommandError(.badInput, "nobody signs block \(height) of this chain: \(blocks)")
        }
        throw CommandError(
            .badInput,
            "nobody signed block \(height): a chain is signed when the home holds its validators' consensus keys from the "
                + "first block on, as after `meshd init --validators 4`"
        )
    }
}

extension RPCRepresentable {
    /// The engine's JSON, as this program prints JSON.
    fileprivate var document: JSONValue {
        get throws(CommandError) { try CommandError.wrapping { try JSONValue(parsing: json) } }
    }
}
