/// The three ways in which validators can show a light client a block that contradicts the chain.
public enum LightClientAttack: Hashable, Sendable {
    /// The block does not follow from the chain's state at all: a field that the state decides is made up.
    case lunatic
    /// The block could have been, and both blocks were signed in one round.
    case equivocation
    /// The block could have been, and the blocks were signed in different rounds. Who broke a lock can't be told from
    /// the commits, so nobody is punished.
    case amnesia
}

extension LightClientAttackEvidence {
    /// Which kind of attack this is, judged by the chain's own header.
    ///
    /// Source: CometBFT 0.38, `ConflictingHeaderIsInvalid`.
    ///
    /// - Parameter trusted: The chain's header at the height of the conflicting block, or its latest one if the chain
    ///   has not come so far.
    public func kind(against trusted: SignedHeader) -> LightClientAttack {
        guard followsFromState(of: trusted.header) else { return .lunatic }
        return trusted.commit.round == conflictingBlock.signedHeader.commit.round ? .equivocation : .amnesia
    }

    /// Those who misbehaved, the largest power first, then by address.
    ///
    /// - A lunatic attack: those of the common set who signed the conflicting block.
    /// - Equivocation: those who signed both blocks.
    /// - Amnesia: nobody.
    ///
    /// Signatures are not verified here; ``verify(chainID:common:commonValidators:trusted:)`` does it. Source: CometBFT
    /// 0.38, `GetByzantineValidators`.
    ///
    /// - Parameters:
    ///   - commonValidators: The set at the common height.
    ///   - trusted: The chain's header, as above.
    public func byzantineValidators(commonValidators: ValidatorSet, trusted: SignedHeader) -> [Validator] {
        switch kind(against: trusted) {
        case .lunatic: signers(in: commonValidators)
        case .equivocation: signers(alsoIn: trusted.commit)
        case .amnesia: []
        }
    }

    /// The fields of a header that the state before it decides. Data, time, evidence and last commit are the
    /// proposer's.
    func followsFromState(of trusted: Header) -> Bool {
        let conflicting = conflictingBlock.signedHeader.header
        return trusted.validatorsHash == conflicting.validatorsHash
            && trusted.nextValidatorsHash == conflicting.nextValidatorsHash
            && trusted.consensusHash == conflicting.consensusHash
            && trusted.appHash == conflicting.appHash
            && trusted.lastResultsHash == conflicting.lastResultsHash
    }

    private func signers(in common: ValidatorSet) -> [Validator] {
        var signed = [Bool](repeating: false, count: common.validators.count)
        for entry in conflictingBlock.signedHeader.commit.signatures {
            guard case .commit(let vote) = entry, let (index, _) = common.validator(at: vote.address) else { continue }
            signed[index] = true
        }
        // A set is in the wanted order already.
        return zip(common.validators, signed).filter(\.1).map(\.0)
    }

    /// Both headers name the same set, so entry *i* is of the same validator in both commits.
    private func signers(alsoIn trusted: Commit) -> [Validator] {
        let entries = zip(conflictingBlock.signedHeader.commit.signatures, trusted.signatures)
        return zip(conflictingBlock.validators.validators, entries).compactMap { validator, entries in
            guard case (.commit(let ours), .commit(let theirs)) = entries else { return nil }
            return ours.address == validator.address && theirs.address == validator.address ? validator : nil
        }
    }
}
