import ExternalStakingEvents
import ModuleKit

extension ExternalStaking {
    /// Gives up the lien on all that the sender has unbonded, over all validators; perhaps on nothing. What he owes for
    /// infractions is taken before: nobody's lien goes while he owes.
    ///
    /// - Throws: `noControlChannel`; what the vault has against it.
    func withdraw(_ context: Context) throws(ModuleError) {
        let owner = try context.requireSender()
        let pairing = try requirePairing(context)
        try settleLiabilities(of: owner, context)
        let time = context.block.time
        let closedAt = try closedAt(context)
        let period = try unbondingPeriod(context)
        var total = Stake.Withdrawal()
        var parts: [ExternalStakingWithdrawnPart] = []
        for (validator, found) in try stakes(of: owner, in: context) {
            var stake = found
            let withdrawal = stake.withdraw(at: time, closedAt: closedAt, period: period)
            guard !withdrawal.amount.isZero else { continue }
            total.amount = total.amount.saturatingAdding(withdrawal.amount)
            total.abandoned = total.abandoned.saturatingAdding(withdrawal.abandoned)
            parts.append(
                .with {
                    $0.validator = validator
                    $0.amount = withdrawal.amount.description
                }
            )
        }
        try context.emit(
            .with {
                $0.withdrawn.vault = pairing.vault
                $0.withdrawn.owner = context.addresses.format(owner, as: .account)
                $0.withdrawn.parts = parts
                $0.withdrawn.amount = total.amount.description
                $0.withdrawn.abandoned = total.abandoned.description
                $0.withdrawn.time = time.nanoseconds
            }
        )
    }
}
