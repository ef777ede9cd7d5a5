import IBC
import InterchainEvents
public import ModuleKit
import TransferEvents

extension Transfer {
    /// The longest port, in bytes: the names of escrow accounts hold the port, a slash and a channel.
    public static let portBytesMax = 32

    /// Takes the settings of an instance, binds its port, and claims the account that mints vouchers.
    ///
    ///     { "port": "transfer" }     (the standard port where none is named)
    ///
    /// The account is called `transfer` for the standard port, and `transfer:PORT` for another. A port is for good: a later
    /// configuration may name it again, or nothing.
    ///
    /// - Throws: `wrongTransferPort` for another port than before; `invalidArgument` for an unknown setting; codespace
    ///   `genesis` for a malformed one; `notFound` without Interchain; `portNotOwned` for a port that is taken.
    public func configure(_ configuration: JSONValue, _ context: Context) throws(ModuleError) {
        let port = try Self.port(in: configuration)
        if let settings = try settings.value(in: context) {
            guard port == nil || port?.text == settings.portID else {
                throw ModuleError(
                    .wrongTransferPort,
                    "the instance has the port \(settings.portID) for good: deploy another one for another port"
                )
            }
            return
        }
        _ = try context.interchain()
        let bound = port ?? .transfer
        try context.emit(
            .with {
                $0.configured.settings = .with {
                    $0.portID = bound.text
                    $0.moduleAccount = bound == .transfer ? bound.text : "\(PortID.transfer):\(bound)"
                    $0.bech32Prefix = context.addresses.account
                }
            }
        )
        try context.bind(bound)
    }

    private static func port(in configuration: JSONValue) throws(ModuleError) -> PortID? {
        var port: PortID?
        for (name, field) in try JSONField(configuration).members() {
            guard name == "port" else {
                throw ModuleError(.invalidArgument, "a transfer module has no setting at \(field.path): use port")
            }
            let text = try field.string()
            do throws(IBCError) {
                port = try PortID(text)
            } catch {
                throw field.invalid(error.message)
            }
            guard text.utf8.count <= portBytesMax else {
                throw field.invalid("a port of transfers has at most \(portBytesMax) characters; choose a shorter one")
            }
        }
        return port
    }
}
