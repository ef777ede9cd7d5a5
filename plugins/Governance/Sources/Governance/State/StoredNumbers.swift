import GovernanceEvents
import ModuleKit

/// Running numbers of an instance.
struct RunningTotals: StoredValue, Hashable {
    var nextProposal: UInt64 = 1
    /// All deposits that are held.
    var held = Amount.zero
    /// How many proposals have votes that are kept.
    var ballotBoxes: UInt32 = 0

    init() {}

    init(_ stored: GovernanceTotals) throws(ModuleError) {
        nextProposal = stored.nextProposal
        held = try Amount(stored.held)
        ballotBoxes = stored.ballotBoxes
    }

    var stored: GovernanceTotals {
        .with {
            $0.nextProposal = nextProposal
            $0.held = held.description
            $0.ballotBoxes = ballotBoxes
        }
    }
}

/// Somebody's deposit on a proposal. Invariant: above zero.
struct HeldDeposit: StoredValue, Hashable {
    var amount: Amount
    /// Whether it could not be given back when its turn came.
    var isLeft = false

    init(amount: Amount) { self.amount = amount }

    init(_ stored: GovernanceDepositRecord) throws(ModuleError) {
        amount = try Amount(stored.amount)
        isLeft = stored.isLeft
    }

    var stored: GovernanceDepositRecord {
        .with {
            $0.amount = amount.description
            $0.isLeft = isLeft
        }
    }
}

/// Shares of a validator.
struct Shares: StoredValue, Hashable {
    var value: Decimal18

    init(_ value: Decimal18) { self.value = value }

    init(_ stored: GovernanceStake) throws(ModuleError) { value = try Decimal18(stored.shares) }

    var stored: GovernanceStake { .with { $0.shares = value.description } }
}

/// How much of a delegator's stake counts: below one.
struct Multiplier: StoredValue, Hashable {
    var value: Decimal18

    init(_ value: Decimal18) { self.value = value }

    init(_ stored: GovernanceWeightSet) throws(ModuleError) { value = try Decimal18(stored.multiplier) }

    var stored: GovernanceWeightSet { .with { $0.multiplier = value.description } }
}
