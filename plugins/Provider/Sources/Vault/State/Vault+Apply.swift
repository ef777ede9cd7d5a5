public import ModuleKit
public import VaultEvents

extension Vault {
    /// Projects one event onto the state; most of them change one account.
    public func apply(_ event: VaultEvent, to state: StateWriter) throws(ModuleError) {
        switch event.event {
        case .configured(let event): try settings.set(event.settings, in: state)
        case .bonded(let event):
            let amount = try event.amount.coin().amount
            try change(event.owner, state) { (account) throws(ModuleError) in try account.bond(amount) }
        case .unbonded(let event):
            let amount = try event.amount.coin().amount
            try change(event.owner, state) { (account) throws(ModuleError) in try account.unbond(amount) }
        case .lienRequested(let event): try apply(event, state)
        case .lienAccepted(let event): try apply(event, state)
        case .lienCommitted(let event):
            try change(event.owner, event.holder, event.amount, state) { $0.commit(upTo: $1) }
        case .lienRolledBack(let event):
            try change(event.owner, event.holder, event.amount, state) { $0.rollBack(upTo: $1) }
        case .lienReleased(let event): try apply(event, state)
        case .slashed(let event):
            let slash = try AccountSlash(event)
            let period = try requireSettings(state).slashPeriod
            let time = Timestamp(nanoseconds: event.time)
            try change(event.owner, state) { $0.apply(slash, at: time, over: period) }
        case .cutSettled(let event):
            let inFlight = try Amount(event.inFlight)
            try change(event.owner, state) { $0.change(lienOf: event.holder) { _ = $0.settleCut(inFlight: inFlight) } }
        case .collateralBurned(let event):
            let amount = try event.amount.coin().amount
            try change(event.owner, state) { (account) throws(ModuleError) in try account.burn(amount) }
        case .bountyPaid(let event):
            let amount = try event.amount.coin().amount
            let beneficiary = try Address(bech32: event.beneficiary)
            try change(event.owner, state) { (account) throws(ModuleError) in
                try account.settle(amount, to: beneficiary, isPaid: true)
            }
        case .bountyForfeited(let event):
            let (amount, beneficiary) = (try Amount(event.amount), try Address(bech32: event.beneficiary))
            try change(event.owner, state) { (account) throws(ModuleError) in
                try account.settle(amount, to: beneficiary, isPaid: false)
            }
        case .accountImported(let event):
            for holder in event.holders { try holders.set(holder, for: holder.number, in: state) }
            try accounts.set(event.account, for: try Address(bech32: event.owner), in: state)
        case .transactionsImported(let event): try lastTransaction.set(event.lastTransaction, in: state)
        // What it says stands in the slash before it.
        case .lienCut: return
        case nil: throw ModuleError(.inconsistentVaultEvent, "an event says nothing: the log is damaged")
        }
    }

    private func apply(_ event: VaultLienRequested, _ state: StateWriter) throws(ModuleError) {
        let request = VaultOpenRequest.with {
            $0.owner = event.owner
            $0.holder = event.holder
            $0.amount = event.amount.amount
            $0.purpose = event.purpose
            $0.transaction = event.transaction
        }
        var open = try openRequests.value(in: state) ?? VaultOpenRequests()
        open.requests.append(request)
        try openRequests.set(open, in: state)
        try lastTransaction.set(event.transaction, in: state)
        guard try !holders.contains(event.holder, in: state) else { return }
        let holder = VaultHolder.with {
            $0.number = event.holder
            $0.address = event.holderAddress
            $0.label = event.holderLabel
        }
        try holders.set(holder, for: event.holder, in: state)
    }

    private func apply(_ event: VaultLienAccepted, _ state: StateWriter) throws(ModuleError) {
        let amount = try Amount(event.amount)
        let purpose = try Lien.Purpose(event.purpose)
        let slashable = try Decimal18(event.slashable)
        var open = try openRequests.value(in: state) ?? VaultOpenRequests()
        open.requests.removeAll { $0.transaction == event.transaction }
        if open.requests.isEmpty { try openRequests.remove(in: state) } else { try openRequests.set(open, in: state) }
        try change(event.owner, state) { (account) throws(ModuleError) in
            try account.take(amount, by: event.holder, for: purpose, slashable: slashable)
        }
    }

    private func apply(_ event: VaultLienReleased, _ state: StateWriter) throws(ModuleError) {
        let period = try requireSettings(state).slashPeriod
        let time = Timestamp(nanoseconds: event.time)
        try change(event.owner, event.holder, event.amount, state) { (lien, amount) in
            let released = lien.release(upTo: amount)
            lien.noteOutflow(released, at: time, over: period)
            return released
        }
    }

    /// Changes an account: one read, one write. An empty one is not kept.
    private func change(
        _ owner: String,
        _ state: StateWriter,
        _ body: (inout VaultAccount) throws(ModuleError) -> Void
    ) throws(ModuleError) {
        try accounts.update(try Address(bech32: owner), in: state) { (record) throws(ModuleError) in
            var account = try record.map { (record) throws(ModuleError) in try VaultAccount(record) } ?? VaultAccount()
            try body(&account)
            record = account.isEmpty ? nil : account.record
        }
    }

    /// Changes a lien by an amount that was checked when the event was recorded.
    private func change(
        _ owner: String,
        _ holder: UInt32,
        _ amount: String,
        _ state: StateWriter,
        _ body: (inout Lien, Amount) -> Amount
    ) throws(ModuleError) {
        let amount = try Amount(amount)
        try change(owner, state) { (account) throws(ModuleError) in
            guard account.change(lienOf: holder, { body(&$0, amount) }) == amount else {
                throw ModuleError(
                    .inconsistentVaultEvent,
                    "the lien of instance \(holder) does not hold \(amount): the log is damaged"
                )
            }
        }
    }
}
