import BankEvents
import ModuleKit
import StakingEvents

/// What has come to a validator and can be taken back at once, less what was taken back so, up to the end of a height.
///
/// Only differences mean something: a slash takes part of the stake and leaves the sum as it is.
struct RecallableStake: StoredValue, Hashable {
    let sum: SignedAmount
    /// Until when the entry is kept.
    let until: Timestamp

    init(sum: SignedAmount, until: Timestamp) {
        self.sum = sum
        self.until = until
    }

    init(_ stored: StakingRecallableStake) throws(ModuleError) {
        sum = try SignedAmount(stored.sum)
        until = Timestamp(nanoseconds: stored.untilNanoseconds)
    }

    var stored: StakingRecallableStake {
        .with {
            $0.sum = sum.description
            $0.untilNanoseconds = until.nanoseconds
        }
    }
}
