/// A vocabulary some of whose events charge an account for what it asked for: the host's, for transactions.
///
/// The first instance of the module whose manifest says that it takes fees (`Manifest.takesFees`) reacts: it moves the coins
/// from the payer to where fees belong, by an event of its own, or vetoes. The payer has signed.
public protocol ChargesFees: EventVocabulary {
    /// What this event charges; mostly nothing.
    var fee: Fee? { get throws(ModuleError) }
}

/// What an account pays for a transaction.
public struct Fee: Sendable, Hashable {
    /// Who pays.
    public let payer: Address
    /// How much.
    public let coins: Coins

    /// Describes a fee.
    public init(_ coins: Coins, from payer: Address) {
        self.payer = payer
        self.coins = coins
    }
}
