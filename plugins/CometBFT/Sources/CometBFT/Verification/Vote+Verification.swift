import ZIP215

extension Vote {
    /// Checks that the holder of a key cast this vote on a chain.
    ///
    /// What a signature covers: type, height, round, block id, time and chain id. Not the index, and not the extension.
    ///
    /// - Throws: `wrongAddress` when the key is not that of the voter's address, `invalidSignature`.
    public func verify(chainID: String, key: ValidatorKey) throws(VerificationError) {
        guard key.address == validatorAddress else {
            throw VerificationError(
                .wrongAddress,
                "The vote is of validator \(validatorAddress), and the key is that of \(key.address). "
                    + "Give the voter's key."
            )
        }
        guard ZIP215.isValid(signature: signature, message: signBytes(chainID: chainID), publicKey: key.bytes) else {
            throw VerificationError(
                .invalidSignature,
                "The vote of validator \(validatorAddress) at height \(height) is not signed for chain \(chainID). "
                    + "Check the chain id, and ask another node for the vote."
            )
        }
    }
}

extension Proposal {
    /// Checks that the holder of a key made this proposal on a chain.
    ///
    /// - Throws: `invalidSignature`.
    public func verify(chainID: String, key: ValidatorKey) throws(VerificationError) {
        guard ZIP215.isValid(signature: signature, message: signBytes(chainID: chainID), publicKey: key.bytes) else {
            throw VerificationError(
                .invalidSignature,
                "The proposal of height \(height), round \(round) is not signed by \(key.address) for chain "
                    + "\(chainID). Check the chain id and whose turn it was."
            )
        }
    }
}

extension ValidatorSet {
    /// Checks that a vote was cast by the validator that stands at its index.
    ///
    /// - Throws: `unknownValidator` when the set has no such index, `wrongAddress`, `invalidSignature`.
    public func verify(_ vote: Vote, chainID: String) throws(VerificationError) {
        let index = Int(vote.validatorIndex)
        guard validators.indices.contains(index) else {
            throw VerificationError(
                .unknownValidator,
                "The vote is of validator \(index), and the set has \(validators.count). Give the set of that height.",
                index: index
            )
        }
        try vote.verify(chainID: chainID, key: validators[index].key)
    }
}
