internal import ModuleKit

/// The chain's authority: who decides on grants.
///
/// A genesis names an account, an instance or nobody (`host.authority`). An instance acts under its own address, by the
/// messages that it sends.
extension HostModule {
    /// Makes sure that whoever asks is the chain's authority.
    ///
    /// - Parameter actor: the sender of a message, or the address of the instance that emitted the event reacted to.
    /// - Throws: `notAuthority`.
    func requireAuthority(_ actor: Address, _ context: Context) throws(ModuleError) {
        guard let authority = try authority.value(in: context) else {
            throw ModuleError(
                .notAuthority,
                "this chain has no authority, so its grants are those of its genesis: name one there as host.authority"
            )
        }
        guard actor == authority else {
            let expected = context.addresses.format(authority, as: .account)
            throw ModuleError(.notAuthority, "only the chain's authority may decide on grants: \(expected)")
        }
    }

    /// Hands the authority over to an account or an instance.
    ///
    /// - Parameter actor: who decides; see `requireAuthority`.
    func setAuthority(_ request: HostSetAuthority, by actor: Address, _ context: Context) throws(ModuleError) {
        try requireAuthority(actor, context)
        let authority = try context.addresses.parse(try checkedAccount(request.authority, context), as: .account)
        guard authority != actor else {
            throw ModuleError(.alreadyExists, "\(request.authority) is the chain's authority already: name another")
        }
        try emitAuthority(authority, context)
    }

    /// Records who the authority is from now on.
    func emitAuthority(_ authority: Address, _ context: Context) throws(ModuleError) {
        let text = context.addresses.format(authority, as: .account)
        try context.emit(.with { $0.authorityChanged.authority = text })
    }

    /// The authority's address as a text; empty where the chain has none.
    func authorityText(in state: some StateReading) throws(ModuleError) -> String {
        guard let authority = try authority.value(in: state) else { return "" }
        return try authority.text(prefix: try chain.value(in: state)?.addressPrefix ?? "")
    }
}
