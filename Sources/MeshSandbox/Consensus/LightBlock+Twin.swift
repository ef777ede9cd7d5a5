import CometBFT

extension LightBlock {
    /// The same block with another state, signed by the same validators: what nobody signs who keeps to the rules.
    ///
    /// - Throws: `noQuorum` when the signers have not more than two thirds of the power.
    func twin(signedBy signers: Signers) throws(SandboxError) -> LightBlock {
        let header = try SandboxError.making(height) { () throws(CometBFTError) in
            try signedHeader.header.twin()
        }
        let id = BlockID(hash: header.hash, partSetHeader: signedHeader.commit.blockID.partSetHeader)
        let commit = try signers.commit(id, of: header, by: validators)
        return try SandboxError.making(height) { () throws(CometBFTError) in
            try LightBlock(signedHeader: SignedHeader(header: header, commit: commit), validators: validators)
        }
    }
}

extension Header {
    /// The same header with another state.
    func twin() throws(CometBFTError) -> Header {
        try Header(
            version: version,
            chainID: chainID,
            height: height,
            time: time,
            lastBlockID: lastBlockID,
            lastCommitHash: lastCommitHash,
            dataHash: dataHash,
            validatorsHash: validatorsHash,
            nextValidatorsHash: nextValidatorsHash,
            consensusHash: consensusHash,
            appHash: appHash.map { ~$0 },
            lastResultsHash: lastResultsHash,
            evidenceHash: evidenceHash,
            proposerAddress: proposerAddress
        )
    }
}
