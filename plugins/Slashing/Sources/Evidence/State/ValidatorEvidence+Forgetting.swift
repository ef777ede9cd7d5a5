import EvidenceEvents
import ModuleKit

extension ValidatorEvidence {
    /// How many proofs a block forgets at most. More can't come in for long: each took a transaction.
    static let forgottenProofsMax = 64

    /// Forgets proofs that can't be made again, the oldest first; those that are left over, in later blocks.
    func forgetExpired(_ context: Context) throws(ModuleError) {
        var expired: [EvidenceProofKey] = []
        try expirations.forEach(in: context) { (lastMoment, place) throws(ModuleError) in
            guard lastMoment < context.block.time, expired.count < Self.forgottenProofsMax else { return false }
            expired.append(place.key)
            return true
        }
        guard !expired.isEmpty else { return }
        try context.emit(.with { $0.proofsForgotten.keys = expired })
    }
}
