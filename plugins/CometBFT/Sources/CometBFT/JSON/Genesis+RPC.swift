extension Genesis: RPCRepresentable {
    /// Reads a genesis file, or the answer to `/genesis` which holds it. Names of validators are not kept.
    ///
    /// The engine's defaults apply: `initial_height` may be left out or `"0"` for 1.
    public init(rpc value: JSONValue) throws(CometBFTError) {
        let value = try value.optionalMember("genesis") ?? value
        let height: Int64? = try value.readOptional("initial_height") { height throws(CometBFTError) in
            try height.quotedInteger()
        }
        let validators =
            try value.readOptional("validators") { list throws(CometBFTError) in
                try list.elements(Validator.init(genesis:))
            } ?? []
        try self.init(
            time: value.read("genesis_time") { time throws(CometBFTError) in try time.time() },
            chainID: value.read("chain_id") { id throws(CometBFTError) in try id.string() },
            initialHeight: height == 0 ? 1 : height ?? 1,
            consensusParameters: value.readOptional("consensus_params", ConsensusParameters.init(rpc:)),
            validators: validators.isEmpty
                ? nil
                : checking("validators") { () throws(CometBFTError) in try ValidatorSet(validators) },
            appHash: value.readOptional("app_hash") { hash throws(CometBFTError) in try hash.hexadecimal() } ?? [],
            appState: value.optionalMember("app_state")
        )
    }

    /// The JSON value.
    public var rpc: JSONValue {
        var object = JSONObject()
        object["genesis_time"] = .string(time.description)
        object["chain_id"] = .string(chainID)
        object["initial_height"] = .quoted(initialHeight)
        object["consensus_params"] = consensusParameters?.rpc
        if let validators { object["validators"] = .array(validators.validators.map(\.genesisRPC)) }
        object["app_hash"] = .string(Hexadecimal.encode(appHash))
        object["app_state"] = appState
        return .object(object)
    }
}

extension Validator {
    /// Reads a validator of a genesis, where `power` is its power. The address may be left out.
    fileprivate init(genesis value: JSONValue) throws(CometBFTError) {
        try self.init(
            key: value.read("pub_key", ValidatorKey.init(rpc:)),
            power: value.read("power") { power throws(CometBFTError) in try power.quotedInteger() }
        )
        let stated = try value.readOptional("address") { address throws(CometBFTError) in try address.hexadecimal() }
        if let stated, !stated.isEmpty { try checkAddress(ValidatorAddress(stated)) }
    }

    fileprivate var genesisRPC: JSONValue {
        [
            "address": .string(address.description),
            "pub_key": key.rpc,
            "power": .quoted(power),
            "name": .string(""),
        ]
    }
}

extension ConsensusParameters: RPCRepresentable {
    /// Reads parameters. `version` and `abci` may be left out, as in files of older engines.
    public init(rpc value: JSONValue) throws(CometBFTError) {
        let block = try value.member("block")
        let evidence = try value.member("evidence")
        let version = try value.optionalMember("version") ?? [:]
        let abci = try value.optionalMember("abci") ?? [:]
        try self.init(
            maximumBlockByteCount: block.quoted("max_bytes"),
            maximumBlockGas: block.quoted("max_gas"),
            maximumEvidenceAgeBlocks: evidence.quoted("max_age_num_blocks"),
            maximumEvidenceAgeNanoseconds: evidence.quoted("max_age_duration"),
            maximumEvidenceByteCount: evidence.quoted("max_bytes"),
            keyTypes: value.member("validator").read("pub_key_types") { list throws(CometBFTError) in
                try list.elements { name throws(CometBFTError) in try name.string() }
            },
            appVersion: version.readOptional("app") { app throws(CometBFTError) in try app.quotedInteger() } ?? 0,
            voteExtensionsEnableHeight: abci.readOptional("vote_extensions_enable_height") {
                height throws(CometBFTError) in
                try height.quotedInteger()
            } ?? 0
        )
    }

    /// The JSON value.
    public var rpc: JSONValue {
        [
            "block": [
                "max_bytes": .quoted(maximumBlockByteCount),
                "max_gas": .quoted(maximumBlockGas),
            ],
            "evidence": [
                "max_age_num_blocks": .quoted(maximumEvidenceAgeBlocks),
                "max_age_duration": .quoted(maximumEvidenceAgeNanoseconds),
                "max_bytes": .quoted(maximumEvidenceByteCount),
            ],
            "validator": ["pub_key_types": .array(keyTypes.map { .string($0) })],
            "version": ["app": .quoted(appVersion)],
            "abci": ["vote_extensions_enable_height": .quoted(voteExtensionsEnableHeight)],
        ]
    }
}

extension JSONValue {
    fileprivate func quoted(_ name: String) throws(CometBFTError) -> Int64 {
        try read(name) { number throws(CometBFTError) in try number.quotedInteger() }
    }
}
