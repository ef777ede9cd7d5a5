public import CometBFT

/// A signed chain that grows block by block.
///
/// A value: a copy is a fork. The same calls give the same bytes.
///
///     var chain = try TestChain(validators: TestValidators(0..<4))
///     try chain.append()                                          // height 1
///     try chain.append(next: TestValidators(4..<8))               // height 2, names other validators for height 3
///     var fork = chain
///     try fork.append(appHash: [1]); try chain.append()           // two blocks of height 3
public struct TestChain: Sendable {
    /// The time of the first block unless said otherwise: 2023-11-14, 22:13:20 UTC.
    public static let standardStart = BlockTime(nanosecondsSince1970: 1_700_000_000_000_000_000)

    /// The chain id.
    public let chainID: String
    /// The seconds from one block to the next.
    public let interval: Int64
    /// The blocks; the first is of height 1.
    public private(set) var blocks: [LightBlock] = []
    /// The validators of the next block.
    public private(set) var validators: TestValidators
    private var nextTime: BlockTime

    /// Starts a chain that has no block yet.
    public init(
        chainID: String = "test-chain",
        validators: TestValidators,
        start: BlockTime = standardStart,
        interval: Int64 = 1
    ) {
        self.chainID = chainID
        self.validators = validators
        self.interval = interval
        nextTime = start
    }

    /// The height of the last block; 0 if there is none.
    public var height: Int64 { Int64(blocks.count) }

    /// The block of a height, or nil.
    public func block(at height: Int64) -> LightBlock? {
        (1...).contains(height) && height <= self.height ? blocks[Int(height) - 1] : nil
    }

    /// Makes the next block and signs it.
    ///
    /// - Parameters:
    ///   - next: The validators of the block after it; the same ones unless said otherwise.
    ///   - time: The block's time; one interval after the block before unless said otherwise.
    ///   - appHash: What the application says; the height unless said otherwise.
    ///   - round: The round in which the block is decided.
    ///   - ballots: What the validator at each index does. The block is made whatever they do.
    /// - Returns: The block.
    @discardableResult
    public mutating func append(
        next: TestValidators? = nil,
        time: BlockTime? = nil,
        appHash: [UInt8]? = nil,
        round: Int32 = 0,
        ballots: (Int) -> Ballot = { _ in .block }
    ) throws(CometBFTError) -> LightBlock {
        let height = height + 1
        let next = next ?? validators
        let time = time ?? nextTime
        let later = try BlockTime(seconds: time.seconds &+ interval, nanoseconds: time.nanoseconds)
        let header = try Header(
            version: Version(),
            chainID: chainID,
            height: height,
            time: time,
            lastBlockID: blocks.last?.signedHeader.commit.blockID ?? .nil,
            lastCommitHash: blocks.last?.signedHeader.commit.hash ?? .ofNothing,
            dataHash: .ofNothing,
            validatorsHash: validators.set.hash,
            nextValidatorsHash: next.set.hash,
            consensusHash: .ofNothing,
            appHash: appHash ?? withUnsafeBytes(of: height.bigEndian) { Array($0) },
            lastResultsHash: .ofNothing,
            evidenceHash: .ofNothing,
            proposerAddress: validators.signers[Int(height) % validators.signers.count].address
        )
        let commit = try validators.commit(
            of: BlockID(hash: header.hash, parts: 1, partsHash: Hash32(hashing: header.hash.bytes)),
            height: height,
            round: round,
            time: later,
            chainID: chainID,
            ballots: ballots
        )
        let block = try LightBlock(
            signedHeader: SignedHeader(header: header, commit: commit),
            validators: validators.set
        )
        blocks.append(block)
        validators = next
        nextTime = later
        return block
    }

    /// Makes blocks up to a height, with the same validators and everybody signing.
    public mutating func grow(to height: Int64) throws(CometBFTError) {
        while self.height < height { try append() }
    }
}
