import Foundation
import IBC
import ICS23
import Interchain
import InterchainEvents
import ModuleKit
import ModuleTesting
import SwiftProtobuf
import Testing

/// Two chains with a client of each other, whose blocks have the same times.
final class TwoChains {
    /// One end of what connects them.
    struct End {
        /// The chain.
        let chain: PlayedChain
        /// The client of the other chain on it.
        let client: ClientID
    }

    /// The chain that begins handshakes, revision 1.
    let left: End
    /// The other one, revision 2.
    let right: End

    /// Starts both chains and their clients.
    ///
    /// - Parameters:
    ///   - neighbours: the modules beside Interchain on each chain: applications of channels.
    ///   - options: what is different from the harness's defaults on both chains.
    init(
        neighbours: () -> [any ProtocolModule] = { [] },
        options: (inout HarnessOptions) -> Void = { _ in }
    ) throws {
        let left = try PlayedChain(
            "left-1",
            validators: 0..<4,
            neighbours: neighbours(),
            options: options
        )
        let right = try PlayedChain(
            "right-2",
            validators: 10..<14,
            neighbours: neighbours(),
            options: options
        )
        self.left = End(chain: left, client: try left.createClient(of: right))
        self.right = End(chain: right, client: try right.createClient(of: left))
    }

    private init(left: End, right: End) {
        self.left = left
        self.right = right
    }

    /// The same chains, but that the other one begins handshakes.
    var swapped: TwoChains { TwoChains(left: right, right: left) }

    /// Ends the block in progress on both chains, and updates both clients: what stands on a chain can be proven now.
    func settle(after interval: TimeSpan? = nil) throws {
        try nextBlock(after: interval)
        try left.chain.update(left.client, of: right.chain)
        try right.chain.update(right.client, of: left.chain)
    }

    /// Ends the block in progress on both chains.
    func nextBlock(after interval: TimeSpan? = nil) throws {
        try left.chain.nextBlock(after: interval)
        try right.chain.nextBlock(after: interval)
    }
}

/// The handshake of a connection that the left chain begins, step by step.
extension TwoChains {
    /// The store that both chains prove.
    static let prefix = Array("state".utf8)

    /// Opens a connection on both chains.
    ///
    /// - Returns: the connection on the left chain, and the one on the right.
    func openConnection() throws -> (left: ConnectionID, right: ConnectionID) {
        let leftID = try Self.id(beginConnection())
        try settle()
        let rightID = try Self.id(answerConnection(leftID))
        try settle()
        try acknowledgeConnection(leftID, rightID).thenSucceeded()
        try settle()
        try confirmConnection(rightID, leftID).thenSucceeded()
        return (leftID, rightID)
    }

    /// The first step.
    func beginConnection(_ change: (inout InterchainConnectionOpenInit) -> Void = { _ in }) throws
        -> Outcome<Interchain>
    {
        try left.chain.send {
            $0.connectionOpenInit.clientID = left.client.text
            $0.connectionOpenInit.counterpartyClientID = right.client.text
            $0.connectionOpenInit.counterpartyPrefix = Data(Self.prefix)
            change(&$0.connectionOpenInit)
        }
    }

    /// The second step, proven by what the left chain has stored.
    func answerConnection(
        _ id: ConnectionID,
        _ change: (inout InterchainConnectionOpenTry) throws -> Void = { _ in }
    )
        throws -> Outcome<Interchain>
    {
        let proof = try left.chain.proof(of: .connection(id))
        return try right.chain.send {
            $0.connectionOpenTry.clientID = right.client.text
            $0.connectionOpenTry.counterparty.clientID = left.client.text
            $0.connectionOpenTry.counterparty.connectionID = id.text
            $0.connectionOpenTry.counterparty.prefix.keyPrefix = Data(Self.prefix)
            $0.connectionOpenTry.counterpartyVersions = [ConnectionVersion.standard.protobuf]
            $0.connectionOpenTry.proofInit = proof.bytes
            $0.connectionOpenTry.proofHeight = proof.height
            try change(&$0.connectionOpenTry)
        }
    }

    /// The third step, proven by what the right chain has stored.
    func acknowledgeConnection(
        _ id: ConnectionID,
        _ other: ConnectionID,
        _ change: (inout InterchainConnectionOpenAck) throws -> Void = { _ in }
    ) throws -> Outcome<Interchain> {
        let proof = try right.chain.proof(of: .connection(other))
        return try left.chain.send {
            $0.connectionOpenAck.connectionID = id.text
            $0.connectionOpenAck.counterpartyConnectionID = other.text
            $0.connectionOpenAck.version = ConnectionVersion.standard.protobuf
            $0.connectionOpenAck.proofTry = proof.bytes
            $0.connectionOpenAck.proofHeight = proof.height
            try change(&$0.connectionOpenAck)
        }
    }

    /// The last step, proven by what the left chain has stored.
    func confirmConnection(
        _ id: ConnectionID,
        _ other: ConnectionID,
        _ change: (inout InterchainConnectionOpenConfirm) throws -> Void = { _ in }
    ) throws -> Outcome<Interchain> {
        let proof = try left.chain.proof(of: .connection(other))
        return try right.chain.send {
            $0.connectionOpenConfirm.connectionID = id.text
            $0.connectionOpenConfirm.proofAck = proof.bytes
            $0.connectionOpenConfirm.proofHeight = proof.height
            try change(&$0.connectionOpenConfirm)
        }
    }

    /// The connection that the first two steps made.
    static func id(_ outcome: Outcome<Interchain>) throws -> ConnectionID {
        let event = try #require(outcome.thenSucceeded().emitted.first)
        return try ConnectionID(
            event.connectionOpenInit.connectionID.isEmpty
                ? event.connectionOpenTry.connectionID : event.connectionOpenInit.connectionID
        )
    }
}
