import ExternalStakingEvents
import ModuleKit

/// A stake that settles at the end of a block though its turn in no walk has come: it has landed after the infraction, or its
/// settlement has failed.
struct PendingSettlement: Hashable, Sendable {
    /// How often it has failed.
    var failures: UInt32 = 0
    /// Not before this time. Only what has failed waits.
    var due = Timestamp.epoch

    /// It has failed once more.
    func failed(waitingUntil due: Timestamp) -> PendingSettlement {
        PendingSettlement(failures: failures == .max ? .max : failures + 1, due: due)
    }
}

extension PendingSettlement: StoredValue {
    init(_ stored: ExternalStakingStoredDue) {
        self.init(failures: stored.failures, due: Timestamp(nanoseconds: stored.due))
    }

    var stored: ExternalStakingStoredDue {
        .with {
            $0.failures = failures
            $0.due = due.nanoseconds
        }
    }
}
