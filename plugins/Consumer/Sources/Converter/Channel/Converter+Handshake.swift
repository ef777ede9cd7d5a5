import ControlChannel
public import ConverterEvents
import IBC
public import InterchainEvents
public import ModuleKit

/// The control channel's handshake begins here and is answered by External Staking.
///
/// Anyone may begin one. What makes it safe are the checks: the other end is the stored one, the pair on this chain is
/// complete, and the pairing has never had a channel. All are made at the beginning and again when the answer comes, so
/// a handshake that never gets there blocks nobody.
extension Converter: ChannelApplication {
    /// Begins a handshake: the version to propose is always the highest spoken here, so that an answer can be held
    /// against it. The sender may name another one that would do, or none.
    ///
    /// - Throws: `pairingHadChannel`, `wrongRemoteEndpoint`, `controlChannelOrdered`, `pairIncomplete`; codespace
    ///   `control` for a version that can't be spoken.
    public func channelOpenInit(_ opening: ChannelOpening, _ context: Context) throws(ModuleError) -> String {
        let settings = try requireFit(opening, context)
        let versions = try settings.versions()
        _ = try versions.proposal(for: opening.version)
        return versions.maximum.json
    }

    /// Refuses: the other end answers.
    public func channelOpenTry(_ opening: ChannelOpening, _ context: Context) throws(ModuleError) -> String {
        throw ModuleError(
            .handshakeStartsHere,
            "the handshake of a control channel begins at the converter: begin it here, on \(context.block.chainID)"
        )
    }

    /// Opens the pairing, and has the provider told of the whole active set.
    ///
    /// - Throws: As at the beginning; `unsupportedControlVersion` for an answer above what was proposed.
    public func channelOpenAck(_ opening: ChannelOpening, _ context: Context) throws(ModuleError) {
        let settings = try requireFit(opening, context)
        let versions = try settings.versions()
        let version = try versions.settle(on: opening.version, proposed: versions.maximum)
        let opened = ConverterChannel.with {
            $0.channelID = opening.end.channel.text
            $0.connectionID = opening.connection.text
            $0.counterpartyPortID = opening.counterparty.port.text
            $0.counterpartyChannelID = opening.counterparty.channel?.text ?? ""
            $0.version = version.description
            $0.openedHeight = context.block.height
        }
        try context.emit(.with { $0.channelOpened.channel = opened })
        try lookAtAllValidators(context)
    }

    /// Refuses: an end that began its handshake is open with the answer.
    public func channelOpenConfirm(_ opening: ChannelOpening, _ context: Context) throws(ModuleError) {
        throw ModuleError(
            .handshakeStartsHere,
            "the handshake of a control channel begins at the converter, and is confirmed at the other end"
        )
    }

    /// Checks a channel that is being opened.
    private func requireFit(_ opening: ChannelOpening, _ context: Context) throws(ModuleError) -> ConverterSettings {
        let settings = try requireSettings(context)
        if let channel = try channel.value(in: context) {
            throw ModuleError(
                .pairingHadChannel,
                "the pairing has had its channel, \(channel.channelID): deploy a new converter for another pairing"
            )
        }
        guard settings.hasRemoteEndpoint else {
            throw ModuleError(
                .wrongRemoteEndpoint,
                "the provider's end is not known yet: configure remote_endpoint before the channel is opened"
            )
        }
        let endpoint = settings.remoteEndpoint
        guard opening.connection.text == endpoint.connectionID, opening.counterparty.port.text == endpoint.portID
        else {
            throw ModuleError(
                .wrongRemoteEndpoint,
                "the channel leads to \(opening.counterparty.port) over \(opening.connection), and the provider's end is "
                    + "\(endpoint.portID) over \(endpoint.connectionID): open it to that end"
            )
        }
        guard opening.ordering == .unordered else {
            throw ModuleError(
                .controlChannelOrdered,
                "a control channel keeps no order, so that one lost packet holds up no other: open an unordered channel"
            )
        }
        _ = try requireVirtualStaking(settings, context)
        return settings
    }
}
