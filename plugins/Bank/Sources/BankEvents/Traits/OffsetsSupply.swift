public import ModuleKit

/// A vocabulary some of whose events move the reported supply away from what exists.
///
/// Virtual staking creates coins that stand for stake on another chain. They count in no supply: with every creation
/// goes an offset of the same size below zero, and with every destruction one above.
public protocol OffsetsSupply: EventVocabulary {
    /// What this event moves; mostly nothing.
    var supplyOffsets: [SupplyOffset] { get throws(ModuleError) }
}

/// A change of the offset of one denomination: reported supply = existing supply + offset.
public struct SupplyOffset: Sendable, Hashable {
    /// The denomination.
    public let denom: Denom
    /// What is added to the offset.
    public let change: SignedAmount
    /// The name of the emitting instance's module account, with the minter's permission, on whose word it is done.
    public let moduleAccount: String

    /// Describes a change.
    public init(_ denom: Denom, _ change: SignedAmount, by moduleAccount: String) {
        self.denom = denom
        self.change = change
        self.moduleAccount = moduleAccount
    }
}
