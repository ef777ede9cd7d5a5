public import ModuleKit
import PriceFeedEvents

extension PriceFeed {
    /// Reads the section named after the instance's label: what an export has written there, of a feed of the same kind.
    ///
    /// - Throws: Codespace `genesis` for a malformed value, always with the JSON path; `invalidState` before the instance was
    ///   configured.
    public func importGenesis(_ genesis: GenesisDocument, _ context: Context, _ report: inout GenesisReport)
        throws(ModuleError)
    {
        let settings = try requireSettings(context)
        let section = genesis.appState[settings.label]
        guard section.optional != nil else { return }
        report.claim(settings.label)
        let known = settings.isFixed ? ["fixed_price"] : ["reports", "checkpoints", "series"]
        for (name, field) in try section.members() where !known.contains(name) {
            throw field.invalid("a feed of this kind has \(known.joined(separator: ", ")) here, and nothing else")
        }
        let reader = GenesisReader(settings: settings, addresses: context.addresses, now: genesis.time)
        let found = settings.isFixed ? try reader.fixed(section) : try reader.average(section)
        guard found != PriceFeedImported() else { return }
        try context.emit(.with { $0.imported = found })
    }
}
