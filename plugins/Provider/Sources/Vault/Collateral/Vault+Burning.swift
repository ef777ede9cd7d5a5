import ModuleKit
import VaultEvents

extension Vault {
    /// Destroys what was slashed of a user, as far as the coins are in the vault.
    ///
    /// The coins of other users are in the same module account. So nothing is destroyed that a local holder still has:
    /// that waits until the holder gives it back.
    ///
    /// Bounties are paid before.
    func burnSlashed(of owner: Address, _ context: Context) throws(ModuleError) {
        for bounty in try account(of: owner, in: context).bounties { try pay(bounty, of: owner, context) }
        let amount = try account(of: owner, in: context).burnable
        guard !amount.isZero else { return }
        let settings = try requireSettings(context)
        let coin = Coin(amount, try Denom(settings.denom))
        // A holder may say that it gave coins back, and not have done so; then the bank refuses. That must not undo the
        // slash: the rest of it stands, and what is to be destroyed waits on. A lack of work is not hidden by this.
        _ = try? context.emit(
            .with {
                $0.collateralBurned.owner = context.addresses.format(owner, as: .account)
                $0.collateralBurned.amount = ProtoCoin(coin)
                $0.collateralBurned.moduleAccount = settings.moduleAccount
            }
        )
    }

    /// Pays as much of a bounty as there are coins. Who can't be paid, say because the bank pays him nothing, gets nothing.
    private func pay(_ bounty: Bounty, of owner: Address, _ context: Context) throws(ModuleError) {
        let amount = min(bounty.amount, try account(of: owner, in: context).burnable)
        guard !amount.isZero else { return }
        let settings = try requireSettings(context)
        let coin = Coin(amount, try Denom(settings.denom))
        let (ownerText, beneficiary) = (
            context.addresses.format(owner, as: .account), context.addresses.format(bounty.beneficiary, as: .account)
        )
        do throws(ModuleError) {
            try context.emit(
                .with {
                    $0.bountyPaid.owner = ownerText
                    $0.bountyPaid.amount = ProtoCoin(coin)
                    $0.bountyPaid.moduleAccount = settings.moduleAccount
                    $0.bountyPaid.beneficiary = beneficiary
                }
            )
        } catch {
            guard error.code != .outOfWork, error.code != .limitExceeded else { throw error }
            try context.emit(
                .with {
                    $0.bountyForfeited.owner = ownerText
                    $0.bountyForfeited.amount = bounty.amount.description
                    $0.bountyForfeited.beneficiary = beneficiary
                }
            )
        }
    }
}
