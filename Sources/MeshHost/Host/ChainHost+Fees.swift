public import ModuleKit

/// What transactions pay. Which fee is enough is each node's own choice, and no rule of the chain.
extension ChainHost {
    /// Why this node lets a transaction into no block that it proposes: it pays less than ``HostOptions/minimumFees``.
    ///
    /// Nothing else is checked: a transaction that is none is refused when it is executed. Costs a check of the signatures
    /// where fees are asked for, and nothing otherwise.
    ///
    /// - Returns: `insufficientFee`; nil where it pays enough.
    public func feeRefusal(of bytes: [UInt8]) -> ModuleError? {
        guard !options.minimumFees.isEmpty else { return nil }
        let checked = CheckedTransaction(bytes, chainID: chainID, addresses: addresses, limits: registry.limits)
            .paying(atLeast: options.minimumFees)
        guard case .failure(let error) = checked.outcome, error.code == .insufficientFee else { return nil }
        return error
    }

    /// Has a fee moved to where fees belong, in a unit of its own: it stays paid when the transaction fails.
    ///
    /// The transaction's work limit does not stop it, so that nobody has his transaction carried to its limit for nothing; what
    /// it uses counts towards that limit afterwards.
    ///
    /// - Throws: `feeNotTaken` on a chain without an instance that takes fees; what that instance throws, or the bank.
    func charge(_ fee: Coins, to payer: Address?, at place: UInt32) throws(ModuleError) {
        guard !fee.isEmpty, let payer else { return }
        guard machine.takesFees else {
            throw ModuleError(
                .feeNotTaken,
                "nobody takes fees on this chain: send the transaction without one"
            )
        }
        let charged = HostEvent.feeCharged(fee.proto, payer: addresses.format(payer, as: .account))
        do throws(ModuleError) {
            try machine.execution.unit(transaction: place, signer: payer) { () throws(ModuleError) in
                try machine.host.record(charged, machine.execution)
            }
        } catch {
            throw error.adding(context: "the fee of \(fee)")
        }
    }
}

extension ChainMachine {
    /// Whether somebody takes fees: an instance of the module that says so.
    var takesFees: Bool {
        guard let name = registry.feeModule else { return false }
        return execution.installedInstances.contains { $0.identity.module == name }
    }
}

extension CheckedTransaction {
    /// The transaction, or its refusal where it pays less than what is asked for: of one of the denominations, the whole amount.
    func paying(atLeast minimum: Coins) -> CheckedTransaction {
        guard !minimum.isEmpty, case .success(let transaction) = outcome else { return self }
        guard !minimum.contains(where: { transaction.fee.amount(of: $0.denom) >= $0.amount }) else { return self }
        let asked = minimum.map(\.description).joined(separator: " or ")
        let paid = transaction.fee.isEmpty ? "nothing" : "\(transaction.fee)"
        return CheckedTransaction(
            hash: hash,
            outcome: .failure(
                ModuleError(.insufficientFee, "the transaction pays \(paid), and this node asks for \(asked): pay more")
            )
        )
    }
}
