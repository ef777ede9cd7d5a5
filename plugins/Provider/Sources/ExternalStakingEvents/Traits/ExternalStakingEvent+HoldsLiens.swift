import ModuleKit
public import VaultEvents

extension ExternalStakingEvent: HoldsLiens {
    /// What the vault is told of a user's lien.
    public var lienStatements: [LienStatement] {
        get throws(ModuleError) {
            switch event {
            case .stakeSent(let event):
                let slashable = try Decimal18(event.slashable)
                return [
                    try statement(
                        event.vault,
                        event.stake.owner,
                        .accept(transaction: event.transaction, slashable: slashable)
                    )
                ]
            case .stakeCommitted(let event):
                return [try statement(event.vault, event.stake.owner, .commit(try Amount(event.amount)))]
            case .stakeRolledBack(let event):
                return [try statement(event.vault, event.stake.owner, .rollBack(try Amount(event.amount)))]
            case .lienCut(let event):
                return [try statement(event.vault, event.owner, .settleCut(inFlight: try Amount(event.inFlight)))]
            case .liabilitySettled(let event):
                let bounty =
                    try event.beneficiary.isEmpty
                    ? nil
                    : LienStatement.Bounty(
                        amount: Amount(event.bounty),
                        beneficiary: Address(bech32: event.beneficiary)
                    )
                let slash = LienStatement.Action.slash(
                    validator: event.stake.validator,
                    try Amount(event.amount),
                    bounty: bounty
                )
                return [try statement(event.vault, event.stake.owner, slash)]
            case .withdrawn(let event):
                // Only what is certain can be released.
                return [
                    try statement(event.vault, event.owner, .commit(try Amount(event.abandoned))),
                    try statement(event.vault, event.owner, .release(try Amount(event.amount))),
                ]
            default: return []
            }
        }
    }

    private func statement(_ vault: UInt32, _ owner: String, _ action: LienStatement.Action) throws(ModuleError)
        -> LienStatement
    {
        LienStatement(vault: vault, owner: try Address(bech32: owner), action: action)
    }
}
