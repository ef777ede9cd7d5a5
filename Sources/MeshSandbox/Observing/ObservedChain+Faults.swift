import CometBFT

extension ObservedChain {
    /// What validators did: by evidence in blocks first, then by votes that contradict each other; each validator once for
    /// a height, each attack once.
    ///
    /// Signatures are checked against the validators of the height. What does not hold is listed with its problem.
    ///
    /// - Complexity: O(n log n) in the votes; two signatures for each fault.
    /// - Throws: `inconsistentLog`, `host`.
    public func faults() throws(SandboxError) -> [ObservedFault] {
        var found: [ObservedFault] = []
        // Only asked, never iterated.
        var known: Set<FaultKey> = []
        for evidence in evidence {
            let fault = try fault(evidence)
            guard fault.problem != nil || known.insert(FaultKey(fault)).inserted else { continue }
            found.append(fault)
        }
        var cast: [VotingStep: [Vote]] = [:]
        for vote in votes {
            let earlier = cast[VotingStep(vote), default: []]
            guard !earlier.contains(vote) else { continue }
            cast[VotingStep(vote), default: []].append(vote)
            guard let fault = try fault(of: vote, against: earlier) else { continue }
            guard fault.problem != nil || known.insert(FaultKey(fault)).inserted else { continue }
            found.append(fault)
        }
        return found
    }

    private func fault(_ evidence: Evidence) throws(SandboxError) -> ObservedFault {
        guard case .duplicateVote(let votes) = evidence else { return ObservedFault(evidence) }
        guard let (header, validators) = try set(at: votes.height) else {
            return ObservedFault(evidence, problem: Self.missing(votes.height))
        }
        do throws(VerificationError) {
            try votes.verify(chainID: chainID, validators: validators, blockTime: header.time)
            return ObservedFault(evidence)
        } catch {
            return ObservedFault(evidence, problem: error.message)
        }
    }

    /// What a vote proves together with one of those that were cast earlier in its step; nil where none contradicts it.
    private func fault(of vote: Vote, against earlier: [Vote]) throws(SandboxError) -> ObservedFault? {
        var first: ObservedFault?
        // A forged vote hides no other one.
        for other in earlier where other.blockID != vote.blockID {
            let fault = try fault(other, vote)
            if fault.problem == nil { return fault }
            first = first ?? fault
        }
        return first
    }

    private func fault(_ first: Vote, _ second: Vote) throws(SandboxError) -> ObservedFault {
        guard let (header, validators) = try set(at: first.height) else {
            return ObservedFault(first, problem: Self.missing(first.height))
        }
        let votes: DuplicateVoteEvidence
        do throws(CometBFTError) {
            votes = try DuplicateVoteEvidence(first, second, validators: validators, blockTime: header.time)
        } catch {
            return ObservedFault(first, problem: error.message)
        }
        return try fault(.duplicateVote(votes))
    }

    /// The header of a height and its validators.
    func set(at height: Int64) throws(SandboxError) -> (header: Header, validators: ValidatorSet)? {
        guard let header = try header(at: height),
            let validators = try validators(hashing: header.validatorsHash, near: height)
        else { return nil }
        return (header, validators)
    }

    private static func missing(_ height: Int64) -> String {
        "the header or the validators of height \(height) are not known: add the answers to /commit and /validators of that "
            + "height"
    }
}

/// What a validator may vote in once.
private struct VotingStep: Hashable {
    let height: Int64
    let round: Int32
    let type: SignedMessageType
    let validator: ValidatorAddress

    init(_ vote: Vote) {
        (height, round, type, validator) = (vote.height, vote.round, vote.type, vote.validatorAddress)
    }
}

/// By what a fault is known: a validator at a height, or an attack by its evidence.
private struct FaultKey: Hashable {
    let kind: ObservedFault.Kind
    let height: Int64
    let validator: ValidatorAddress?
    let attack: Hash32?

    init(_ fault: ObservedFault) {
        (kind, height) = (fault.kind, fault.height)
        validator = fault.kind == .duplicateVote ? fault.validators.first : nil
        if case .lightClientAttack(let evidence) = fault.evidence { attack = evidence.hash } else { attack = nil }
    }
}
