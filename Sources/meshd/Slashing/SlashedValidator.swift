import ExternalStakingEvents
import ModuleKit

/// A validator of another chain that was proven guilty, and who paid for it.
struct SlashedValidator {
    /// The label of the External Staking that holds its stake.
    let externalStaking: String
    /// The chain that it is a validator of; nil where the channel is not known any more.
    let chainID: String?
    /// The coin that is staked, and paid.
    let denom: String
    /// What the External Staking knows.
    let offender: ExternalStakingOffender
    /// By number.
    var infractions: [SlashInfraction]
    /// Those whose stake has left the validator, and who owed nothing: they were not there at the time.
    var spared: SlashPayments
    /// Whose turn came, and could not be settled with, and why; by owner.
    var failures: [(owner: String, error: String)]
    /// What the account owes that was asked for; nil where none was.
    var liability: ExternalStakingLiability?
}

/// One infraction.
struct SlashInfraction {
    let record: ExternalStakingStoredInfraction
    /// Whether all stakers have settled it.
    let isSettled: Bool
    /// How it was proven; nil where that was before this chain's log began.
    let evidence: SlashEvidence?
    var payments: SlashPayments
}

/// How an infraction was proven.
struct SlashEvidence {
    /// The event that says so, and the height of this chain at which it was recorded.
    let event: UInt64
    let height: UInt64
    /// The transaction's place in its block, and its hash.
    let transaction: UInt32
    var transactionHash: String?
    let clientID: String
    let chainID: String
}

/// Payments in their order, as many as are to be shown.
struct SlashPayments {
    var shown: [SlashPayment] = []
    /// How many there are in all.
    var count: UInt64 = 0
}

/// What was taken of one user's stake, and what followed from it.
struct SlashPayment {
    /// How far a lien gave way besides.
    struct Cut {
        /// The label of the lien's holder.
        let holder: String
        let amount: Amount
        /// Whose stake: by validator.
        var parts: [(validator: String, amount: Amount)] = []
        var burns: [Burn] = []
    }

    /// What another chain is told to forget.
    struct Burn {
        /// What the External Staking calls it.
        let transaction: UInt64
        let validator: String
        let amount: Amount
        var state: State = .waiting

        enum State: String {
            /// It was not sent yet, or has to be sent again.
            case waiting
            /// Its packet is under way.
            case sent
            /// The other chain has forgotten it.
            case acknowledged
            /// The channel is closed: the other chain has forgotten everything.
            case dropped
        }
    }

    /// The event, its height, and the block's time.
    let event: UInt64
    let height: UInt64
    let time: Timestamp
    let owner: String
    /// What was taken of the lien.
    let amount: Amount
    /// What the other chain is told to forget.
    let burn: Amount
    /// The label of the vault; empty where it had nothing to slash.
    var vault = ""
    /// What was lost of the collateral, and how far the lien gave way without that.
    var lost = Amount.zero
    var excess = Amount.zero
    /// What was destroyed of it until now.
    var destroyed = Amount.zero
    /// What whoever brought the evidence was promised, was paid, and can't be paid.
    var bounty: (amount: Amount, beneficiary: String)?
    var bountyPaid = Amount.zero
    var bountyForfeited = Amount.zero
    var cuts: [Cut] = []
    var burns: [Burn] = []

    /// What is slashed and still there: a holder on this chain has the coins.
    var waiting: Amount { lost.saturatingSubtracting(destroyed).saturatingSubtracting(bountyPaid) }
}
