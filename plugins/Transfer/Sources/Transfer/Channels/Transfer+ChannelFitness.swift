import IBC
import InterchainEvents
import ModuleKit
import TransferEvents

/// Which channels transfers may use, and whose their escrow accounts are.
///
/// A channel is offered to this module in its handshake, and refused there if it is not fit. One that came with a genesis
/// was never offered: it is looked at when it is first used.
extension Transfer {
    /// Makes sure that a channel is fit for transfers, and that its escrow account is this instance's, before any token can
    /// go there. One read for a channel that has been used before.
    ///
    /// - Throws: `unsupportedOrdering`, `unsupportedTransferVersion`, `unknownChannel`; what the bank throws.
    func requireFit(_ end: ChannelEndID, _ context: Context) throws(ModuleError) {
        guard try !claimedEscrows.contains(end.channel.text, in: context) else { return }
        try requireFit(try context.channel(end).end, end)
        try claimEscrow(of: end, context)
    }

    /// Checks what Interchain keeps of a channel.
    ///
    /// - Throws: `unsupportedOrdering`, `unsupportedTransferVersion`.
    func requireFit(_ kept: Ibc_Core_Channel_V1_Channel, _ end: ChannelEndID) throws(ModuleError) {
        try requireUnordered(kept.ordering == .unordered, end)
        try requireVersion(kept.version, of: end)
    }

    /// Checks that a channel keeps no order.
    ///
    /// - Throws: `unsupportedOrdering`.
    func requireUnordered(_ isUnordered: Bool, _ end: ChannelEndID) throws(ModuleError) {
        guard isUnordered else {
            throw ModuleError(
                .unsupportedOrdering,
                "\(end) keeps the order of its packets, and one late transfer would hold up all others: open an unordered "
                    + "channel"
            )
        }
    }

    /// Checks that a channel speaks `ics20-1`.
    ///
    /// - Throws: `unsupportedTransferVersion`.
    func requireVersion(_ version: String, of end: ChannelEndID) throws(ModuleError) {
        // The other chain's word is any text: compared by bytes, and not repeated.
        guard version.utf8.elementsEqual(FungibleTokenPacketData.version.utf8) else {
            throw ModuleError(
                .unsupportedTransferVersion,
                "the version of \(end) is not \(FungibleTokenPacketData.version), the only one spoken here: open a channel "
                    + "with that"
            )
        }
    }

    /// Claims the escrow account of a channel that is fit; a second claim changes nothing.
    func claimEscrow(of end: ChannelEndID, _ context: Context) throws(ModuleError) {
        guard try !claimedEscrows.contains(end.channel.text, in: context) else { return }
        try context.emit(
            .with {
                $0.escrowDeclared = .with {
                    $0.portID = end.port.text
                    $0.channelID = end.channel.text
                }
            }
        )
    }
}
