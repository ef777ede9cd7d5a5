import IBC
import InterchainEvents
import ModuleKit

extension Interchain {
    /// An end of a connection, however far its handshake has come.
    ///
    /// - Throws: `unknownConnection`.
    func connection(_ id: ConnectionID, in state: some StateReading) throws(ModuleError) -> ConnectionEnd {
        guard let end = try connections.value(for: .connection(id), in: state) else {
            throw ModuleError(
                .unknownConnection,
                "there is no connection \(id): open one, or list those that there are"
            )
        }
        return end
    }

    /// An end of a connection that channels may use.
    ///
    /// - Throws: `unknownConnection`, `wrongHandshakeState`.
    func openConnection(_ id: ConnectionID, in state: some StateReading) throws(ModuleError) -> ConnectionEnd {
        try connection(id, at: .open, in: state)
    }

    /// An end of a connection whose handshake has come to a step.
    ///
    /// - Throws: `unknownConnection`, `wrongHandshakeState`.
    func connection(_ id: ConnectionID, at step: ConnectionEnd.State, in state: some StateReading)
        throws(ModuleError) -> ConnectionEnd
    {
        let end = try connection(id, in: state)
        guard end.state == step else {
            throw ModuleError(
                .wrongHandshakeState,
                "the connection \(id) is \(end.state.word), and this needs one that is \(step.word): look how far the "
                    + "handshake has come"
            )
        }
        return end
    }
}

extension ConnectionEnd.State {
    /// How messages call it.
    var word: String {
        switch self {
        case .initialized: "begun"
        case .tryOpen: "answered"
        case .open: "open"
        }
    }
}
