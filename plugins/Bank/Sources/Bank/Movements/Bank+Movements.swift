import BankEvents
import ModuleKit

extension Bank {
    /// Carries out what another instance's event moves, or throws, which vetoes the event.
    func carryOut(_ movement: CoinMovement, of origin: EventOrigin, _ context: Context) throws(ModuleError) {
        guard !movement.coins.isEmpty else { return }
        switch (movement.from, movement.to) {
        case (let from?, let to?): try transfer(movement, from: from, to: to, origin, context)
        case (nil, let to?): try create(movement, at: to, origin, context)
        case (let from?, nil): try destroy(movement, of: from, origin, context)
        case (nil, nil):
            throw ModuleError(.invalidMovement, "a movement leads from nowhere to nowhere: name an account")
        }
    }

    private func transfer(
        _ movement: CoinMovement,
        from: Address,
        to: Address,
        _ origin: EventOrigin,
        _ context: Context
    ) throws(ModuleError) {
        try requireAuthority(over: from, origin, context)
        switch movement.purpose {
        case .ordinary:
            try requireSpendable(movement.coins, of: from, context)
            try emitTransfer(of: movement.coins, from: from, to: to, context)
        // Delegations are counted before the coins move: a subscriber to the transfer may delegate more.
        case .delegation:
            try requirePermission(.staking, at: to, origin, context)
            try requireHeld(movement.coins, by: from, context)
            try trackDelegation(of: movement.coins, by: from, context)
            try emitTransfer(of: movement.coins, from: from, to: to, context)
        case .undelegation:
            try requirePermission(.staking, at: from, origin, context)
            try requireHeld(movement.coins, by: from, context)
            try trackUndelegation(of: movement.coins, by: to, context)
            try emitTransfer(of: movement.coins, from: from, to: to, context)
        }
    }

    private func create(_ movement: CoinMovement, at to: Address, _ origin: EventOrigin, _ context: Context)
        throws(ModuleError)
    {
        for coin in movement.coins {
            let existing = try supply.value(for: coin.denom, in: context) ?? .zero
            guard Amount.max.units - existing.units >= coin.amount.units else {
                throw ModuleError(
                    .supplyOverflow,
                    "\(existing)\(coin.denom) exist, and \(coin) more could not be counted: create less"
                )
            }
        }
        if context.block.isGenesis, try isOwned(to, by: origin, context) {
            try emitBalance(movement.coins, of: to, context)
            return
        }
        try requirePrivileged(origin, context)
        let name = try requireModuleAccount(movement.moduleAccount, .minter, origin, context)
        try context.emit(
            .with {
                $0.minted = .with {
                    $0.toAddress = context.addresses.format(to, as: .account)
                    $0.amount = movement.coins.proto
                    $0.moduleAccount = name
                }
            }
        )
    }

    private func destroy(_ movement: CoinMovement, of from: Address, _ origin: EventOrigin, _ context: Context)
        throws(ModuleError)
    {
        try requireAuthority(over: from, origin, context)
        let name = try requireModuleAccount(movement.moduleAccount, .burner, origin, context)
        try requireSpendable(movement.coins, of: from, context)
        try context.emit(
            .with {
                $0.burned = .with {
                    $0.fromAddress = context.addresses.format(from, as: .account)
                    $0.amount = movement.coins.proto
                    $0.moduleAccount = name
                }
            }
        )
    }

    /// Carries out a change of the supply's offset, or throws, which vetoes the event.
    func carryOut(_ offset: SupplyOffset, of origin: EventOrigin, _ context: Context) throws(ModuleError) {
        guard !offset.change.magnitude.isZero else { return }
        try requirePrivileged(origin, takesBack: !offset.change.isNegative, context)
        let name = try requireModuleAccount(offset.moduleAccount, .minter, origin, context)
        try emitOffset(offset.denom, offset.change, by: name, context)
    }

    /// Records a change of the supply's offset.
    func emitOffset(_ denom: Denom, _ change: SignedAmount, by moduleAccount: String, _ context: Context)
        throws(ModuleError)
    {
        try context.emit(
            .with {
                $0.supplyOffsetChanged = .with {
                    $0.denom = denom.text
                    $0.change = change.description
                    $0.moduleAccount = moduleAccount
                }
            }
        )
    }
}
