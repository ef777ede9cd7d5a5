extension Block: RPCRepresentable {
    /// Reads a block, or the answer to `/block` which holds it.
    public init(rpc value: JSONValue) throws(CometBFTError) {
        let value = try value.optionalMember("block") ?? value
        try self.init(
            header: value.read("header", Header.init(rpc:)),
            transactions: value.read("data") { data throws(CometBFTError) in
                try data.readOptional("txs") { list throws(CometBFTError) in
                    try list.elements { bytes throws(CometBFTError) in try Base64.decode(bytes.string()) }
                } ?? []
            },
            evidence: value.read("evidence") { data throws(CometBFTError) in
                try data.readOptional("evidence") { list throws(CometBFTError) in
                    try list.elements(Evidence.init(rpc:))
                } ?? []
            },
            lastCommit: Self.lastCommit(value)
        )
    }

    /// The JSON value.
    public var rpc: JSONValue {
        [
            "header": header.rpc,
            "data": ["txs": .array(transactions.map { .string(Base64.encode($0)) })],
            "evidence": ["evidence": .array(evidence.map(\.rpc))],
            "last_commit": lastCommit?.rpc ?? Self.noCommit,
        ]
    }

    /// The first block has null, or a commit of height 0 with no entries.
    private static func lastCommit(_ value: JSONValue) throws(CometBFTError) -> Commit? {
        try value.readOptional("last_commit") { commit throws(CometBFTError) in
            let height: Int64 = try commit.read("height") { height throws(CometBFTError) in
                try height.quotedInteger()
            }
            guard height == 0 else { return try Commit(rpc: commit) }
            let round: Int32 = try commit.read("round") { round throws(CometBFTError) in try round.integer() }
            let blockID = try commit.read("block_id", BlockID.init(rpc:))
            let signatures = try commit.readOptional("signatures") { list throws(CometBFTError) in
                try list.elements(CommitSignature.init(rpc:))
            }
            guard round == 0, blockID.isNil, signatures ?? [] == [] else {
                throw CometBFTError(.inconsistent, "a commit of height 0 is empty: it stands before the first block")
            }
            return nil
        } ?? nil
    }

    private static var noCommit: JSONValue {
        [
            "height": .quoted(0),
            "round": .integer(0),
            "block_id": BlockID.nil.rpc,
            "signatures": .array([]),
        ]
    }
}

/// The answer to `/block`.
public struct BlockResponse: Hashable, Sendable, RPCRepresentable {
    /// What names the block.
    public let blockID: BlockID
    /// The block.
    public let block: Block

    /// Makes an answer.
    ///
    /// - Throws: `inconsistent` when the block id is not the block's.
    public init(blockID: BlockID, block: Block) throws(CometBFTError) {
        try blockID.checkComplete()
        guard blockID.hash == block.hash else {
            throw CometBFTError(
                .inconsistent,
                "the block's hash is \(block.hash), and the block id says \(blockID.hash?.description ?? "nil")"
            )
        }
        self.blockID = blockID
        self.block = block
    }

    /// Reads an answer.
    public init(rpc value: JSONValue) throws(CometBFTError) {
        try self.init(
            blockID: value.read("block_id", BlockID.init(rpc:)),
            block: value.read("block", Block.init(rpc:))
        )
    }

    /// The JSON value.
    public var rpc: JSONValue {
        ["block_id": blockID.rpc, "block": block.rpc]
    }
}
