import ModuleKit
import RewardsEvents

extension Rewards {
    /// How many delegations one message visits, unless it says otherwise, and at most.
    private static let visitsDefault = 20
    private static let visitsMax = 100

    func withdraw(_ request: RewardsWithdraw, _ sender: Address, _ context: Context) throws(ModuleError) {
        let validator = try context.addresses.parse(request.validator, as: .validatorOperator)
        let key = PositionKey(sender, validator)
        guard let position = try collections.settledPosition(key, in: context) else {
            throw ModuleError(
                .noRewardPosition,
                "the account has no delegation to this validator, and nothing is owed from one that ended: name another"
            )
        }
        let coins = try position.payable()
        guard !coins.isEmpty else {
            throw ModuleError(.nothingToWithdraw, "less than one unit is due: wait until there is more")
        }
        try pay(coins, key, context)
    }

    /// Visits the sender's positions from a validator on, and pays where something is due.
    func withdrawAll(_ request: RewardsWithdrawAll, _ sender: Address, _ context: Context) throws(ModuleError) {
        let start = request.start.isEmpty ? nil : try context.addresses.parse(request.start, as: .validatorOperator)
        let limit = request.limit == 0 ? Self.visitsDefault : min(Int(request.limit), Self.visitsMax)
        let (keys, next) = try collections.positionKeys(of: sender, from: start, limit: limit, in: context)
        var isPaid = false
        for key in keys {
            let coins = try collections.settledPosition(key, in: context)?.payable() ?? .empty
            guard !coins.isEmpty else { continue }
            try pay(coins, key, context)
            isPaid = true
        }
        if let next {
            try context.emit(
                .with {
                    $0.withdrawalStopped = .with {
                        $0.delegator = context.accountText(sender)
                        $0.next = context.operatorText(next)
                    }
                }
            )
        } else if !isPaid {
            throw ModuleError(
                .nothingToWithdraw,
                "less than one unit is due at each validator: wait until there is more"
            )
        }
    }

    private func pay(_ coins: Coins, _ key: PositionKey, _ context: Context) throws(ModuleError) {
        let recipient = try collections.recipient(of: key.first, in: context)
        try context.emit(
            .with {
                $0.withdrawn = .with {
                    $0.delegator = context.accountText(key.first)
                    $0.validator = context.operatorText(key.second)
                    $0.coins = coins.proto
                    $0.recipient = context.accountText(recipient)
                }
            }
        )
    }

    func withdrawCommission(_ sender: Address, _ context: Context) throws(ModuleError) {
        guard let (ledger, _) = try collections.settledValidator(sender, in: context), !ledger.isRemoved else {
            throw ModuleError(.unknownRewardValidator, "the account operates no validator: use the operator's account")
        }
        let coins = try ledger.wholeCommission()
        guard !coins.isEmpty else {
            throw ModuleError(.nothingToWithdraw, "the commission is less than one unit: wait until there is more")
        }
        let recipient = try collections.recipient(of: sender, in: context)
        try context.emit(
            .with {
                $0.commissionWithdrawn = .with {
                    $0.validator = context.operatorText(sender)
                    $0.coins = coins.proto
                    $0.recipient = context.accountText(recipient)
                }
            }
        )
    }

    func setWithdrawAddress(_ request: RewardsSetWithdrawAddress, _ sender: Address, _ context: Context)
        throws(ModuleError)
    {
        guard try collections.currentRules(context).isWithdrawAddressEnabled else {
            throw ModuleError(
                .withdrawAddressDisabled,
                "this chain pays rewards to the delegator only: withdraw, then send the coins"
            )
        }
        let address = try context.addresses.parse(request.address, as: .account)
        try requireReceiving(address, context)
        try context.emit(
            .with {
                $0.withdrawAddressSet = .with {
                    $0.delegator = context.accountText(sender)
                    $0.address = context.accountText(address)
                }
            }
        )
    }

    /// Checks that an account takes coins from others.
    func requireReceiving(_ address: Address, _ context: Context) throws(ModuleError) {
        guard try !stakeSource(context).isBlocked(address) else {
            throw ModuleError(
                .blockedRewardRecipient,
                "\(context.accountText(address)) takes no coins from others: name another account"
            )
        }
    }
}

extension RewardsState {
    /// The positions of a delegator from a validator on, and where the next page begins.
    func positionKeys(of delegator: Address, from start: Address?, limit: Int, in state: some StateReading)
        throws(ModuleError) -> (keys: [PositionKey], next: Address?)
    {
        var keys: [PositionKey] = []
        var next: Address?
        let visit = { (key: PositionKey, _: Position) throws(ModuleError) -> Bool in
            guard key.first == delegator else { return false }
            guard keys.count < limit else {
                next = key.second
                return false
            }
            keys.append(key)
            return true
        }
        if let start {
            try positions.forEach(in: state, from: PositionKey(delegator, start), visit)
        } else {
            try positions.forEach(startingWith: delegator, in: state, visit)
        }
        return (keys, next)
    }
}
