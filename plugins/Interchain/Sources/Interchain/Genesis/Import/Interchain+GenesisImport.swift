import InterchainEvents
public import ModuleKit

extension Interchain {
    /// Reads the section `ibc` of a genesis document, in the layout of ibc-go: clients, connections, channels and
    /// what is kept of packets.
    ///
    /// Identifiers stay as they are, because other chains know them; so numbers may be left out. What is well formed
    /// and can't be kept is reported, with all that depends on it: clients of other kinds than 07-tendermint, or
    /// without their latest height; connections with a delay or of other versions; channels of several hops, with an
    /// upgrade, or whose port no application has bound. Ports are bound by their applications, when they are
    /// configured.
    ///
    /// - Throws: `invalidState` outside of the genesis block; codespace `genesis` for what is malformed or
    ///   contradicts itself, always with the JSON path.
    public func importGenesis(_ genesis: GenesisDocument, _ context: Context, _ report: inout GenesisReport)
        throws(ModuleError)
    {
        guard context.block.isGenesis else {
            throw ModuleError(.invalidState, "clients are imported in the genesis block only: start another chain")
        }
        let section = genesis.appState[GenesisLayout.section]
        guard section.optional != nil else { return }
        report.claim(GenesisLayout.section)
        var reader = GenesisImport(interchain: self, context: context, report: report)
        defer { report = reader.report }
        try reader.read(section)
    }
}
