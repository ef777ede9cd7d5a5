import GovernanceEvents
import ModuleKit

extension Governance {
    func deposit(_ request: GovernanceDeposit, _ depositor: Address, _ context: Context) throws(ModuleError) {
        let rules = try collections.currentRules(context)
        let amount = try rules.amount(of: request.amount)
        try require(amount, reaches: rules.minDepositRatio, rules)
        try deposit(amount, on: request.proposal, depositor, rules, context)
    }

    /// Takes a deposit; with enough of it, the proposal can be voted on.
    ///
    /// - Throws: `depositPeriodOver`; what the bank throws.
    func deposit(
        _ amount: Amount,
        on number: UInt64,
        _ depositor: Address,
        _ rules: GovernanceRules,
        _ context: Context
    ) throws(ModuleError) {
        let proposal = try collections.proposal(number, in: context)
        guard proposal.status == .depositPeriod, context.block.time < proposal.depositEnd else {
            throw ModuleError(.depositPeriodOver, "proposal \(number) takes no deposits any more: keep the coins")
        }
        try context.emit(
            .with {
                $0.deposited = .with {
                    $0.proposal = number
                    $0.depositor = text(of: depositor, context)
                    $0.amount = rules.coin(amount)
                }
            }
        )
        let held = try Amount(try collections.proposal(number, in: context).deposit)
        if held >= rules.minDeposit.amount { try enterVoting(number, rules, context) }
    }

    /// Checks an amount against a part of the minimum, rounded up.
    func require(_ amount: Amount, reaches part: Decimal18, _ rules: GovernanceRules) throws(ModuleError) {
        let least = try rules.minDeposit.amount.multiplied(by: part, rounding: .ceiling)
        guard amount >= least else {
            throw ModuleError(
                .depositTooSmall,
                "a deposit of \(amount) is too small: give at least \(Coin(least, rules.minDeposit.denom))"
            )
        }
    }

    /// Gives a depositor what is his, when the proposal is over.
    ///
    /// - Throws: `depositNotFound`, also while the deposit is still needed; what the bank throws.
    func withdrawDeposit(on number: UInt64, _ depositor: Address, _ context: Context) throws(ModuleError) {
        let proposal = try collections.proposal(number, in: context)
        guard proposal.isOver, try collections.deposits.contains(Pair(number, depositor), in: context) else {
            throw ModuleError(
                .depositNotFound,
                "proposal \(number) holds no deposit of the sender that is free: it may be settled, or under way still"
            )
        }
        try settle(depositor, proposal, context)
    }

    /// Gives a deposit back, but for what is burned, which is rounded down.
    func settle(_ depositor: Address, _ proposal: GovernanceProposal, _ context: Context) throws(ModuleError) {
        guard let deposit = try collections.deposits.value(for: Pair(proposal.number, depositor), in: context) else {
            return
        }
        let rules = try collections.currentRules(context)
        let burned = try deposit.amount.multiplied(by: try Decimal18(proposal.burnedPart), rounding: .floor)
        let returned = try deposit.amount.subtracting(burned)
        try context.emit(
            .with {
                $0.depositSettled = .with {
                    $0.proposal = proposal.number
                    $0.depositor = text(of: depositor, context)
                    $0.returned = rules.coin(returned)
                    $0.burned = rules.coin(burned)
                }
            }
        )
    }
}
