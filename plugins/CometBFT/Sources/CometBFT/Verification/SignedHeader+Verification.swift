extension SignedHeader {
    /// Checks that the header is of a chain. Says nothing about the signatures.
    ///
    /// - Throws: `wrongChain`.
    public func check(chainID: String) throws(VerificationError) {
        guard header.chainID == chainID else {
            throw VerificationError(
                .wrongChain,
                "The header of height \(header.height) is of chain \(header.chainID), not of \(chainID). "
                    + "Give headers of the chain that is followed."
            )
        }
    }

    /// Checks that the header is of a chain and that more than two thirds of a set, that of its height, signed it.
    ///
    /// - Throws: `wrongChain`, `wrongHash` when the header names another set, and all that the check of the commit
    ///   throws.
    public func verify(
        chainID: String,
        validators: ValidatorSet,
        _ coverage: SignatureCoverage = .all,
        workers: Int = 1
    ) throws(VerificationError) {
        let hash = validators.hash
        guard hash == header.validatorsHash else {
            throw VerificationError(
                .wrongHash,
                "The header of height \(header.height) names the validators \(header.validatorsHash), and the set "
                    + "given is \(hash). Give the set of that height."
            )
        }
        try verify(chainID: chainID, ownValidators: validators, coverage, workers: workers)
    }

    /// The same for a set whose hash was compared already.
    func verify(
        chainID: String,
        ownValidators validators: ValidatorSet,
        _ coverage: SignatureCoverage,
        workers: Int
    ) throws(VerificationError) {
        try check(chainID: chainID)
        try validators.verify(
            commit,
            of: commit.blockID,
            height: header.height,
            chainID: chainID,
            coverage,
            workers: workers
        )
    }
}

extension LightBlock {
    /// Checks that the block is of a chain and that more than two thirds of its validators signed it.
    ///
    /// This does not say that they are the chain's validators: that is a light client's work.
    ///
    /// - Throws: `wrongChain`, and all that the check of the commit throws.
    public func verify(
        chainID: String,
        _ coverage: SignatureCoverage = .all,
        workers: Int = 1
    ) throws(VerificationError) {
        try signedHeader.verify(chainID: chainID, ownValidators: validators, coverage, workers: workers)
    }
}
