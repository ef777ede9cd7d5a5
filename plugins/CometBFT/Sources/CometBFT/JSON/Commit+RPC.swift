extension CommitSignature: RPCRepresentable {
    /// Reads an entry of a commit.
    ///
    /// An absent one has no address and no signature; its time is the zero time, or 1970 as some light clients print it.
    public init(rpc value: JSONValue) throws(CometBFTError) {
        let number: Int = try value.read("block_id_flag") { flag throws(CometBFTError) in try flag.integer() }
        guard let flag = Flag(rawValue: number) else {
            throw CometBFTError(
                .unknownValue,
                "block_id_flag is absent (1), commit (2) or nil (3), not \(number)"
            )
        }
        switch flag {
        case .absent:
            try Self.checkAbsent(value)
            self = .absent
        case .commit: self = .commit(try Signed(rpc: value))
        case .nil: self = .nil(try Signed(rpc: value))
        }
    }

    /// The JSON value.
    public var rpc: JSONValue {
        [
            "block_id_flag": .integer(flag.rawValue),
            "validator_address": .string(signed?.address.description ?? ""),
            "timestamp": .string((signed?.timestamp ?? .zero).description),
            "signature": .base64(signed?.signature ?? []),
        ]
    }

    private static func checkAbsent(_ value: JSONValue) throws(CometBFTError) {
        let address = try value.readOptional("validator_address") { address throws(CometBFTError) in
            try address.string()
        }
        let signature = try value.readOptional("signature") { signature throws(CometBFTError) in
            try signature.string()
        }
        let time = try value.read("timestamp") { time throws(CometBFTError) in try time.time() }
        guard address ?? "" == "", signature ?? "" == "",
            time == .zero || time == BlockTime(nanosecondsSince1970: 0)
        else {
            throw CometBFTError(.inconsistent, "an absent entry has no address, no signature and the zero time")
        }
    }
}

extension CommitSignature.Signed {
    fileprivate init(rpc value: JSONValue) throws(CometBFTError) {
        try self.init(
            address: value.read("validator_address", ValidatorAddress.init(rpc:)),
            timestamp: value.read("timestamp") { time throws(CometBFTError) in try time.time() },
            signature: value.read("signature") { signature throws(CometBFTError) in try signature.base64() }
        )
    }
}

extension Commit: RPCRepresentable {
    /// Reads a commit.
    public init(rpc value: JSONValue) throws(CometBFTError) {
        try self.init(
            height: value.read("height") { height throws(CometBFTError) in try height.quotedInteger() },
            round: value.read("round") { round throws(CometBFTError) in try round.integer() },
            blockID: value.read("block_id", BlockID.init(rpc:)),
            signatures: value.read("signatures") { list throws(CometBFTError) in
                try list.elements(CommitSignature.init(rpc:))
            }
        )
    }

    /// The JSON value.
    public var rpc: JSONValue {
        [
            "height": .quoted(height),
            "round": .integer(round),
            "block_id": blockID.rpc,
            "signatures": .array(signatures.map(\.rpc)),
        ]
    }
}

extension SignedHeader: RPCRepresentable {
    /// Reads a header and its commit, or the answer to `/commit` which holds both.
    public init(rpc value: JSONValue) throws(CometBFTError) {
        let value = try value.optionalMember("signed_header") ?? value
        try self.init(
            header: value.read("header", Header.init(rpc:)),
            commit: value.read("commit", Commit.init(rpc:))
        )
    }

    /// The JSON value.
    public var rpc: JSONValue {
        ["header": header.rpc, "commit": commit.rpc]
    }
}

extension LightBlock: RPCRepresentable {
    /// Reads a signed header and its validators.
    public init(rpc value: JSONValue) throws(CometBFTError) {
        try self.init(
            signedHeader: value.read("signed_header", SignedHeader.init(rpc:)),
            validators: value.read("validator_set", ValidatorSet.init(rpc:))
        )
    }

    /// The JSON value.
    public var rpc: JSONValue {
        ["signed_header": signedHeader.rpc, "validator_set": validators.rpc]
    }
}

/// The answer to `/commit`.
public struct CommitResponse: Hashable, Sendable, RPCRepresentable {
    /// The header and its commit.
    public let signedHeader: SignedHeader
    /// Whether the next block holds this commit; else the node holds it from gossip, and another one may become part of the
    /// chain.
    public let isCanonical: Bool

    /// Makes an answer.
    public init(signedHeader: SignedHeader, isCanonical: Bool) {
        self.signedHeader = signedHeader
        self.isCanonical = isCanonical
    }

    /// Reads an answer.
    public init(rpc value: JSONValue) throws(CometBFTError) {
        self.init(
            signedHeader: try value.read("signed_header", SignedHeader.init(rpc:)),
            isCanonical: try value.read("canonical") { canonical throws(CometBFTError) in try canonical.bool() }
        )
    }

    /// The JSON value.
    public var rpc: JSONValue {
        ["signed_header": signedHeader.rpc, "canonical": .bool(isCanonical)]
    }
}
