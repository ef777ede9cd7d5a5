import ExternalStakingEvents
import ModuleKit

/// A packet that is not settled, or a burn that waits to be sent.
struct PendingTransaction: Hashable, Sendable {
    let kind: ExternalStakingTransactionKind
    let owner: Address
    let validator: String
    /// As it was sent.
    let amount: Amount
    /// When it was made.
    let time: Timestamp
    /// Of the packet; nil for a burn that waits to be sent.
    var sequence: UInt64?
    /// How often a burn was sent.
    var attempts: UInt32 = 0
    /// Of a burn that waits because it was refused: not before this time. Of an order to pay: until when the consumer may receive
    /// it. All others wait for nothing but their turn.
    var due = Timestamp.epoch
    /// The owner as this chain writes it.
    let ownerText: String
}

extension PendingTransaction: StoredValue {
    init(_ stored: ExternalStakingStoredTransaction) throws(ModuleError) {
        kind = stored.kind
        owner = try Address(bech32: stored.stake.owner)
        ownerText = stored.stake.owner
        validator = stored.stake.validator
        amount = try Amount(stored.amount)
        time = Timestamp(nanoseconds: stored.time)
        sequence = stored.sequence == 0 ? nil : stored.sequence
        attempts = stored.attempts
        due = Timestamp(nanoseconds: stored.due)
        switch kind {
        case .burn: return
        case .stake where sequence != nil, .unstake where sequence != nil, .rewards where sequence != nil: return
        default: throw .damaged("a transaction is of no kind that waits")
        }
    }

    var stored: ExternalStakingStoredTransaction {
        .with {
            $0.kind = kind
            $0.stake.owner = ownerText
            $0.stake.validator = validator
            $0.amount = amount.description
            $0.time = time.nanoseconds
            $0.sequence = sequence ?? 0
            $0.attempts = attempts
            $0.due = due.nanoseconds
        }
    }
}
