public import BankEvents
import IBC
public import ModuleKit

extension TransferEvent: DeclaresModuleAccounts {
    /// The account that mints and burns vouchers, and the escrow account of every channel.
    public var moduleAccounts: [ModuleAccountDeclaration] {
        get throws(ModuleError) {
            switch event {
            case .configured(let event):
                [ModuleAccountDeclaration(event.settings.moduleAccount, permissions: [.minter, .burner])]
            case .escrowDeclared(let event): [try Self.escrow(event.portID, event.channelID)]
            default: []
            }
        }
    }

    /// The account in which tokens wait that left through a channel. Its address is the one that ICS-20 derives.
    ///
    /// - Throws: `malformedTransfer` for a port or a channel that is none.
    public static func escrow(_ port: String, _ channel: String) throws(ModuleError) -> ModuleAccountDeclaration {
        let end = try ModuleError.transferring { () throws(IBCError) in
            ChannelEndID(port: try PortID(port), channel: try ChannelID(channel))
        }
        return ModuleAccountDeclaration(end.description, domain: FungibleTokenPacketData.version)
    }
}
