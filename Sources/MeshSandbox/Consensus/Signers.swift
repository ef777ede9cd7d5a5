public import CometBFT

/// The consensus keys that a sandbox holds.
public struct Signers: Sendable {
    // In order of addresses: found by binary search, and never iterated by hash.
    private let keys: [PrivateValidator]

    /// Takes keys in any order; a key that is given twice counts once.
    public init(_ keys: [PrivateValidator]) {
        var distinct: [PrivateValidator] = []
        for key in keys.sorted(by: { $0.address < $1.address }) where distinct.last?.address != key.address {
            distinct.append(key)
        }
        self.keys = distinct
    }

    /// The power that the keys have in a validator set.
    public func power(in set: ValidatorSet) -> Int64 {
        // A part of the set's total, which is in range.
        keys.reduce(0) { $0 + (set.validator(at: $1.address)?.validator.power ?? 0) }
    }

    /// Makes sure that the keys have more than two thirds of a set's power.
    ///
    /// - Throws: `noQuorum`.
    func checkQuorum(in validators: ValidatorSet, at height: Int64) throws(SandboxError) {
        let held = power(in: validators)
        // A total is at most an eighth of Int64, so tripling it does not overflow.
        guard held * 3 > validators.totalPower * 2 else {
            throw SandboxError(
                .noQuorum,
                "block \(height) needs signatures of more than two thirds of the power, and the keys here have \(held) of "
                    + "\(validators.totalPower): restore the missing consensus keys of this home"
            )
        }
    }

    /// The commit of a block: a precommit of every validator whose key is here, dated by the block; the others are absent.
    ///
    /// - Throws: `noQuorum` when that is not more than two thirds of the power.
    func commit(_ blockID: BlockID, of header: Header, by validators: ValidatorSet) throws(SandboxError) -> Commit {
        try checkQuorum(in: validators, at: header.height)
        return try SandboxError.making(header.height) { () throws(CometBFTError) in
            var signatures: [CommitSignature] = []
            for (index, validator) in validators.validators.enumerated() {
                guard let key = key(at: validator.address) else {
                    signatures.append(.absent)
                    continue
                }
                let vote = try key.precommit(blockID, of: header, round: 0, index: index)
                let signed = try CommitSignature.Signed(
                    address: validator.address,
                    timestamp: header.time,
                    signature: vote.signature
                )
                signatures.append(.commit(signed))
            }
            return try Commit(height: header.height, round: 0, blockID: blockID, signatures: signatures)
        }
    }

    private func key(at address: ValidatorAddress) -> PrivateValidator? {
        var (low, high) = (0, keys.count)
        while low < high {
            let middle = (low + high) / 2
            if keys[middle].address == address { return keys[middle] }
            if keys[middle].address < address { low = middle + 1 } else { high = middle }
        }
        return nil
    }
}

extension PrivateValidator {
    /// Signs a precommit at the height of a header, for that block or another one, dated by the header.
    ///
    /// - Parameter index: the validator's place in the set of that height.
    func precommit(_ blockID: BlockID, of header: Header, round: Int32, index: Int) throws(CometBFTError) -> Vote {
        let vote = try Vote(
            type: .precommit,
            height: header.height,
            round: round,
            blockID: blockID,
            timestamp: header.time,
            validatorAddress: address,
            validatorIndex: Int32(clamping: index)
        )
        return try sign(vote, chainID: header.chainID)
    }
}
