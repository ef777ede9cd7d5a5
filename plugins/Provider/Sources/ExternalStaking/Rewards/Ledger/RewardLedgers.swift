import ExternalStakingEvents
import ModuleKit

/// What became of all rewards of the pairing, by denomination. Absent as long as none ever came, which is one read.
struct RewardLedgers: Hashable, Sendable {
    /// What became of those of one denomination.
    struct Entry: KeptByDenomination {
        var totals = RewardTotals()
        /// Vouchers that the converter has sent and of which no batch has said whose they are.
        var unattributed = Amount.zero
        /// The part of the community's that is still here.
        var communityWaiting = Amount.zero
        /// The part of the community's that is on its way to the consumer's pool.
        var communityInFlight = Amount.zero
        /// When the community's is passed on at the earliest.
        var communityDue = Timestamp.epoch
    }

    var entries = DenominationMap<Entry>()
}

extension RewardLedgers: StoredValue {
    init(_ stored: ExternalStakingStoredRewardLedgers) throws(ModuleError) {
        for ledger in stored.ledgers {
            let entry = Entry(
                totals: try RewardTotals(ledger.totals),
                unattributed: try Amount(ledger.unattributed),
                communityWaiting: try Amount(ledger.communityWaiting),
                communityInFlight: try Amount(ledger.communityInFlight),
                communityDue: Timestamp(nanoseconds: ledger.communityDue)
            )
            try entries.append(entry, ledger.denom)
        }
    }

    var stored: ExternalStakingStoredRewardLedgers {
        .with {
            $0.ledgers = entries.elements.map { entry in
                .with {
                    $0.denom = entry.denom.text
                    $0.totals = entry.value.totals.stored
                    $0.unattributed = entry.value.unattributed.description
                    $0.communityWaiting = entry.value.communityWaiting.description
                    $0.communityInFlight = entry.value.communityInFlight.description
                    $0.communityDue = entry.value.communityDue.nanoseconds
                }
            }
        }
    }
}
