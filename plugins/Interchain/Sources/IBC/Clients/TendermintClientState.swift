import CometBFT
public import ICS23
public import LightClient

/// A client of a CometBFT chain (ICS-07): what it takes as given, how far it has come, and whether it is frozen.
///
/// A value of one chain and one revision. What it verified of single heights, its consensus states, are kept beside it,
/// because a chain stores each under its own path; every check takes those it needs. ``TendermintClient`` holds both in
/// memory.
///
/// Well formed (ibc-go, `ClientState.Validate`): the trusting period is below the unbonding period, all periods are
/// above zero, and the latest height is of the revision that the chain id names.
public struct TendermintClientState: Hashable, Sendable {
    /// The frozen height of every frozen client: only that there is one counts.
    public static let frozenMark = Height(revision: 0, height: 1)
    /// The most proof specifications, and the most parts of an upgrade path.
    public static let maximumTreeCount = ProofBounds.maximumTreeCount
    /// The longest part of an upgrade path, in bytes.
    public static let maximumUpgradeKeyByteCount = 128

    /// The chain: 1 to 50 bytes.
    public let chainID: String
    /// Trust level, trusting period and clock drift.
    public let options: VerificationOptions
    /// How long the chain can punish its validators.
    public let unbondingPeriod: Duration
    /// What proofs of the chain look like, one for every tree, the lowest first. Never empty.
    public let proofSpecs: [ProofSpec]
    /// Where the chain commits to the client that follows after an upgrade. Kept, but upgrades are not verified here.
    public let upgradePath: [String]
    /// The highest height that is verified.
    public private(set) var latestHeight: Height
    /// Whether misbehaviour was seen.
    public private(set) var isFrozen: Bool

    /// Makes a client state.
    ///
    /// - Throws: `outOfRange`, `inconsistent`, `missing` or `tooLarge`, see the type.
    public init(
        chainID: String,
        options: VerificationOptions,
        unbondingPeriod: Duration,
        latestHeight: Height,
        isFrozen: Bool = false,
        proofSpecs: [ProofSpec],
        upgradePath: [String] = []
    ) throws(IBCError) {
        guard (1...50).contains(chainID.utf8.count), !isBlank(chainID) else {
            throw IBCError(.outOfRange, "a chain id has 1 to 50 bytes; \(quoted(chainID)) has \(chainID.utf8.count)")
        }
        try Self.check(options, unbondingPeriod: unbondingPeriod)
        guard latestHeight.height > 0, latestHeight.revision == Height.revision(ofChainID: chainID) ?? 0 else {
            throw IBCError(
                .inconsistent,
                "\(latestHeight) is no height of the chain \(quoted(chainID)); the revision is the one that its id "
                    + "names, and heights start at 1"
            )
        }
        guard !proofSpecs.isEmpty else {
            throw IBCError(.missing, "the client has no proof specifications; give one for every tree of the chain")
        }
        guard proofSpecs.count <= Self.maximumTreeCount, upgradePath.count <= Self.maximumTreeCount else {
            throw IBCError(
                .tooLarge,
                "a client has at most \(Self.maximumTreeCount) proof specifications and parts of the upgrade path"
            )
        }
        for part in upgradePath where isBlank(part) || part.utf8.count > Self.maximumUpgradeKeyByteCount {
            throw IBCError(
                .outOfRange,
                "\(quoted(part)) is no part of an upgrade path; give 1 to \(Self.maximumUpgradeKeyByteCount) bytes"
            )
        }
        self.chainID = chainID
        self.options = options
        self.unbondingPeriod = unbondingPeriod
        self.proofSpecs = proofSpecs
        self.upgradePath = upgradePath
        self.latestHeight = latestHeight
        self.isFrozen = isFrozen
    }

    private static func check(_ options: VerificationOptions, unbondingPeriod: Duration) throws(IBCError) {
        guard options.trustingPeriod < unbondingPeriod else {
            throw IBCError(
                .inconsistent,
                "the trusting period \(options.trustingPeriod) must be below the unbonding period \(unbondingPeriod): "
                    + "whoever signed can be punished only until then"
            )
        }
        guard options.maximumClockDrift > .zero else {
            throw IBCError(.outOfRange, "the clock drift must be above zero; chains' times differ by some seconds")
        }
        for period in [options.trustingPeriod, options.maximumClockDrift, unbondingPeriod] {
            try period.checkIsWritable()
        }
    }

    /// Notes a verified height, unless a higher one is known.
    public mutating func advance(to height: Height) {
        latestHeight = max(latestHeight, height)
    }

    /// Stops the client, after misbehaviour.
    public mutating func freeze() {
        isFrozen = true
    }

    /// Lets a frozen client go on, after people found out what happened. Only governance may decide this.
    public mutating func unfreeze() {
        isFrozen = false
    }
}

extension TendermintClientState {
    /// The proofs of a chain of the Cosmos SDK: an IAVL tree for each store, and the tree over the stores.
    public static let cosmosProofSpecs: [ProofSpec] = [.iavl, .tendermint]
    /// The proofs of a chain whose stores are sparse Merkle trees, under the same tree over the stores.
    public static let sparseProofSpecs: [ProofSpec] = [.smt, .tendermint]
}
