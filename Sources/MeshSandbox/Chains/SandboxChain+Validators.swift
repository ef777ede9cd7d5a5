public import CometBFT
import ModuleKit

/// What validators do and should not: not signing, and signing twice.
extension SandboxChain {
    /// The consensus keys of the validators that sign.
    var onlineKeys: [PrivateValidator] { zip(validatorKeys, isOffline).filter { !$0.1 }.map(\.0) }

    /// The place of a validator's name, `validator`, `validator-2` and so on.
    ///
    /// - Throws: `wrongName`.
    private func place(ofValidator name: String) throws(SandboxError) -> Int {
        guard let place = specification.validatorNames.firstIndex(of: name), validatorKeys.indices.contains(place)
        else {
            throw SandboxError(.wrongName, "the chain '\(chainID)' has no validator '\(name)': name one of its own")
        }
        return place
    }

    /// The text of a validator's consensus address.
    func consensusAddress(ofValidator name: String) throws(SandboxError) -> String {
        let address = validatorKeys[try place(ofValidator: name)].address
        return try SandboxError.asking("a consensus address") { () throws(ModuleError) in
            addresses.format(try Address(bytes: address.bytes), as: .consensus)
        }
    }

    /// Lets a validator sign no more, or sign again.
    ///
    /// - Throws: `wrongName`, `chainDown`; `noQuorum` when those that are left have not more than two thirds of the power.
    public func setOnline(_ isOnline: Bool, validator name: String) throws(SandboxError) {
        let place = try place(ofValidator: name)
        var sequencer = try running()
        let before = isOffline
        isOffline[place] = !isOnline
        do throws(SandboxError) {
            try sequencer.sign(with: onlineKeys)
        } catch {
            isOffline = before
            throw error
        }
        self.sequencer = sequencer
    }

    /// Lets a validator sign a second block of the last height: the same one with another state. The evidence is kept in the
    /// chain's home, for observers.
    ///
    /// - Parameter isReported: whether the engine sees it, and reports it with the next block.
    /// - Returns: both votes, signed with the validator's own key.
    /// - Throws: `wrongName`, `chainDown`; `refused` before the first signed block, and when the validator had no vote in it;
    ///   `host` when the evidence can't be kept.
    @discardableResult
    public func doubleSign(validator name: String, isReported: Bool) throws(SandboxError) -> DuplicateVoteEvidence {
        let key = validatorKeys[try place(ofValidator: name)]
        guard let last = try running().consensus?.last else {
            throw SandboxError(.refused, "the chain '\(chainID)' has no signed block yet: wait for one")
        }
        let header = last.signedHeader.header
        guard let index = last.validators.validator(at: key.address)?.index else {
            throw SandboxError(
                .refused,
                "'\(name)' had no vote in block \(header.height) of '\(chainID)': name another"
            )
        }
        let evidence = try SandboxError.making(header.height) { () throws(CometBFTError) in
            let commit = last.signedHeader.commit
            let twin = BlockID(hash: try header.twin().hash, partSetHeader: commit.blockID.partSetHeader)
            return try DuplicateVoteEvidence(
                try key.precommit(commit.blockID, of: header, round: commit.round, index: index),
                try key.precommit(twin, of: header, round: commit.round, index: index),
                validators: last.validators,
                blockTime: header.time
            )
        }
        try HeardEvidence(home: path).keep(evidence)
        doubleSigns.append(evidence)
        if isReported { unreported.append(evidence) }
        return evidence
    }
}
