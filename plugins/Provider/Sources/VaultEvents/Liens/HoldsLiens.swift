public import ModuleKit

/// A vocabulary of lien holders: some of its events say what becomes of liens.
///
/// Modules never call each other. A vault records `lien_requested` and `lien_cut`; the holder reacts, and what it then
/// records of its own holds its answer. The vault reacts to that:
///
///     extension PawnshopEvent: HoldsLiens {
///         public var lienStatements: [LienStatement] {
///             get throws(ModuleError) {
///                 guard case .taken(let taken) = event else { return [] }
///                 let owner = try Address(bech32: taken.owner)
///                 return [LienStatement(vault: taken.vault, owner: owner, action: .accept(…))]
///             }
///         }
///     }
///
/// Only the vault that a statement names reacts to it, and only for liens of the instance that recorded the event.
public protocol HoldsLiens: EventVocabulary {
    /// What this event says about liens, in this order; mostly nothing.
    var lienStatements: [LienStatement] { get throws(ModuleError) }
}
