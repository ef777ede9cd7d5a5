public import BankEvents
public import ModuleKit

extension Bank {
    /// Projects an event: decoding, two reads and two writes for a transfer of one coin.
    public func apply(_ event: BankEvent, to state: StateWriter) throws(ModuleError) {
        switch event.event {
        case .transferred(let event):
            let from = try Address(bech32: event.fromAddress)
            let to = try Address(bech32: event.toAddress)
            for coin in event.amount {
                let coin = try coin.coin()
                try debit(coin, from, in: state)
                try credit(coin, to, in: state)
            }
        case .minted(let event): try add(event.amount, to: event.toAddress, in: state)
        case .balanceImported(let event): try add(event.coins, to: event.address, in: state)
        case .burned(let event):
            let from = try Address(bech32: event.fromAddress)
            for coin in event.amount {
                let coin = try coin.coin()
                try debit(coin, from, in: state)
                try supply.update(coin.denom, in: state) { (amount) throws(ModuleError) in
                    amount = try (amount ?? .zero).subtracting(coin.amount).nonzero
                }
            }
        case .supplyOffsetChanged(let event):
            let change = try SignedAmount(event.change)
            try supplyOffsets.update(try Denom(event.denom), in: state) { (offset) throws(ModuleError) in
                let sum = try (offset ?? .zero).adding(change)
                offset = sum == .zero ? nil : sum
            }
        case .delegationTracked, .moduleAccountClaimed, .accountImported, .addressBlocked:
            try applyToAccounts(event, state)
        case .paramsUpdated, .sendEnabledSet, .denomMetadataSet:
            try applyToSettings(event, state)
        case nil: throw ModuleError(.inconsistentEvent, "an event says nothing: the log is damaged")
        }
    }

    private func add(_ coins: [ProtoCoin], to address: String, in state: StateWriter) throws(ModuleError) {
        let address = try Address(bech32: address)
        for coin in coins {
            let coin = try coin.coin()
            try supply.update(coin.denom, in: state) { (amount) throws(ModuleError) in
                amount = try (amount ?? .zero).adding(coin.amount)
            }
            try credit(coin, address, in: state)
        }
    }

    private func credit(_ coin: Coin, _ address: Address, in state: StateWriter) throws(ModuleError) {
        try balances.update(Pair(address, coin.denom), in: state) { (held) throws(ModuleError) in
            held = try (held ?? .zero).adding(coin.amount)
        }
    }

    private func debit(_ coin: Coin, _ address: Address, in state: StateWriter) throws(ModuleError) {
        try balances.update(Pair(address, coin.denom), in: state) { (held) throws(ModuleError) in
            held = try (held ?? .zero).subtracting(coin.amount).nonzero
        }
    }

    private func applyToAccounts(_ event: BankEvent, _ state: StateWriter) throws(ModuleError) {
        switch event.event {
        case .delegationTracked(let event):
            try accounts.update(try Address(bech32: event.address), in: state) { (account) throws(ModuleError) in
                guard account?.hasVesting == true else {
                    throw ModuleError(.inconsistentEvent, "\(event.address) does not vest: the log is damaged")
                }
                account?.vesting.delegatedFree = event.delegatedFree
                account?.vesting.delegatedVesting = event.delegatedVesting
            }
        case .moduleAccountClaimed(let event):
            let address = try Address(bech32: event.address)
            try accounts.update(address, in: state) { account in
                account = account ?? BankAccount()
                account?.moduleAccount = event.moduleAccount
            }
            try moduleAccounts.set(address, for: event.moduleAccount.fullName, in: state)
        case .accountImported(let event):
            let address = try Address(bech32: event.address)
            try accounts.set(event.account, for: address, in: state)
            if event.account.hasModuleAccount {
                try moduleAccounts.set(address, for: event.account.moduleAccount.fullName, in: state)
            }
        case .addressBlocked(let event):
            let address = try Address(bech32: event.address)
            if event.blocked {
                try blockedAddresses.set(Unit(), for: address, in: state)
            } else {
                try blockedAddresses.remove(address, in: state)
            }
        default: break
        }
    }

    private func applyToSettings(_ event: BankEvent, _ state: StateWriter) throws(ModuleError) {
        switch event.event {
        case .paramsUpdated(let event): try params.set(event.params, in: state)
        case .sendEnabledSet(let event):
            let denom = try Denom(event.denom)
            if event.hasEnabled {
                let setting = BankSendEnabled.with {
                    $0.denom = event.denom
                    $0.enabled = event.enabled
                }
                try sendEnabled.set(setting, for: denom, in: state)
            } else {
                try sendEnabled.remove(denom, in: state)
            }
        case .denomMetadataSet(let event):
            try denomMetadata.set(event.metadata, for: try Denom(event.metadata.base), in: state)
        default: break
        }
    }
}

extension Amount {
    /// Itself, or nil for zero, which no map stores.
    fileprivate var nonzero: Amount? { isZero ? nil : self }
}
