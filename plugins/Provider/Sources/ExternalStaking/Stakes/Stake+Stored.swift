import ExternalStakingEvents
import ModuleKit

extension Stake: StoredValue {
    init(_ stored: ExternalStakingStoredStake) throws(ModuleError) {
        committed = try Amount(stored.committed)
        for operation in stored.operations { operations.append(try StakeOperation(operation)) }
        for unbonding in stored.unbondings { unbondings.append(try Unbonding(unbonding)) }
        for dated in stored.history { history.append(try DatedStake(dated)) }
        handedBack = try Amount(stored.handedBack)
        burning = try Amount(stored.burning)
        isClosed = stored.closed
        isTombstoned = stored.tombstoned
        unpledging = stored.unpledging.isEmpty ? .zero : try Amount(stored.unpledging)
        for payment in stored.payments { payments.append(try Unbonding(payment)) }
        rewards = try StakeRewards(stored.rewards)
    }

    var stored: ExternalStakingStoredStake {
        .with {
            $0.committed = committed.description
            $0.operations = operations.map(\.stored)
            $0.unbondings = unbondings.map(\.stored)
            $0.history = history.map(\.stored)
            $0.handedBack = handedBack.description
            $0.burning = burning.description
            $0.closed = isClosed
            $0.tombstoned = isTombstoned
            // Absent where there is none, as with most stakes.
            $0.unpledging = unpledging.isZero ? "" : unpledging.description
            $0.payments = payments.map(\.stored)
            $0.rewards = rewards.stored
        }
    }
}

extension StakeOperation {
    init(_ stored: ExternalStakingStoredOperation) throws(ModuleError) {
        transaction = stored.transaction
        switch stored.kind {
        case .stake: kind = .stake
        case .unstake: kind = .unstake
        default: throw .damaged("an operation in flight is neither a stake nor an unstake")
        }
        remaining = try Amount(stored.remaining)
        cut = try Amount(stored.cut)
        sentAt = Timestamp(nanoseconds: stored.sentAt)
    }

    var stored: ExternalStakingStoredOperation {
        .with {
            $0.transaction = transaction
            $0.kind = kind == .stake ? .stake : .unstake
            $0.remaining = remaining.description
            $0.cut = cut.description
            $0.sentAt = sentAt.nanoseconds
        }
    }
}

extension Unbonding {
    init(_ stored: ExternalStakingStoredUnbonding) throws(ModuleError) {
        self.init(amount: try Amount(stored.amount), releaseAt: Timestamp(nanoseconds: stored.releaseAt))
    }

    var stored: ExternalStakingStoredUnbonding {
        .with {
            $0.amount = amount.description
            $0.releaseAt = releaseAt.nanoseconds
        }
    }
}

extension DatedStake {
    init(_ stored: ExternalStakingStoredDatedStake) throws(ModuleError) {
        self.init(amount: try Amount(stored.amount), sentAt: Timestamp(nanoseconds: stored.sentAt))
    }

    var stored: ExternalStakingStoredDatedStake {
        .with {
            $0.amount = amount.description
            $0.sentAt = sentAt.nanoseconds
        }
    }
}
