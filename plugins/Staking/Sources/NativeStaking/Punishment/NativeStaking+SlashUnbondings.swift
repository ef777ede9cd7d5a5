import ModuleKit
import StakingEvents

extension NativeStaking {
    /// Slashes the unbonding coins of a validator; false when the budget ended before the records did.
    func visitUnbondings(
        _ slash: SlashScope,
        after start: Address?,
        _ budget: inout Int,
        _ context: Context
    ) throws(ModuleError) -> Bool {
        var delegators: [Address] = []
        let limit = budget
        var isComplete = true
        try collections.walk(collections.unbondingsByValidator, at: slash.validator, after: start, in: context) {
            (delegator) throws(ModuleError) in
            isComplete = delegators.count < limit
            if isComplete { delegators.append(delegator) }
            return isComplete
        }
        budget -= delegators.count
        for delegator in delegators { try slashUnbonding(slash, delegator, context) }
        if !isComplete, let last = delegators.last {
            try context.emit(
                .with {
                    $0.slashContinued = .with {
                        $0.slash = slash.number
                        $0.delegator = text(ofAccount: last, context)
                    }
                }
            )
        }
        return isComplete
    }

    private func slashUnbonding(_ slash: SlashScope, _ delegator: Address, _ context: Context) throws(ModuleError) {
        let key = DelegationKey(delegator, slash.validator)
        let entries = try collections.unbondings.value(for: key, in: context)?.entries ?? []
        var cuts: [StakingEntryCut] = []
        var burned = Amount.zero
        var credited = Amount.zero
        for (index, entry) in entries.enumerated()
        where slash.reaches(entry.creationHeight, dueAt: entry.completionTimeNanoseconds) {
            let part = try slash.part(of: entry.initialBalance)
            credited = try credited.adding(part)
            let cut = min(part, try Amount(entry.balance))
            if cut.isZero { continue }
            burned = try burned.adding(cut)
            cuts.append(.init(entry: index, cut))
        }
        guard !credited.isZero else { return }
        let subAccount = try collections.delegator(delegator, in: context).subAccount
        try context.emit(
            .with {
                $0.unbondingSlashed = .with {
                    $0.slash = slash.number
                    $0.delegator = text(ofAccount: delegator, context)
                    $0.validator = text(ofOperator: slash.validator, context)
                    $0.cuts = cuts
                    $0.burned = slash.rules.coin(burned)
                    $0.credited = credited.description
                    if let subAccount { $0.subAccount = subAccount }
                }
            }
        )
    }
}

extension StakingEntryCut {
    init(entry index: Int, _ amount: Amount) {
        self.init()
        entry = UInt32(clamping: index)
        self.amount = amount.description
    }
}
