import ModuleKit
public import VaultEvents

extension LocalStakingEvent: HoldsLiens {
    /// What an event says about liens. A lien on stake of this chain is certain as soon as it is taken.
    ///
    /// Coins that go to the vault, released or forfeit, are stated as a release: so the vault counts what has come back, and
    /// never what is still to come. There is nothing in flight to settle after a cut. What a slash of this chain has destroyed
    /// is stated as lost.
    public var lienStatements: [LienStatement] {
        get throws(ModuleError) {
            switch event {
            case .lienTaken(let event):
                let owner = try Address(bech32: event.owner)
                let slashable = try Decimal18(event.slashable)
                return [
                    .init(
                        vault: event.vault,
                        owner: owner,
                        action: .accept(transaction: event.transaction, slashable: slashable)
                    ),
                    .init(vault: event.vault, owner: owner, action: .commit(try Amount(event.amount.amount))),
                ]
            case .coinsReturned(let event) where event.hasPayment:
                return [try event.payment.release(of: event.owner)]
            case .released(let event): return [try event.payment.release(of: event.owner)]
            case .stakeCut(let event) where event.hasPayment: return [try event.payment.release(of: event.owner)]
            case .stakeLost(let event): return [try event.loss]
            default: return []
            }
        }
    }
}

extension LocalStakingPayment {
    fileprivate func release(of owner: String) throws(ModuleError) -> LienStatement {
        LienStatement(
            vault: vault,
            owner: try Address(bech32: owner),
            action: .release(try Amount(amount.amount))
        )
    }
}

extension LocalStakingStakeLost {
    fileprivate var loss: LienStatement {
        get throws(ModuleError) {
            LienStatement(
                vault: vault,
                owner: try Address(bech32: owner),
                action: .lose(
                    validator: validator,
                    lien: try Amount(staked).adding(try Amount(unbonding)),
                    forfeit: try Amount(leaving).adding(try Amount(forfeit))
                )
            )
        }
    }
}
