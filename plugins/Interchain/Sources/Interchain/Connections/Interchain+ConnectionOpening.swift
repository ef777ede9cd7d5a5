import IBC
import InterchainEvents
import ModuleKit

/// The handshake of connections: begun here or there, answered, acknowledged, confirmed (ICS-03).
///
/// As in ibc-go from v10 on, the other chain does not prove what its client of this chain takes as given: whoever uses
/// a connection has to look at both clients anyway.
extension Interchain {
    /// Begins a handshake.
    func handle(_ request: InterchainConnectionOpenInit, _ context: Context) throws(ModuleError) {
        let client = try ClientID(reading: request.clientID)
        try requireActive(client, context)
        let end = try ModuleError.wrapping { () throws(IBCError) in
            let offered = try versions(request.versions)
            return try ConnectionEnd(
                client: client,
                versions: offered.isEmpty ? [.standard] : offered,
                state: .initialized,
                counterparty: ConnectionEnd.Counterparty(
                    client: ClientID(request.counterpartyClientID),
                    connection: nil,
                    prefix: CommitmentPrefix(Array(request.counterpartyPrefix))
                )
            )
        }
        guard end.versions.allSatisfy({ ConnectionVersion.standard.includes($0) }) else {
            throw ModuleError(.noCommonVersion, "this chain speaks version 1, ordered and unordered: offer no more")
        }
        let step = try step(to: end, of: try nextConnection(context))
        try context.emit(.with { $0.connectionOpenInit = step })
    }

    /// Answers a handshake that began on the other chain.
    func handle(_ request: InterchainConnectionOpenTry, _ context: Context) throws(ModuleError) {
        let client = try ClientID(reading: request.clientID)
        let (offered, end) = try ModuleError.wrapping { () throws(IBCError) in
            let offered = try versions(request.counterpartyVersions)
            let end = try ConnectionEnd(
                client: client,
                versions: [ConnectionVersion.common(offered: offered)],
                state: .tryOpen,
                counterparty: ConnectionEnd.Counterparty(protobuf: request.counterparty)
            )
            return (offered, end)
        }
        try verify(
            .initialized,
            versions: offered,
            knowing: nil,
            from: end,
            Proof(bytes: Array(request.proofInit), height: request.proofHeight),
            context
        )
        let step = try step(to: end, of: try nextConnection(context))
        try context.emit(.with { $0.connectionOpenTry = step })
    }

    /// Takes the other end's answer: the connection is open here.
    func handle(_ request: InterchainConnectionOpenAck, _ context: Context) throws(ModuleError) {
        let id = try ConnectionID(reading: request.connectionID)
        let begun = try connection(id, at: .initialized, in: context)
        let end = try ModuleError.wrapping { () throws(IBCError) in
            try ConnectionEnd(
                client: begun.client,
                versions: [ConnectionVersion(protobuf: request.version)],
                state: .open,
                counterparty: ConnectionEnd.Counterparty(
                    client: begun.counterparty.client,
                    connection: ConnectionID(request.counterpartyConnectionID),
                    prefix: begun.counterparty.prefix
                )
            )
        }
        guard begun.versions.contains(where: { offered in end.versions.allSatisfy(offered.includes) }) else {
            throw ModuleError(
                .noCommonVersion,
                "the other end chose a version that the connection \(id) did not offer: open another connection"
            )
        }
        try verify(
            .tryOpen,
            versions: end.versions,
            knowing: id,
            from: end,
            Proof(bytes: Array(request.proofTry), height: request.proofHeight),
            context
        )
        let step = try step(to: end, of: id)
        try context.emit(.with { $0.connectionOpenAck = step })
    }

    /// Learns that the other end has taken the answer: the connection is open on both chains.
    func handle(_ request: InterchainConnectionOpenConfirm, _ context: Context) throws(ModuleError) {
        let id = try ConnectionID(reading: request.connectionID)
        let answered = try connection(id, at: .tryOpen, in: context)
        try verify(
            .open,
            versions: answered.versions,
            knowing: id,
            from: answered,
            Proof(bytes: Array(request.proofAck), height: request.proofHeight),
            context
        )
        let end = try ModuleError.wrapping { () throws(IBCError) in
            try ConnectionEnd(
                client: answered.client,
                versions: answered.versions,
                state: .open,
                counterparty: answered.counterparty
            )
        }
        let step = try step(to: end, of: id)
        try context.emit(.with { $0.connectionOpenConfirm = step })
    }
}

extension Interchain {
    /// A proof of the other chain, and the height that it is of.
    private struct Proof {
        let bytes: [UInt8]
        let height: Ibc_Core_Client_V1_Height
    }

    /// Checks that the other end stands as a step here needs it.
    ///
    /// - Parameters:
    ///   - id: this end's connection, as far as the other end knows it.
    ///   - end: this end, which names the other one.
    private func verify(
        _ state: ConnectionEnd.State,
        versions: [ConnectionVersion],
        knowing id: ConnectionID?,
        from end: ConnectionEnd,
        _ proof: Proof,
        _ context: Context
    ) throws(ModuleError) {
        guard let other = end.counterparty.connection else {
            throw ModuleError(.malformedInput, "the other end's connection is missing: name it")
        }
        let prefix = try Self.prefix
        let expected = try ModuleError.wrapping { () throws(IBCError) in
            try ConnectionEnd(
                client: end.counterparty.client,
                versions: versions,
                state: state,
                counterparty: ConnectionEnd.Counterparty(client: end.client, connection: id, prefix: prefix)
            )
        }
        try verifyMembership(
            of: .connection(other),
            value: expected.encoded,
            through: end,
            proof: proof.bytes,
            at: proof.height,
            context
        )
    }

    private func versions(_ messages: [Ibc_Core_Connection_V1_Version]) throws(IBCError) -> [ConnectionVersion] {
        // Before any is looked at, so that no list costs more than a short one.
        guard messages.count <= ConnectionEnd.maximumVersionCount else {
            throw IBCError(
                .tooLarge,
                "a connection offers at most \(ConnectionEnd.maximumVersionCount) versions, not \(messages.count)"
            )
        }
        return try messages.map { (message) throws(IBCError) in try ConnectionVersion(protobuf: message) }
    }

    private func nextConnection(_ context: Context) throws(ModuleError) -> ConnectionID {
        ConnectionID(number: try counters.value(in: context)?.connections ?? 0)
    }

    private func step(to end: ConnectionEnd, of id: ConnectionID) throws(ModuleError) -> InterchainConnectionStep {
        .with {
            $0.connectionID = id.text
            $0.end = end.protobuf
        }
    }
}
