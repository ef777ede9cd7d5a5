extension ValidatorKey: RPCRepresentable {
    private static let typeName = "tendermint/PubKeyEd25519"

    /// Reads an Ed25519 key with its type.
    public init(rpc value: JSONValue) throws(CometBFTError) {
        let type = try value.read("type") { type throws(CometBFTError) in try type.string() }
        guard type == Self.typeName else {
            throw CometBFTError(
                .unknownValue,
                "keys of the type '\(type.prefix(60))' are not supported, only \(Self.typeName)"
            )
        }
        try self.init(value.read("value") { key throws(CometBFTError) in try key.base64() })
    }

    /// The JSON value.
    public var rpc: JSONValue {
        ["type": .string(Self.typeName), "value": .base64(bytes)]
    }
}

extension Validator: RPCRepresentable {
    /// Reads a validator. The address must be the key's. `proposer_priority` may be left out.
    public init(rpc value: JSONValue) throws(CometBFTError) {
        try self.init(
            key: value.read("pub_key", ValidatorKey.init(rpc:)),
            power: value.read("voting_power") { power throws(CometBFTError) in try power.quotedInteger() },
            proposerPriority: value.readOptional("proposer_priority") { priority throws(CometBFTError) in
                try priority.quotedInteger()
            } ?? 0
        )
        try checkAddress(value.read("address", ValidatorAddress.init(rpc:)))
    }

    /// The JSON value.
    public var rpc: JSONValue {
        [
            "address": .string(address.description),
            "pub_key": key.rpc,
            "voting_power": .quoted(power),
            "proposer_priority": .quoted(proposerPriority),
        ]
    }
}

extension ValidatorSet: RPCRepresentable {
    /// Reads a set, and sorts it: nodes print the engine's order, but light clients and people don't always.
    ///
    /// A `proposer` may stand beside the validators.
    public init(rpc value: JSONValue) throws(CometBFTError) {
        try self.init(
            value.read("validators") { list throws(CometBFTError) in
                try list.elements(Validator.init(rpc:))
            },
            proposer: value.readOptional("proposer", Validator.init(rpc:))
        )
    }

    /// The JSON value.
    public var rpc: JSONValue {
        let list = JSONValue.array(validators.map(\.rpc))
        guard let proposer else { return ["validators": list] }
        return ["validators": list, "proposer": proposer.rpc]
    }

    /// Puts the pages of `/validators` together.
    ///
    /// - Throws: `missing` when a page is not there, `inconsistent` when pages are of different heights or sets.
    public init(pages: [ValidatorsPage]) throws(CometBFTError) {
        guard let first = pages.first else { throw CometBFTError(.missing, "there is no page of validators") }
        for page in pages where page.height != first.height || page.total != first.total {
            throw CometBFTError(
                .inconsistent,
                "the pages are of different sets: \(first.total) validators at height \(first.height), "
                    + "and \(page.total) at height \(page.height)"
            )
        }
        let validators = pages.flatMap(\.validators)
        guard validators.count == first.total else {
            throw CometBFTError(
                .missing,
                "the set has \(first.total) validators, and the pages hold \(validators.count); fetch every page once"
            )
        }
        try self.init(validators)
    }
}

/// One page of the answer to `/validators`: at most 100 validators as nodes give them.
public struct ValidatorsPage: Hashable, Sendable, RPCRepresentable {
    /// The height that was asked for.
    public let height: Int64
    /// The validators of this page.
    public let validators: [Validator]
    /// How many the whole set has.
    public let total: Int

    /// Makes the one page of a whole set.
    public init(height: Int64, set: ValidatorSet) {
        self.height = height
        validators = set.validators
        total = set.validators.count
    }

    /// Reads a page.
    public init(rpc value: JSONValue) throws(CometBFTError) {
        height = try value.read("block_height") { height throws(CometBFTError) in try height.quotedInteger() }
        try Height.check(height)
        validators = try value.read("validators") { list throws(CometBFTError) in
            try list.elements(Validator.init(rpc:))
        }
        total = try value.read("total") { total throws(CometBFTError) in try total.quotedInteger() }
        let count: Int = try value.read("count") { count throws(CometBFTError) in try count.quotedInteger() }
        guard count == validators.count else {
            throw CometBFTError(.inconsistent, "count is \(count), and the page holds \(validators.count) validators")
        }
        guard (count...max(count, ValidatorSet.maximumCount)).contains(total) else {
            throw CometBFTError(.outOfRange, "total is \(total): less than the page holds, or more than a set may")
        }
    }

    /// The JSON value.
    public var rpc: JSONValue {
        [
            "block_height": .quoted(height),
            "validators": .array(validators.map(\.rpc)),
            "count": .quoted(validators.count),
            "total": .quoted(total),
        ]
    }
}
