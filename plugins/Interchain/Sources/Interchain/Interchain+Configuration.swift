import InterchainEvents
public import ModuleKit

extension Interchain {
    /// Takes the settings of an instance, all of them:
    ///
    ///     { "authority": "cosmos1…" }                     (left out: the chain's authority may unfreeze clients)
    ///
    /// - Throws: `invalidArgument` for an unknown setting; codespace `genesis` for a malformed one, with its path.
    public func configure(_ configuration: JSONValue, _ context: Context) throws(ModuleError) {
        var configured = InterchainConfigured()
        for (name, field) in try JSONField(configuration).members() {
            guard name == "authority" else {
                throw ModuleError(.invalidArgument, "Interchain has no setting at \(field.path): use authority")
            }
            let authority = try field.address(context.addresses, as: .account)
            configured.authority = context.addresses.format(authority, as: .account)
        }
        try context.emit(.with { $0.configured = configured })
    }

    func apply(_ configured: InterchainConfigured, to state: StateWriter) throws(ModuleError) {
        guard !configured.authority.isEmpty else { return try authority.remove(in: state) }
        try authority.set(try Address(bech32: configured.authority), in: state)
    }
}
