import CometBFT
import EvidenceEvents
public import ModuleKit

extension ValidatorEvidence {
    /// What must always hold: each proof stands at its place, is found once by its last moment, and its key is that of its
    /// address.
    ///
    /// A walk over everything: for audits and tests.
    public func invariants(_ state: StateReader) throws(ModuleError) -> [InvariantViolation] {
        var violations: [InvariantViolation] = []
        var count = 0
        try proofs.forEach(in: state) { (place, proof) throws(ModuleError) in
            count += 1
            let what = "height \(proof.height) of \(proof.chainID)"
            if try !place.isSameKey(as: ProofPlace(proof)) {
                violations.append(InvariantViolation("proofs-in-place", "\(what) stands at another's place"))
            }
            if try !expirations.contains(proof.lastMoment, place, in: state) {
                violations.append(InvariantViolation("proofs-expire", "\(what) is never forgotten"))
            }
            if (try? ValidatorKey(Array(proof.key)))?.address.bytes != Array(proof.consensusAddress) {
                violations.append(InvariantViolation("proofs-name-voters", "\(what): the key is not the voter's"))
            }
            return true
        }
        var expirationCount = 0
        try expirations.forEach(in: state) { (_, _) throws(ModuleError) in
            expirationCount += 1
            return true
        }
        if count != expirationCount {
            violations.append(
                InvariantViolation("proofs-expire", "\(count) proofs have \(expirationCount) last moments")
            )
        }
        return violations
    }
}
