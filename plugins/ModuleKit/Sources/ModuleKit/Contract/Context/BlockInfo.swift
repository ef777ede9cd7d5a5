/// What a module knows of the block that it runs in.
public struct BlockInfo: Sendable, Hashable {
    /// The chain's identifier, such as `cosmoshub-4`.
    public let chainID: String
    /// The block's height.
    public let height: UInt64
    /// The block's time: the only clock that a module has.
    public let time: Timestamp
    /// Whether this is the block before the first, which holds what was imported from a genesis document.
    public let isGenesis: Bool
    /// What the consensus engine reported with the block.
    public let report: EngineReport

    /// Describes a block.
    public init(
        chainID: String,
        height: UInt64,
        time: Timestamp,
        isGenesis: Bool = false,
        report: EngineReport = EngineReport()
    ) {
        self.chainID = chainID
        self.height = height
        self.time = time
        self.isGenesis = isGenesis
        self.report = report
    }
}

/// What the consensus engine reports with a block (ABCI 2.0, `FinalizeBlockRequest`).
public struct EngineReport: Sendable, Hashable {
    /// A validator's part in the commit of the block before.
    public struct Vote: Sendable, Hashable {
        /// The consensus address, 20 bytes.
        public let validator: Address
        /// Its voting power then.
        public let power: UInt64
        /// Whether its signature stood in the commit.
        public let hasSigned: Bool

        /// Describes a vote.
        public init(validator: Address, power: UInt64, hasSigned: Bool) {
            self.validator = validator
            self.power = power
            self.hasSigned = hasSigned
        }
    }

    /// Double signing that the engine itself has seen.
    public struct Misbehavior: Sendable, Hashable {
        /// The consensus address, 20 bytes.
        public let validator: Address
        /// Its voting power at the infraction.
        public let power: UInt64
        /// The height of the infraction.
        public let height: UInt64
        /// The time of the infraction.
        public let time: Timestamp

        /// Describes an infraction.
        public init(validator: Address, power: UInt64, height: UInt64, time: Timestamp) {
            self.validator = validator
            self.power = power
            self.height = height
            self.time = time
        }
    }

    /// The consensus address of the proposer, where there is one.
    public var proposer: Address?
    /// The votes of the last commit, in the engine's order.
    public var votes: [Vote]
    /// What the engine holds against validators.
    public var misbehavior: [Misbehavior]

    /// A report; empty for a chain that sequences alone.
    public init(proposer: Address? = nil, votes: [Vote] = [], misbehavior: [Misbehavior] = []) {
        self.proposer = proposer
        self.votes = votes
        self.misbehavior = misbehavior
    }
}

/// A change of one validator's voting power, as the consensus engine wants it (ABCI 2.0, `ValidatorUpdate`).
public struct ValidatorUpdate: Sendable, Hashable {
    /// The Ed25519 consensus key, 32 bytes.
    public let publicKey: [UInt8]
    /// The new power; zero removes the validator.
    public let power: UInt64

    /// Describes a change.
    public init(publicKey: [UInt8], power: UInt64) {
        self.publicKey = publicKey
        self.power = power
    }
}

/// A vocabulary some of whose events change the validator set; the host hands the changes to the engine.
public protocol UpdatesValidators: EventVocabulary {
    /// The changes that this event makes, mostly none.
    var validatorUpdates: [ValidatorUpdate] { get throws(ModuleError) }
}
