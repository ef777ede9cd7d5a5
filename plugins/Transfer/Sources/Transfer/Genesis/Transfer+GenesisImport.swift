public import ModuleKit
import TransferEvents

extension Transfer {
    /// Reads the section `transfer` of a genesis document, of any layout of ibc-go: traces, what is in escrow, the
    /// refunds that are owed, and who ordered the transfers that are on their way.
    ///
    /// Escrow belongs to channels, and so do refunds and orders. They are carried over where Interchain has the channel and the bank
    /// the coins; else they are reported as lost, because the next channel of that name may lead to another chain. Escrow
    /// of a channel that is not fit for transfers is reported as lost as well. An instance with another port
    /// than the standard one reads the section that is named like its module account.
    ///
    /// - Throws: Codespace `genesis` for a malformed value, always with the JSON path; `invalidState` before the instance was
    ///   configured.
    public func importGenesis(_ genesis: GenesisDocument, _ context: Context, _ report: inout GenesisReport)
        throws(ModuleError)
    {
        let settings = try requireSettings(context)
        let section = genesis.appState[settings.moduleAccount]
        guard section.optional != nil else { return }
        report.claim(settings.moduleAccount)
        let port = try section["port_id"].string()
        guard port == settings.portID else {
            throw section["port_id"].invalid(
                "this instance has the port \(settings.portID); configure it with this one"
            )
        }
        var reader = GenesisImport(transfer: self, context: context, settings: settings, report: report)
        do throws(ModuleError) {
            try reader.readTraces(section)
            try reader.readParams(section["params"])
            try reader.readEscrows(section)
            try reader.readOwedRefunds(section)
            try reader.readOpenOrders(section)
            try reader.noteUnknownMembers(of: section, known: GenesisImport.members, at: "")
        } catch {
            report = reader.report
            throw error
        }
        report = reader.report
    }
}
