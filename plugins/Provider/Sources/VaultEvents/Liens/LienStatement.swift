public import ModuleKit

/// What a lien holder says about its lien on one user's collateral.
///
/// An acceptance can be refused, and so can a release by an instance that has no lien. Everything else makes a lien smaller
/// or more certain, and has happened elsewhere already: the vault takes as much of it as there is. Amounts of zero mean
/// nothing.
public struct LienStatement: Sendable, Hashable {
    /// What has happened.
    public enum Action: Sendable, Hashable {
        /// The holder takes the lien that the vault has just asked for. All of it is in flight from here on.
        ///
        /// The first acceptance fixes the slashable fraction, at most one, for as long as there is a lien.
        case accept(transaction: UInt64, slashable: Decimal18)
        /// Of what is in flight, so much is certain now.
        case commit(Amount)
        /// Of what is in flight, so much is void.
        case rollBack(Amount)
        /// Of what is certain, so much is free again. A local holder has paid the coins into the vault's module account.
        case release(Amount)
        /// The holder has cut its own record by so much, for an infraction at a validator. Collateral and lien go down, and
        /// the loss propagates. With a local holder the coins are destroyed already. Stands in an event of a vetoable kind:
        /// a lack of work then fails the transaction, which can be sent again, and not the slash alone.
        ///
        /// Of what would be destroyed, a bounty goes to whoever has proven the infraction, as far as the coins are there.
        case slash(validator: String, Amount, bounty: Bounty? = nil)
        /// A local holder's coins were destroyed on this chain: so much of its lien, and so much of what cuts have made
        /// forfeit and has not come back. It is a slash of both.
        case lose(validator: String, lien: Amount, forfeit: Amount)
        /// The holder's answer to `lien_cut`: after it, so much of the lien is in flight. A local holder has nothing in
        /// flight, and has paid the coins of the cut into the vault's module account; as long as it can't, it releases
        /// what it pays instead.
        case settleCut(inFlight: Amount)
    }

    /// What somebody gets of a slash.
    public struct Bounty: Sendable, Hashable {
        /// How much; of no effect beyond what is slashed.
        public let amount: Amount
        /// Who.
        public let beneficiary: Address

        /// Describes a bounty.
        public init(amount: Amount, beneficiary: Address) {
            self.amount = amount
            self.beneficiary = beneficiary
        }
    }

    /// The number of the vault.
    public let vault: UInt32
    /// The user whose collateral the lien is on.
    public let owner: Address
    /// What has happened.
    public let action: Action

    /// Describes a statement.
    public init(vault: UInt32, owner: Address, action: Action) {
        self.vault = vault
        self.owner = owner
        self.action = action
    }
}
