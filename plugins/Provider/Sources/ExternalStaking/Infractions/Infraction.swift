import ExternalStakingEvents
import Foundation
import ModuleKit

/// Two signed blocks of one height, by a validator of the consumer: proven, and recorded here.
struct Infraction: Hashable, Sendable {
    /// Counted over the pairing, from 1.
    let number: UInt64
    /// The consumer's.
    let height: UInt64
    /// Of the consumer's header at that height, which its client has verified.
    let time: Timestamp
    /// Which part of a stake is owed; at most 1.
    let fraction: Decimal18
    /// With which the validator signed.
    let key: ConsensusKey
    let evidenceHash: [UInt8]
    /// Who brought the evidence, as this chain writes accounts; empty where that is no account.
    let submitter: String
    /// The number of the instance that has checked the evidence.
    let evidence: UInt32
    let recordedAt: Timestamp
    /// The sum of what was taken for it, and how often.
    var taken = Amount.zero
    var payments: UInt64 = 0
}

extension Infraction {
    init(_ stored: ExternalStakingStoredInfraction) throws(ModuleError) {
        let fraction = try Decimal18(stored.fraction)
        guard fraction <= .one else { throw .damaged("an infraction costs more than all") }
        self.init(
            number: stored.number,
            height: stored.height,
            time: Timestamp(nanoseconds: stored.time),
            fraction: fraction,
            key: try ConsensusKey(Array(stored.key)),
            evidenceHash: Array(stored.evidenceHash),
            submitter: stored.submitter,
            evidence: stored.evidence,
            recordedAt: Timestamp(nanoseconds: stored.recordedAt),
            taken: try Amount(stored.taken),
            payments: stored.payments
        )
    }

    var stored: ExternalStakingStoredInfraction {
        .with {
            $0.number = number
            $0.height = height
            $0.time = time.nanoseconds
            $0.key = Data(key.bytes)
            $0.evidenceHash = Data(evidenceHash)
            $0.submitter = submitter
            $0.evidence = evidence
            $0.recordedAt = recordedAt.nanoseconds
            $0.fraction = fraction.shortDescription
            $0.taken = taken.description
            $0.payments = payments
        }
    }
}
