extension ValidatorSet {
    /// Checks that more than two thirds of this set's power signed a block.
    ///
    /// The set is that of the block's height, so entry *i* of the commit is the vote of validator *i*. Votes for nil
    /// and absent validators count for nothing. Source: CometBFT 0.38, `VerifyCommit` and `VerifyCommitLight`.
    ///
    /// Costs one Ed25519 verification for each signature that `coverage` names. Nothing is verified when the power
    /// named in the commit is too little anyway.
    ///
    /// - Parameters:
    ///   - commit: The signatures.
    ///   - blockID: The block that they have to be for.
    ///   - height: The height that they have to be for.
    ///   - chainID: The chain that they have to be for.
    ///   - coverage: Which signatures are checked.
    ///   - workers: How many threads share the work; the outcome is the same for any number.
    /// - Throws: `wrongHeight`, `wrongBlock`, `wrongSignatureCount`, `wrongAddress`, `notEnoughPower`,
    ///   `invalidSignature`; the error's index says which entry is at fault.
    public func verify(
        _ commit: Commit,
        of blockID: BlockID,
        height: Int64,
        chainID: String,
        _ coverage: SignatureCoverage = .all,
        workers: Int = 1
    ) throws(VerificationError) {
        try check(commit, isFor: blockID, height: height)
        var tally = CommitTally(commit: commit, chainID: chainID, coverage: coverage, level: .twoThirds, of: totalPower)
        for (index, validator) in validators.enumerated() where !tally.isDone {
            guard let signed = tally.signature(at: index) else { continue }
            guard signed.address == validator.address else {
                throw VerificationError(
                    .wrongAddress,
                    "Entry \(index) of the commit of height \(height) is of \(signed.address), and validator \(index) "
                        + "is \(validator.address). Ask another node for the commit.",
                    index: index
                )
            }
            tally.count(validator, at: index)
        }
        try tally.finish(workers: workers)
    }

    /// Checks that more than a share of this set's power signed a block, which another set decided.
    ///
    /// Entries are looked up by address; those of validators that this set doesn't hold are passed over. Source:
    /// CometBFT 0.38, `VerifyCommitLightTrusting`.
    ///
    /// - Parameters:
    ///   - commit: The signatures.
    ///   - chainID: The chain that they have to be for.
    ///   - level: The share.
    ///   - coverage: Which signatures of this set's validators are checked.
    ///   - workers: How many threads share the work; the outcome is the same for any number.
    /// - Throws: `doubleVote`, `notEnoughPower`, `invalidSignature`; the error's index says which entry is at fault.
    public func verify(
        _ commit: Commit,
        chainID: String,
        trusting level: TrustLevel,
        _ coverage: SignatureCoverage = .light,
        workers: Int = 1
    ) throws(VerificationError) {
        var tally = CommitTally(commit: commit, chainID: chainID, coverage: coverage, level: level, of: totalPower)
        var voted = [Bool](repeating: false, count: validators.count)
        for index in commit.signatures.indices where !tally.isDone {
            guard
                let signed = tally.signature(at: index),
                let (position, validator) = validator(at: signed.address)
            else { continue }
            // One validator must not count twice, however often the commit names it.
            guard !voted[position] else {
                throw VerificationError(
                    .doubleVote,
                    "Validator \(signed.address) stands in the commit of height \(commit.height) twice, the second "
                        + "time at entry \(index). Ask another node for the commit.",
                    index: index
                )
            }
            voted[position] = true
            tally.count(validator, at: index)
        }
        try tally.finish(workers: workers)
    }

    private func check(
        _ commit: Commit,
        isFor blockID: BlockID,
        height: Int64
    ) throws(VerificationError) {
        guard commit.height == height else {
            throw VerificationError(
                .wrongHeight,
                "The commit is of height \(commit.height), and height \(height) was asked for. "
                    + "Give the commit of the block."
            )
        }
        guard commit.blockID == blockID else {
            throw VerificationError(
                .wrongBlock,
                "The commit of height \(height) is for another block than was asked for. Give the commit of the block."
            )
        }
        guard commit.signatures.count == validators.count else {
            throw VerificationError(
                .wrongSignatureCount,
                "The commit of height \(height) has \(commit.signatures.count) entries, and the set has "
                    + "\(validators.count) validators. Give the set of that height."
            )
        }
    }
}
