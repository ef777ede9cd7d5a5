import LocalStakingEvents
import ModuleKit
import StakingEvents

/// Forfeit stake is taken back from its validators: at once where the instance may do that, else after the unbonding time.
///
/// While a slash of the validator goes on, nothing can leave it. What can't be taken back waits, and is tried again at the
/// end of each block.
extension LocalStaking {
    /// How many records are tried at the end of one block.
    public static let recallsPerBlock = 50

    /// Tries those that wait, in the order of accounts and validators. Where there are more than one block tries, the next
    /// one goes on behind them: those that can't be taken back for long hold nobody else up.
    func recallLeaving(_ context: Context) throws(ModuleError) {
        guard try leavingCount.value(in: context) != nil else { return }
        let place = try recallPlace.value(in: context)
        let start = try place.map { (place) throws(ModuleError) in
            Pair(try Address(bech32: place.owner), try Address(bech32: place.validator))
        }
        let waiting = try leaving.entries(in: context, from: start, limit: Self.recallsPerBlock + 1).map(\.key)
        for key in waiting.prefix(Self.recallsPerBlock) { try recall(from: key.second, of: key.first, context) }
        let next = waiting.dropFirst(Self.recallsPerBlock).first
        guard place != nil || next != nil else { return }
        try context.emit(
            .with {
                $0.recallsPaused = .init()
                guard let next else { return }
                $0.recallsPaused.next.owner = context.addresses.format(next.first, as: .account)
                $0.recallsPaused.next.validator = context.addresses.format(next.second, as: .validatorOperator)
            }
        )
    }

    /// Tries to take back what is forfeit and still with a validator.
    func recall(from validator: Address, of owner: Address, _ context: Context) throws(ModuleError) {
        let leaving = try account(of: owner, in: context).stake(at: validator).leaving
        guard !leaving.isZero else { return }
        let amount = min(leaving, try worth(of: owner, at: validator, context))
        guard !amount.isZero else { return try countLoss(of: owner, at: validator, context) }
        do {
            try order(amount, from: validator, of: owner, context)
        } catch {
            switch error.code {
            // Less than what a unit is worth after a slash.
            case .amountTooSmall:
                var loss = StakeAccount.Loss(validator: validator)
                loss.leaving = leaving
                try lose(loss, of: owner, context)
            case .slashInProgress, .tooManyUnbondingEntries: return
            default: throw error
            }
        }
    }

    private func order(_ amount: Amount, from validator: Address, of owner: Address, _ context: Context)
        throws(ModuleError)
    {
        let ownerText = context.addresses.format(owner, as: .account)
        let validatorText = context.addresses.format(validator, as: .validatorOperator)
        if try context.isGranted(.undelegateLocalStakeAtOnce) {
            try context.emit(
                .with {
                    $0.forfeitRecalled.owner = ownerText
                    $0.forfeitRecalled.validator = validatorText
                    $0.forfeitRecalled.amount = amount.description
                }
            )
        } else {
            try context.emit(
                .with {
                    $0.forfeitUnstaked.owner = ownerText
                    $0.forfeitUnstaked.validator = validatorText
                    $0.forfeitUnstaked.amount = amount.description
                }
            )
        }
        try requireAnswer(context)
    }
}
