public import ModuleKit
import VaultEvents

extension Vault {
    /// Reads the instance's section of a genesis document: what `exportGenesis` writes.
    ///
    /// Holders are found by their labels, whatever their numbers are on this chain. The bank has to have the coins in the
    /// vault's module account.
    ///
    /// - Throws: Codespace `genesis` for a malformed value, a broken invariant, an unknown holder or missing coins, always
    ///   with the JSON path; `invalidState` before the instance was configured.
    public func importGenesis(_ genesis: GenesisDocument, _ context: Context, _ report: inout GenesisReport)
        throws(ModuleError)
    {
        let settings = try requireSettings(context)
        let section = genesis.appState[settings.genesisSection]
        guard section.optional != nil else { return }
        report.claim(settings.genesisSection)
        var reader = GenesisImport(vault: self, context: context, settings: settings, report: report)
        do throws(ModuleError) {
            try reader.read(section)
        } catch {
            report = reader.report
            throw error
        }
        report = reader.report
    }
}
