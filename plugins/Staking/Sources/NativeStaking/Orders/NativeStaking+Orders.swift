import ModuleKit
import StakingEvents

extension NativeStaking {
    /// Carries out an instance's orders about its own stake, and that of its sub-accounts.
    func carryOut(_ orders: [StakeOrder], _ origin: EventOrigin, _ context: Context) throws(ModuleError) {
        guard !orders.isEmpty else { return }
        let rules = try collections.currentRules(context)
        for order in orders { try carryOut(order, origin, rules, context) }
    }

    private func carryOut(_ order: StakeOrder, _ origin: EventOrigin, _ rules: StakingRules, _ context: Context)
        throws(ModuleError)
    {
        let amount = try rules.amount(of: rules.coin(order.amount))
        // Nobody but the instance itself can name one of its sub-accounts: the address is derived from its own.
        let delegator = Delegator(origin.instance, owner: order.owner, context.addresses)
        switch order.action {
        case .delegate:
            let isRecallable = origin.kind.privilege != nil
            try delegate(
                amount,
                delegator,
                to: order.validator,
                isOrdered: true,
                isRecallable: isRecallable,
                rules,
                context
            )
        case .redelegate(let destination):
            try redelegate(amount, delegator, from: order.validator, to: destination, rules, context)
        case .undelegate: try undelegate(amount, delegator, from: order.validator, rules, context)
        case .undelegateAtOnce:
            guard origin.kind.privilege != nil else {
                throw ModuleError(
                    .instanceNotAllowed,
                    "only an event of a privileged kind may take stake back at once: use the unbonding time"
                )
            }
            try undelegate(amount, delegator, from: order.validator, atOnce: true, rules, context)
        }
    }
}
