extension BlockID: RPCRepresentable {
    /// Reads a block id. The parts may be named `parts`, as nodes do, or `part_set_header`.
    public init(rpc value: JSONValue) throws(CometBFTError) {
        let name = try value.optionalMember("parts") == nil ? "part_set_header" : "parts"
        self.init(
            hash: try value.read("hash", Hash32.init(optionalRPC:)),
            partSetHeader: try value.read(name) { parts throws(CometBFTError) in
                PartSetHeader(
                    total: try parts.read("total") { total throws(CometBFTError) in try total.integer() },
                    hash: try parts.read("hash", Hash32.init(optionalRPC:))
                )
            }
        )
    }

    /// The JSON value.
    public var rpc: JSONValue {
        [
            "hash": Hash32.rpc(hash),
            "parts": [
                "total": .integer(partSetHeader.total),
                "hash": Hash32.rpc(partSetHeader.hash),
            ],
        ]
    }
}

extension Header: RPCRepresentable {
    /// Reads a header. `last_block_id` may be null at the first height.
    public init(rpc value: JSONValue) throws(CometBFTError) {
        try self.init(
            version: value.read("version", Version.init(rpc:)),
            chainID: value.read("chain_id") { id throws(CometBFTError) in try id.string() },
            height: value.read("height") { height throws(CometBFTError) in try height.quotedInteger() },
            time: value.read("time") { time throws(CometBFTError) in try time.time() },
            lastBlockID: value.readOptional("last_block_id", BlockID.init(rpc:)) ?? .nil,
            lastCommitHash: value.read("last_commit_hash", Hash32.init(optionalRPC:)),
            dataHash: value.read("data_hash", Hash32.init(optionalRPC:)),
            validatorsHash: value.read("validators_hash", Hash32.init(rpc:)),
            nextValidatorsHash: value.read("next_validators_hash", Hash32.init(rpc:)),
            consensusHash: value.read("consensus_hash", Hash32.init(rpc:)),
            appHash: value.read("app_hash") { hash throws(CometBFTError) in try hash.hexadecimal() },
            lastResultsHash: value.read("last_results_hash", Hash32.init(optionalRPC:)),
            evidenceHash: value.read("evidence_hash", Hash32.init(optionalRPC:)),
            proposerAddress: value.read("proposer_address", ValidatorAddress.init(rpc:))
        )
    }

    /// The JSON value.
    public var rpc: JSONValue {
        [
            "version": version.rpc,
            "chain_id": .string(chainID),
            "height": .quoted(height),
            "time": .string(time.description),
            "last_block_id": lastBlockID.rpc,
            "last_commit_hash": Hash32.rpc(lastCommitHash),
            "data_hash": Hash32.rpc(dataHash),
            "validators_hash": Hash32.rpc(validatorsHash),
            "next_validators_hash": Hash32.rpc(nextValidatorsHash),
            "consensus_hash": Hash32.rpc(consensusHash),
            "app_hash": .string(Hexadecimal.encode(appHash)),
            "last_results_hash": Hash32.rpc(lastResultsHash),
            "evidence_hash": Hash32.rpc(evidenceHash),
            "proposer_address": .string(proposerAddress.description),
        ]
    }
}

extension Version: RPCRepresentable {
    /// Reads both versions. The engine leaves `app` out where it is zero.
    public init(rpc value: JSONValue) throws(CometBFTError) {
        self.init(
            block: try value.read("block") { block throws(CometBFTError) in try block.quotedInteger() },
            app: try value.readOptional("app") { app throws(CometBFTError) in try app.quotedInteger() } ?? 0
        )
    }

    /// The JSON value.
    public var rpc: JSONValue {
        guard app > 0 else { return ["block": .quoted(block)] }
        return ["block": .quoted(block), "app": .quoted(app)]
    }
}

extension Hash32 {
    init(rpc value: JSONValue) throws(CometBFTError) {
        try self.init(value.hexadecimal())
    }

    /// Reads a hash that is empty where there is none.
    init?(optionalRPC value: JSONValue) throws(CometBFTError) {
        let bytes = try value.hexadecimal()
        guard !bytes.isEmpty else { return nil }
        try self.init(bytes)
    }

    static func rpc(_ hash: Hash32?) -> JSONValue {
        .string(hash?.description ?? "")
    }
}

extension ValidatorAddress {
    init(rpc value: JSONValue) throws(CometBFTError) {
        try self.init(value.hexadecimal())
    }
}
