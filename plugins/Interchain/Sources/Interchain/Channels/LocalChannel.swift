import IBC
import InterchainEvents
import ModuleKit

/// An end of a channel on this chain, and the owner of its port.
struct LocalChannel {
    /// What names it.
    let id: ChannelEndID
    /// How it stands.
    let end: ChannelEnd
    /// The owner of the port: the number of an instance.
    let application: UInt32

    /// What names the other end.
    ///
    /// - Throws: `wrongHandshakeState` while the other end is not known.
    var counterparty: ChannelEndID {
        get throws(ModuleError) {
            guard let counterparty = end.counterparty.end else {
                throw ModuleError(
                    .wrongHandshakeState,
                    "the other end of \(id) is not known yet: finish the handshake first"
                )
            }
            return counterparty
        }
    }

    /// Checks that packets may go.
    ///
    /// - Throws: `channelNotOpen`.
    func requireOpen() throws(ModuleError) {
        guard end.state == .open else {
            throw ModuleError(.channelNotOpen, "the channel \(id) is \(end.state.word), not open: use an open one")
        }
    }

    /// Checks that the handshake is at the step before the one that is asked for.
    ///
    /// - Throws: `wrongHandshakeState`.
    func require(_ state: ChannelEnd.State) throws(ModuleError) {
        guard end.state == state else {
            throw ModuleError(
                .wrongHandshakeState,
                "the channel \(id) is \(end.state.word), and this step needs one that is \(state.word): look how far "
                    + "the handshake has come"
            )
        }
    }

    /// The end with another state; with another counterparty and version where these are given.
    func end(
        in state: ChannelEnd.State,
        counterparty: ChannelEnd.Counterparty? = nil,
        version: String? = nil
    ) throws(ModuleError) -> ChannelEnd {
        try ModuleError.wrapping { () throws(IBCError) in
            try ChannelEnd(
                state: state,
                ordering: end.ordering,
                counterparty: counterparty ?? end.counterparty,
                connection: end.connection,
                version: version ?? end.version
            )
        }
    }

    /// What an event says of a step to another end.
    func step(
        to end: ChannelEnd,
        proposing version: String = "",
        because cause: InterchainClosingCause = .unspecified
    ) -> InterchainChannelStep {
        .with {
            $0.portID = id.port.text
            $0.channelID = id.channel.text
            $0.end = end.protobuf
            $0.application = application
            $0.proposedVersion = version
            $0.cause = cause
        }
    }
}

extension ChannelEnd.State {
    /// How messages call it.
    var word: String {
        switch self {
        case .initialized: "begun"
        case .tryOpen: "answered"
        case .open: "open"
        case .closed: "closed"
        }
    }
}

extension ChannelEndID {
    /// Reads what names an end on this chain.
    ///
    /// - Throws: `malformedInput`.
    init(portID: String, channelID: String) throws(ModuleError) {
        self = try ModuleError.wrapping { () throws(IBCError) in
            ChannelEndID(port: try PortID(portID), channel: try ChannelID(channelID))
        }
    }
}
