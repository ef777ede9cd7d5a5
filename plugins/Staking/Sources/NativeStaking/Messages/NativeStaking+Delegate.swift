import ModuleKit
import StakingEvents

extension NativeStaking {
    func delegate(_ request: StakingDelegate, _ sender: Address, _ context: Context) throws(ModuleError) {
        let rules = try collections.currentRules(context)
        let validator = try operatorAddress(request.validator, context)
        try delegate(try rules.amount(of: request.amount), Delegator(sender), to: validator, rules, context)
    }

    /// Puts coins behind a validator, jailed or not, as the Cosmos SDK does.
    ///
    /// - Parameter isRecallable: whether who ordered it may take the coins back at once.
    func delegate(
        _ amount: Amount,
        _ delegator: Delegator,
        to validator: Address,
        isOrdered: Bool = false,
        isRecallable: Bool = false,
        _ rules: StakingRules,
        _ context: Context
    ) throws(ModuleError) {
        let stake = try collections.stake(of: validator, in: context)
        let shares = try issuedShares(for: amount, at: stake)
        let recallable = isRecallable ? try recallPeriod(at: validator, rules, context) : nil
        try context.emit(
            .with {
                $0.delegated = .with {
                    $0.delegator = text(ofAccount: delegator.address, context)
                    $0.validator = text(ofOperator: validator, context)
                    $0.amount = rules.coin(amount)
                    $0.shares = shares.description
                    $0.isValidatorBonded = stake.isBonded
                    $0.isOrdered = isOrdered
                    if let subAccount = delegator.subAccount { $0.subAccount = subAccount }
                    if let recallable { $0.recallable = recallable }
                }
            }
        )
    }

    /// The shares for new coins; refused while a slash goes on, because it would take part of them.
    func issuedShares(for amount: Amount, at stake: ValidatorStake) throws(ModuleError) -> Decimal18 {
        try requireNoSlash(of: stake)
        let shares = try stake.shares(for: amount)
        guard !shares.isZero else {
            throw ModuleError(.amountTooSmall, "the amount is not worth the smallest share: give more")
        }
        return shares
    }

    /// Nothing enters or leaves a validator while a slash goes on.
    func requireNoSlash(of stake: ValidatorStake) throws(ModuleError) {
        guard stake.slashesInProgress == 0 else {
            throw ModuleError(.slashInProgress, "the validator is being slashed: try again in some blocks")
        }
    }
}
