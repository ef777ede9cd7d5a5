public import EvidenceEvents
public import ModuleKit

extension ValidatorEvidence {
    /// Answers what was proven.
    ///
    /// - Throws: `invalidAddress` for a malformed consensus address; `invalidArgument` for an empty question.
    public func answer(_ query: EvidenceQuery, _ state: StateReader) throws(ModuleError) -> EvidenceAnswer {
        var answer = EvidenceAnswer()
        switch query.query {
        case .proofs(let query): answer.proofs = try self.answer(query, state)
        case .proof(let query):
            let found = try proofs.value(for: try ProofPlace(query.key), in: state)
            answer.proof = .with { if let found { $0.proof = found } }
        case nil: throw ModuleError(.invalidArgument, "the query asks for nothing: set proofs or proof")
        }
        return answer
    }

    private func answer(_ query: EvidenceProofsQuery, _ state: StateReader) throws(ModuleError) -> EvidenceProofs {
        let limit = query.limit == 0 ? 100 : Int(min(query.limit, 1000))
        var page = EvidenceProofs()
        let visit = { (place: ProofPlace, proof: EvidenceDuplicateVoteProven) throws(ModuleError) -> Bool in
            guard place.first == query.instanceNumber else { return false }
            guard page.proofs.count < limit else {
                page.next = place.key
                return false
            }
            page.proofs.append(proof)
            return true
        }
        if query.hasStart {
            guard query.start.instanceNumber == query.instanceNumber else {
                throw ModuleError(
                    .invalidArgument,
                    "the page starts at instance \(query.start.instanceNumber), and the question is about "
                        + "\(query.instanceNumber): name one instance"
                )
            }
            try proofs.forEach(in: state, from: try ProofPlace(query.start), visit)
        } else {
            try proofs.forEach(startingWith: query.instanceNumber, in: state, visit)
        }
        return page
    }
}
