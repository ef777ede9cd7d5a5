public import CometBFT

/// Validators that can sign, each known by a number: the same number is the same key, in every set and every process.
public struct TestValidators: Sendable {
    /// The keys, in the order of the set.
    public let signers: [PrivateValidator]
    /// The set.
    public let set: ValidatorSet

    /// Makes a set of members with powers of their own.
    ///
    /// - Parameter members: A number and a power for each.
    /// - Throws: What is wrong with the set, such as a number that stands twice.
    public init(_ members: [(number: UInt64, power: Int64)]) throws(CometBFTError) {
        var signers: [ValidatorAddress: PrivateValidator] = [:]
        var validators: [Validator] = []
        for (number, power) in members {
            let signer = try Self.signer(number)
            signers[signer.address] = signer
            validators.append(try Validator(key: signer.key, power: power))
        }
        set = try ValidatorSet(validators)
        self.signers = set.validators.compactMap { signers[$0.address] }
    }

    /// Makes a set of members with equal powers.
    public init(_ numbers: some Sequence<UInt64>, power: Int64 = 10) throws(CometBFTError) {
        try self.init(numbers.map { ($0, power) })
    }

    /// The key of a number.
    public static func signer(_ number: UInt64) throws(CometBFTError) -> PrivateValidator {
        var generator = SeededGenerator(seed: number)
        return try PrivateValidator(seed: generator.bytes(count: 32))
    }
}

extension TestValidators {
    /// The signed vote of the validator at an index. An index out of range is taken modulo the number of validators.
    public func vote(
        by index: Int,
        type: SignedMessageType = .precommit,
        height: Int64,
        round: Int32 = 0,
        for blockID: BlockID,
        time: BlockTime,
        chainID: String
    ) throws(CometBFTError) -> Vote {
        let place = Int(UInt(bitPattern: index) % UInt(signers.count))
        let vote = try Vote(
            type: type,
            height: height,
            round: round,
            blockID: blockID,
            timestamp: time,
            validatorAddress: signers[place].address,
            validatorIndex: Int32(place)
        )
        return try signers[place].sign(vote, chainID: chainID)
    }

    /// Evidence that the validator at an index signed two blocks in one round.
    public func duplicateVote(
        by index: Int,
        type: SignedMessageType = .precommit,
        height: Int64,
        round: Int32 = 0,
        blockIDs: (BlockID, BlockID) = (.numbered(1), .numbered(2)),
        time: BlockTime,
        chainID: String
    ) throws(CometBFTError) -> DuplicateVoteEvidence {
        func vote(for blockID: BlockID) throws(CometBFTError) -> Vote {
            try self.vote(
                by: index,
                type: type,
                height: height,
                round: round,
                for: blockID,
                time: time,
                chainID: chainID
            )
        }
        return try DuplicateVoteEvidence(
            vote(for: blockIDs.0),
            vote(for: blockIDs.1),
            validators: set,
            blockTime: time
        )
    }

    /// The commit of a block.
    ///
    /// - Parameter ballots: What the validator at each index does.
    public func commit(
        of blockID: BlockID,
        height: Int64,
        round: Int32 = 0,
        time: BlockTime,
        chainID: String,
        ballots: (Int) -> Ballot = { _ in .block }
    ) throws(CometBFTError) -> Commit {
        var entries: [CommitSignature] = []
        for index in signers.indices {
            let ballot = ballots(index)
            guard ballot != .absent else {
                entries.append(.absent)
                continue
            }
            let vote = try vote(
                by: index,
                height: height,
                round: round,
                for: ballot == .nil ? .nil : blockID,
                time: time,
                chainID: chainID
            )
            var signature = vote.signature
            if ballot == .forged { signature[0] ^= 1 }
            let signed = try CommitSignature.Signed(
                address: vote.validatorAddress,
                timestamp: time,
                signature: signature
            )
            entries.append(ballot == .nil ? .nil(signed) : .commit(signed))
        }
        return try Commit(height: height, round: round, blockID: blockID, signatures: entries)
    }
}

extension BlockID {
    /// The id of a block that is nothing but a number.
    public static func numbered(_ number: UInt64) -> BlockID {
        let hash = Hash32(hashing: withUnsafeBytes(of: number.bigEndian) { Array($0) })
        return BlockID(hash: hash, parts: 1, partsHash: hash)
    }
}
