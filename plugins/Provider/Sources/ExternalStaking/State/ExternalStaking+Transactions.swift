import ExternalStakingEvents
import ModuleKit

/// What is not settled yet: stakes, unstakes and burns, by number. Where a burn is, in flight or waiting, is listed besides.
extension ExternalStaking {
    /// - Throws: `unknownTransaction`.
    func transaction(_ number: UInt64, in state: some StateReading) throws(ModuleError) -> PendingTransaction {
        guard let transaction = try transactions.value(for: number, in: state) else {
            throw ModuleError(
                .unknownTransaction,
                "nothing waits under the number \(number): it is settled, or never was; ask for the list"
            )
        }
        return transaction
    }

    /// The number that the next transaction of the module's own gets.
    func nextOwnTransaction(_ state: some StateReading) throws(ModuleError) -> UInt64 {
        Self.firstOwnTransaction | (try ownTransactions.value(in: state) ?? 0)
    }

    /// Remembers that a number of the module's own is given away.
    func countOwn(_ number: UInt64, _ state: StateWriter) throws(ModuleError) {
        guard number == (try nextOwnTransaction(state)) else {
            throw ModuleError(
                .inconsistentExternalStakingEvent,
                "transaction \(number) is not the next one: the log is damaged"
            )
        }
        try ownTransactions.set((number ^ Self.firstOwnTransaction) &+ 1, in: state)
    }

    func add(
        _ number: UInt64,
        _ kind: ExternalStakingTransactionKind,
        _ stake: ExternalStakingStakeOwner,
        _ amount: Amount,
        _ time: Timestamp,
        _ sequence: UInt64,
        due: Timestamp = .epoch,
        _ state: StateWriter
    ) throws(ModuleError) {
        let transaction = PendingTransaction(
            kind: kind,
            owner: try Address(bech32: stake.owner),
            validator: stake.validator,
            amount: amount,
            time: time,
            sequence: sequence == 0 ? nil : sequence,
            due: due,
            ownerText: stake.owner
        )
        try add(number, transaction, state)
    }

    func add(_ number: UInt64, _ transaction: PendingTransaction, _ state: StateWriter) throws(ModuleError) {
        try transactions.set(transaction, for: number, in: state)
        guard transaction.kind == .burn else { return }
        if let sequence = transaction.sequence {
            try burnPackets.set(number, for: sequence, in: state)
        } else {
            try waitingBurns.set(Unit(), for: Pair(transaction.due, number), in: state)
            try waitingBurnCount.set((try waitingBurnCount.value(in: state) ?? 0) &+ 1, in: state)
        }
    }

    /// Takes a burn off the list that it is on; nothing for anything else.
    func unlist(_ number: UInt64, _ transaction: PendingTransaction, _ state: StateWriter) throws(ModuleError) {
        guard transaction.kind == .burn else { return }
        if let sequence = transaction.sequence {
            try burnPackets.remove(sequence, in: state)
        } else {
            try waitingBurns.remove(Pair(transaction.due, number), in: state)
            let count = try waitingBurnCount.value(in: state) ?? 0
            if count > 1 {
                try waitingBurnCount.set(count - 1, in: state)
            } else {
                try waitingBurnCount.remove(in: state)
            }
        }
    }

    /// Forgets a transaction that is settled.
    func forget(_ number: UInt64, _ state: StateWriter) throws(ModuleError) {
        try unlist(number, try transaction(number, in: state), state)
        try transactions.remove(number, in: state)
    }
}
