public import EvidenceEvents
public import ModuleKit

extension ValidatorEvidence {
    /// Projects one of the module's events onto its state.
    ///
    /// Invariant: every proof stands in `proofs` once, and in `expirations` once under its last moment.
    public func apply(_ event: EvidenceEvent, to state: StateWriter) throws(ModuleError) {
        switch event.event {
        case .duplicateVoteProven(let proof), .proofImported(let proof): try remember(proof, in: state)
        case .proofsForgotten(let forgotten):
            for key in forgotten.keys { try forget(try ProofPlace(key), in: state) }
        case nil: throw ModuleError(.unknownEvent, "an event of the evidence module says nothing: the log is damaged")
        }
    }

    private func remember(_ proof: EvidenceDuplicateVoteProven, in state: StateWriter) throws(ModuleError) {
        let place = try ProofPlace(proof)
        guard try !proofs.contains(place, in: state) else {
            throw .unfitting("height \(proof.height) is proven twice to instance \(proof.instanceNumber)")
        }
        try proofs.set(proof, for: place, in: state)
        try expirations.move(place, from: nil, to: proof.lastMoment, in: state)
    }

    private func forget(_ place: ProofPlace, in state: StateWriter) throws(ModuleError) {
        guard let proof = try proofs.value(for: place, in: state) else {
            throw .unfitting("a proof is forgotten that was never made")
        }
        try proofs.remove(place, in: state)
        try expirations.move(place, from: proof.lastMoment, to: nil, in: state)
    }
}

extension EvidenceDuplicateVoteProven {
    /// The last moment at which it can be proven.
    var lastMoment: Timestamp { Timestamp(nanoseconds: provableUntil) }
}

extension ModuleError {
    /// What an event that does not fit the state says.
    fileprivate static func unfitting(_ what: String) -> ModuleError {
        ModuleError(.inconsistentEvidenceEvent, "\(what): the log is damaged")
    }
}
