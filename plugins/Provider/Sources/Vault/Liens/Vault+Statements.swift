import ModuleKit
import VaultEvents

/// What holders say. Each statement is about a lien of the instance that makes it: what others hold is out of its reach.
extension Vault {
    /// Takes one statement of a holder.
    ///
    /// - Throws: for an acceptance, as `accept`; `noLien` for a release by an instance that has no lien.
    func take(_ statement: LienStatement, from holder: InstanceIdentity, _ context: Context) throws(ModuleError) {
        let owner = statement.owner
        switch statement.action {
        case .accept(let transaction, let slashable):
            try accept(transaction, slashable, of: owner, by: holder, context)
        case .commit(let amount): try commit(amount, of: owner, by: holder, context)
        case .rollBack(let amount): try rollBack(amount, of: owner, by: holder, context)
        case .release(let amount): try release(amount, of: owner, by: holder, context)
        case .slash(let validator, let amount, let bounty):
            try slash(amount, at: validator, of: owner, by: holder, paying: bounty, context)
        case .lose(let validator, let lien, let forfeit):
            try slash(lien, forfeit: forfeit, at: validator, of: owner, by: holder, paying: nil, context)
        case .settleCut(let inFlight): try settleCut(inFlight, of: owner, by: holder, context)
        }
    }

    /// Makes the lien that the holder was asked to take.
    ///
    /// - Throws: `lienNotRequested`, `notRequestedHolder`, `invalidSlashableFraction`, `insufficientCollateral`.
    private func accept(
        _ transaction: UInt64,
        _ slashable: Decimal18,
        of owner: Address,
        by holder: InstanceIdentity,
        _ context: Context
    ) throws(ModuleError) {
        guard let request = try openRequest(transaction, in: context),
            try Address(bech32: request.owner) == owner
        else {
            throw ModuleError(
                .lienNotRequested,
                "\(holder.label) takes a lien that nobody asks it to take: answer each request once, while it is recorded"
            )
        }
        guard request.holder == holder.number else {
            throw ModuleError(
                .notRequestedHolder,
                "\(holder.label) takes a lien that instance \(request.holder) was asked to take: an instance answers for "
                    + "itself alone"
            )
        }
        let amount = try Amount(request.amount)
        let purpose = try Lien.Purpose(request.purpose)
        var account = try account(of: owner, in: context)
        try account.take(amount, by: holder.number, for: purpose, slashable: slashable)
        let fixed = account.lien(of: holder.number)?.slashable ?? slashable
        try context.emit(
            .with {
                $0.lienAccepted = .with {
                    $0.transaction = transaction
                    $0.owner = request.owner
                    $0.holder = holder.number
                    $0.amount = request.amount
                    $0.slashable = fixed.shortDescription
                    $0.purpose = request.purpose
                }
            }
        )
    }

    /// A packet was acknowledged. That can't be refused.
    private func commit(_ amount: Amount, of owner: Address, by holder: InstanceIdentity, _ context: Context)
        throws(ModuleError)
    {
        var account = try account(of: owner, in: context)
        let taken = account.change(lienOf: holder.number) { $0.commit(upTo: amount) } ?? .zero
        guard !taken.isZero else { return }
        try context.emit(
            .with {
                $0.lienCommitted.owner = context.addresses.format(owner, as: .account)
                $0.lienCommitted.holder = holder.number
                $0.lienCommitted.amount = taken.description
            }
        )
    }

    /// A packet failed or was late. That can't be refused either.
    private func rollBack(_ amount: Amount, of owner: Address, by holder: InstanceIdentity, _ context: Context)
        throws(ModuleError)
    {
        var account = try account(of: owner, in: context)
        let taken = account.change(lienOf: holder.number) { $0.rollBack(upTo: amount) } ?? .zero
        guard !taken.isZero else { return }
        try context.emit(
            .with {
                $0.lienRolledBack.owner = context.addresses.format(owner, as: .account)
                $0.lienRolledBack.holder = holder.number
                $0.lienRolledBack.amount = taken.description
            }
        )
    }

    /// A holder gives up what it has. One that failed in a cut may name more: it gets rid of all of it, and nobody's
    /// collateral stays locked for good.
    private func release(_ amount: Amount, of owner: Address, by holder: InstanceIdentity, _ context: Context)
        throws(ModuleError)
    {
        guard !amount.isZero else { return }
        var account = try account(of: owner, in: context)
        guard let taken = account.change(lienOf: holder.number, { $0.release(upTo: amount) }) else {
            throw ModuleError(
                .noLien,
                "\(holder.label) has no lien on the collateral of \(context.addresses.format(owner, as: .account)): only the "
                    + "holder of a lien can release it"
            )
        }
        guard !taken.isZero else { return }
        try context.emit(
            .with {
                $0.lienReleased.owner = context.addresses.format(owner, as: .account)
                $0.lienReleased.holder = holder.number
                $0.lienReleased.amount = taken.description
                $0.lienReleased.time = context.block.time.nanoseconds
            }
        )
        try burnSlashed(of: owner, context)
    }

    /// A holder has cut its records, as it was told to.
    private func settleCut(_ inFlight: Amount, of owner: Address, by holder: InstanceIdentity, _ context: Context)
        throws(ModuleError)
    {
        var account = try account(of: owner, in: context)
        guard account.change(lienOf: holder.number, { $0.settleCut(inFlight: inFlight) }) == true else { return }
        try context.emit(
            .with {
                $0.cutSettled.owner = context.addresses.format(owner, as: .account)
                $0.cutSettled.holder = holder.number
                $0.cutSettled.inFlight = inFlight.description
            }
        )
        try burnSlashed(of: owner, context)
    }
}
