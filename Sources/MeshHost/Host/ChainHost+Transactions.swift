internal import Crypto
internal import ModuleKit
internal import Storage

/// A transaction whose form and signatures were checked, or why they do not hold.
struct CheckedTransaction: Sendable {
    let hash: [UInt8]
    let outcome: Result<SignedTransaction, ModuleError>

    init(hash: [UInt8], outcome: Result<SignedTransaction, ModuleError>) {
        self.hash = hash
        self.outcome = outcome
    }

    init(_ bytes: [UInt8], chainID: String, addresses: AddressPrefixes, limits: TransactionLimits) {
        do throws(ModuleError) {
            let transaction = try SignedTransaction(
                decoding: bytes,
                chainID: chainID,
                addresses: addresses,
                limits: limits
            )
            hash = transaction.hash
            outcome = .success(transaction)
        } catch {
            hash = Array(SHA256.hash(data: bytes))
            outcome = .failure(error)
        }
    }
}

/// Executing and checking transactions.
extension ChainHost {
    /// Tells whether a transaction would be executed now, and pays what this node asks for; leaves no trace.
    ///
    /// - Throws: `outOfTurn` between `finalizeBlock` and `commit`; `needsReopening` when storage fails.
    public func checkTransaction(_ bytes: [UInt8]) throws(HostError) -> TransactionResult {
        try requireIdle("checkTransaction")
        let checked = CheckedTransaction(bytes, chainID: chainID, addresses: addresses, limits: registry.limits)
            .paying(atLeast: options.minimumFees)
        let execution = machine.execution
        let time = Timestamp(nanoseconds: lastHeader.timeNanoseconds)
        execution.startBlock(
            BlockInfo(chainID: chainID, height: lastHeader.height &+ 1, time: time),
            nextSequence: lastHeader.eventCount
        )
        defer {
            execution.settle()
            rest()
        }
        do throws(ModuleError) {
            let result = try execution.discarding { () throws(ModuleError) in
                try execute(checked, at: 1, workLeft: registry.limits.blockWorkMax)
            }
            return TransactionResult(
                hash: result.hash,
                error: result.error,
                workUsed: result.workUsed,
                events: lastHeader.eventCount..<lastHeader.eventCount
            )
        } catch {
            throw failed("a transaction can't be checked", error)
        }
    }

    /// Executes one transaction: all of its requests, or none; its receipt is recorded either way.
    ///
    /// - Throws: only what ends the block: a failure of storage.
    func execute(_ checked: CheckedTransaction, at place: UInt32, workLeft: UInt64) throws(ModuleError)
        -> TransactionResult
    {
        let execution = machine.execution
        let meter = execution.session.meter
        let first = execution.events.nextSequence
        var failure: ModuleError?
        var signers: [Address] = []
        meter.start(limit: .max)
        do throws(ModuleError) {
            let transaction = try checked.outcome.get()
            try admit(transaction, workLeft: workLeft)
            signers = transaction.signers.map(\.address)
            try charge(transaction.fee, to: signers.first, at: place)
            let feeWork = meter.used
            meter.start(limit: transaction.workLimit)
            try meter.charge(
                feeWork + WorkMeter.Cost.byte * UInt64(transaction.byteCount)
                    + WorkMeter.Cost.signature * UInt64(transaction.signatureCount)
            )
            try execution.unit(transaction: place) { () throws(ModuleError) in
                for (index, request) in transaction.requests.enumerated() {
                    do throws(ModuleError) {
                        let instance = try machine.instance(called: request.instance)
                        try execution.asSigner(request.sender) { () throws(ModuleError) in
                            try instance.handle(request.message, execution, sender: request.sender)
                        }
                    } catch {
                        throw transaction.requests.count == 1 ? error : error.adding(context: "request \(index)")
                    }
                }
            }
        } catch {
            try requireStorage()
            failure = error
        }
        let workUsed = meter.used
        meter.start(limit: .max)
        let signerTexts = signers.map { addresses.format($0, as: .account) }
        try execution.unit(transaction: place) { () throws(ModuleError) in
            try machine.host.record(
                .executed(checked.hash, signers: signerTexts, workUsed: workUsed, error: failure),
                execution
            )
        }
        return TransactionResult(
            hash: checked.hash,
            error: failure,
            workUsed: workUsed,
            events: first..<execution.events.nextSequence
        )
    }

    /// What must hold before a transaction costs its signers anything: in time, in sequence, and room in the block.
    private func admit(_ transaction: SignedTransaction, workLeft: UInt64) throws(ModuleError) {
        let height = machine.execution.block.height
        guard transaction.timeoutHeight == 0 || height <= transaction.timeoutHeight else {
            throw ModuleError(
                .timedOut,
                "the transaction was good up to height \(transaction.timeoutHeight), this is \(height): sign it anew"
            )
        }
        guard transaction.workLimit <= workLeft else {
            throw ModuleError(
                .blockFull,
                "the block has \(workLeft) units of work left, the transaction may use \(transaction.workLimit): "
                    + "send it in another block, or with a lower limit"
            )
        }
        for signer in transaction.signers {
            let expected = try nextSequence(of: signer.address)
            // The receipt could not count on: that would end the block, and every one with this transaction.
            guard expected < .max else {
                throw ModuleError(
                    .arithmeticOverflow,
                    "\(addresses.format(signer.address, as: .account)) has used up every sequence: use another account"
                )
            }
            guard signer.sequence == expected else {
                throw ModuleError(
                    .wrongSequence,
                    "\(addresses.format(signer.address, as: .account)) is at sequence \(expected), the transaction was "
                        + "signed for \(signer.sequence): query the account and sign anew"
                )
            }
        }
    }
}
