extension Vote: RPCRepresentable {
    /// Reads a vote. It must be signed.
    public init(rpc value: JSONValue) throws(CometBFTError) {
        let number: Int = try value.read("type") { type throws(CometBFTError) in try type.integer() }
        guard let type = SignedMessageType(rawValue: number) else {
            throw CometBFTError(.unknownValue, "a vote's type is prevote (1) or precommit (2), not \(number)")
        }
        let signature = try value.read("signature") { signature throws(CometBFTError) in try signature.base64() }
        try Signature.check(signature)
        try self.init(
            type: type,
            height: value.read("height") { height throws(CometBFTError) in try height.quotedInteger() },
            round: value.read("round") { round throws(CometBFTError) in try round.integer() },
            blockID: value.read("block_id", BlockID.init(rpc:)),
            timestamp: value.read("timestamp") { time throws(CometBFTError) in try time.time() },
            validatorAddress: value.read("validator_address", ValidatorAddress.init(rpc:)),
            validatorIndex: value.read("validator_index") { index throws(CometBFTError) in try index.integer() },
            signature: signature,
            extension: Extension(
                bytesOrNothing: value.readOptional("extension") { bytes throws(CometBFTError) in
                    try bytes.base64()
                } ?? [],
                signature: value.readOptional("extension_signature") { bytes throws(CometBFTError) in
                    try bytes.base64()
                } ?? []
            )
        )
    }

    /// The JSON value.
    public var rpc: JSONValue {
        [
            "type": .integer(type.rawValue),
            "height": .quoted(height),
            "round": .integer(round),
            "block_id": blockID.rpc,
            "timestamp": .string(timestamp.description),
            "validator_address": .string(validatorAddress.description),
            "validator_index": .integer(validatorIndex),
            "signature": .base64(signature),
            "extension": .base64(`extension`?.bytes ?? []),
            "extension_signature": .base64(`extension`?.signature ?? []),
        ]
    }
}

extension DuplicateVoteEvidence: RPCRepresentable {
    /// Reads the evidence, without the type around it.
    public init(rpc value: JSONValue) throws(CometBFTError) {
        try self.init(
            voteA: value.read("vote_a", Vote.init(rpc:)),
            voteB: value.read("vote_b", Vote.init(rpc:)),
            totalVotingPower: value.read("TotalVotingPower") { power throws(CometBFTError) in
                try power.quotedInteger()
            },
            validatorPower: value.read("ValidatorPower") { power throws(CometBFTError) in
                try power.quotedInteger()
            },
            timestamp: value.read("Timestamp") { time throws(CometBFTError) in try time.time() }
        )
    }

    /// The JSON value.
    public var rpc: JSONValue {
        [
            "vote_a": voteA.rpc,
            "vote_b": voteB.rpc,
            "TotalVotingPower": .quoted(totalVotingPower),
            "ValidatorPower": .quoted(validatorPower),
            "Timestamp": .string(timestamp.description),
        ]
    }
}

extension LightClientAttackEvidence: RPCRepresentable {
    /// Reads the evidence, without the type around it.
    public init(rpc value: JSONValue) throws(CometBFTError) {
        try self.init(
            conflictingBlock: value.read("ConflictingBlock", LightBlock.init(rpc:)),
            commonHeight: value.read("CommonHeight") { height throws(CometBFTError) in try height.quotedInteger() },
            byzantineValidators: value.readOptional("ByzantineValidators") { list throws(CometBFTError) in
                try list.elements(Validator.init(rpc:))
            } ?? [],
            totalVotingPower: value.read("TotalVotingPower") { power throws(CometBFTError) in
                try power.quotedInteger()
            },
            timestamp: value.read("Timestamp") { time throws(CometBFTError) in try time.time() }
        )
    }

    /// The JSON value.
    public var rpc: JSONValue {
        [
            "ConflictingBlock": conflictingBlock.rpc,
            "CommonHeight": .quoted(commonHeight),
            "ByzantineValidators": .array(byzantineValidators.map(\.rpc)),
            "TotalVotingPower": .quoted(totalVotingPower),
            "Timestamp": .string(timestamp.description),
        ]
    }
}

extension Evidence: RPCRepresentable {
    private static let duplicateVoteName = "tendermint/DuplicateVoteEvidence"
    private static let lightClientAttackName = "tendermint/LightClientAttackEvidence"

    /// Reads evidence with its type: `{"type":"tendermint/DuplicateVoteEvidence","value":{…}}`.
    public init(rpc value: JSONValue) throws(CometBFTError) {
        let type = try value.read("type") { type throws(CometBFTError) in try type.string() }
        switch type {
        case Self.duplicateVoteName:
            self = .duplicateVote(try value.read("value", DuplicateVoteEvidence.init(rpc:)))
        case Self.lightClientAttackName:
            self = .lightClientAttack(try value.read("value", LightClientAttackEvidence.init(rpc:)))
        default:
            throw CometBFTError(.unknownValue, "evidence of the type '\(type.prefix(60))' is not known here")
        }
    }

    /// The JSON value.
    public var rpc: JSONValue {
        switch self {
        case .duplicateVote(let evidence):
            ["type": .string(Self.duplicateVoteName), "value": evidence.rpc]
        case .lightClientAttack(let evidence):
            ["type": .string(Self.lightClientAttackName), "value": evidence.rpc]
        }
    }
}
