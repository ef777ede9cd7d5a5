import IBC
import ModuleKit
import TransferEvents

extension Transfer {
    /// The way by which a token of this chain's bank came; none for one that is at home.
    ///
    /// - Throws: `unknownTrace` for `ibc/…` that is not known here; `invalidTransferDenomination` for a token at home
    ///   whose name would be read as a way, such as `transfer/channel-3/x`: on the way back nobody could tell the two apart.
    func trace(of denom: Denom, _ state: some StateReading) throws(ModuleError) -> DenominationTrace {
        let isVoucher = denom.text.utf8.starts(with: DenominationTrace.voucherPrefix.utf8)
        let path = isVoucher ? try storedTrace(of: denom, state).path : denom.text
        let trace = try ModuleError.transferring { () throws(IBCError) in try DenominationTrace(path: path) }
        guard isVoucher || trace.isNative else {
            throw ModuleError(
                .invalidTransferDenomination,
                "\(denom) is a token of this chain, but its name reads like the way of another chain's token: it can't leave"
            )
        }
        return trace
    }

    /// What the bank of this chain calls a token.
    ///
    /// - Throws: `invalidTransferDenomination` when it can call nothing so, or when a token that is said to be at home
    ///   here has the name of a voucher.
    func denom(of trace: DenominationTrace) throws(ModuleError) -> Denom {
        guard !trace.isNative || !trace.base.utf8.starts(with: DenominationTrace.voucherPrefix.utf8) else {
            throw ModuleError(
                .invalidTransferDenomination,
                "a token named by a hash is at home on no chain; name the way by which it came"
            )
        }
        do throws(ModuleError) {
            return try Denom(trace.denomination)
        } catch {
            throw ModuleError(.invalidTransferDenomination, error.message)
        }
    }

    /// Records the way of a token of another chain at first sight.
    func record(_ trace: DenominationTrace, _ denom: Denom, _ context: Context) throws(ModuleError) {
        guard try !traces.contains(denom, in: context) else { return }
        try context.emit(.with { $0.traceRecorded.trace = TransferTrace(trace) })
    }
}
