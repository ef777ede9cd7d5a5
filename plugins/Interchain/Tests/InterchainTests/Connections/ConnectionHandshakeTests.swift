import Foundation
import IBC
import ICS23
import InterchainEvents
import ModuleKit
import ModuleTesting
import Testing

@testable import Interchain

/// Connections open by proofs, one step after the other.
struct ConnectionHandshakeTests {
    private let chains: TwoChains

    init() throws { chains = try TwoChains() }

    @Test("Four proven steps open a connection on both chains, and each end names the other")
    func opens() throws {
        for chains in [chains, chains.swapped] {
            let connection = try chains.openConnection()
            for (side, id, other, otherID) in [
                (chains.left, connection.left, chains.right, connection.right),
                (chains.right, connection.right, chains.left, connection.left),
            ] {
                let end = try end(id, on: side)
                #expect(end.state == .open)
                #expect(end.client == side.client)
                #expect(end.versions == [ConnectionVersion.standard])
                #expect(end.counterparty.connection == otherID)
                #expect(end.counterparty.client == other.client)
                #expect(end.counterparty.prefix.bytes == Array("state".utf8))
            }
        }
        let second = try end(ConnectionID("connection-1"), on: chains.left)
        #expect(second.state == .open)
    }

    @Test("Each step is recorded with the end as it is from then on, and can be proven")
    func records() throws {
        let begun = try chains.beginConnection()
        let id = try TwoChains.id(begun)
        let expected = InterchainEvent.with {
            $0.connectionOpenInit.connectionID = "connection-0"
            $0.connectionOpenInit.end.clientID = "07-tendermint-0"
            $0.connectionOpenInit.end.versions = [ConnectionVersion.standard.protobuf]
            $0.connectionOpenInit.end.state = .init_
            $0.connectionOpenInit.end.counterparty.clientID = "07-tendermint-0"
            $0.connectionOpenInit.end.counterparty.prefix.keyPrefix = Data("state".utf8)
        }
        try begun.thenEmitted(expected)
        try chains.settle()
        let proof = try chains.left.chain.proof(of: .connection(id))
        #expect(proof.value == [UInt8](try expected.connectionOpenInit.end.serializedData() as Data))
    }

    @Test("The name under which an end is looked for is the one under which the chain proves")
    func namesItsStore() throws {
        let interchain = Interchain()
        let path = try StorePath.connection(ConnectionID("connection-0"))
        _ = try chains.beginConnection()
        try chains.nextBlock()
        let proof = try chains.left.chain.harness.proof(of: path, in: interchain.connections, of: Interchain.self)
        #expect(proof.path == [Array(Interchain.storeName.utf8), path.key])
        #expect(try Interchain.prefix.bytes == Array(Interchain.storeName.utf8))
    }

    @Test("A step out of its turn is refused")
    func refusesOutOfTurn() throws {
        let left = try TwoChains.id(chains.beginConnection())
        // Nobody has answered yet.
        try chains.settle()
        try chains.acknowledgeConnection(left, ConnectionID("connection-0")).thenFailed(.invalidProof)
        let right = try TwoChains.id(chains.answerConnection(left))
        try chains.settle()
        try chains.confirmConnection(right, left).thenFailed(.invalidProof)
        try confirm(left, on: chains.left).thenFailed(.wrongHandshakeState, saying: "is begun")
        try acknowledge(right, on: chains.right).thenFailed(.wrongHandshakeState, saying: "is answered")
        try chains.acknowledgeConnection(left, right).thenSucceeded()
        try chains.acknowledgeConnection(left, right).thenFailed(.wrongHandshakeState, saying: "is open")
        try chains.settle()
        try chains.confirmConnection(right, left).thenSucceeded()
        try chains.confirmConnection(right, left).thenFailed(.wrongHandshakeState, saying: "is open")
        try confirm(ConnectionID("connection-7"), on: chains.left).thenFailed(.unknownConnection)
        try confirm(nil, on: chains.left).thenFailed(.malformedInput)
    }

    @Test("A begun connection may be answered twice, and only one answer can be acknowledged")
    func answersTwice() throws {
        let left = try TwoChains.id(chains.beginConnection())
        try chains.settle()
        let first = try TwoChains.id(chains.answerConnection(left))
        let second = try TwoChains.id(chains.answerConnection(left))
        #expect(first != second)
        try chains.settle()
        try chains.acknowledgeConnection(left, second).thenSucceeded()
        try chains.settle()
        try chains.confirmConnection(first, left).thenFailed(.invalidProof)
        try chains.confirmConnection(second, left).thenSucceeded()
    }

    @Test("An end that says anything else than what is proven is refused")
    func refusesOtherClaims() throws {
        let left = try TwoChains.id(chains.beginConnection())
        try chains.settle()
        try chains.answerConnection(left) { $0.counterparty.clientID = "07-tendermint-1" }.thenFailed(.invalidProof)
        try chains.answerConnection(left) { $0.counterparty.connectionID = "connection-1" }.thenFailed(.invalidProof)
        try chains.answerConnection(left) { $0.counterparty.prefix.keyPrefix = Data("ibc".utf8) }
            .thenFailed(.invalidProof)
        try chains.answerConnection(left) { $0.counterpartyVersions[0].features = ["ORDER_UNORDERED"] }
            .thenFailed(.invalidProof)
        try chains.answerConnection(left) { $0.counterparty.connectionID = "" }.thenFailed(.malformedInput)
        try chains.answerConnection(left) { $0.counterparty.connectionID = "a/b" }.thenFailed(.malformedInput)
        try chains.answerConnection(left) { $0.counterparty.clearPrefix() }.thenFailed(.malformedInput)
        try chains.answerConnection(left).thenSucceeded()
    }

    @Test("Connections are listed page by page")
    func lists() throws {
        for _ in 0..<3 { try chains.beginConnection().thenSucceeded() }
        let page = try chains.left.chain.harness.query(
            .with {
                $0.connections.start = 1
                $0.connections.limit = 1
            }
        ).connections
        #expect(page.connections.map(\.connectionID) == ["connection-1"])
        #expect(page.next == 2)
        let last = try chains.left.chain.harness.query(.with { $0.connections.start = 2 }).connections
        #expect(last.connections.map(\.connectionID) == ["connection-2"])
        #expect(!last.hasNext)
    }

    @Test("An event of another connection than the next, or of none, does not fit the state")
    func refusesUnfittingEvents() throws {
        let step = try #require(chains.beginConnection().emitted.first).connectionOpenInit
        let harness = chains.left.chain.harness
        try harness.when(recording: [.with { $0.connectionOpenInit = step }], of: Interchain.self)
            .thenFailed(.invalidState)
        var unknown = step
        unknown.connectionID = "connection-1"
        try harness.when(recording: [.with { $0.connectionOpenAck = unknown }], of: Interchain.self)
            .thenFailed(.unknownConnection)
    }

    private func confirm(_ id: ConnectionID?, on side: TwoChains.End) throws -> Outcome<Interchain> {
        try side.chain.send { $0.connectionOpenConfirm.connectionID = id?.text ?? "" }
    }

    private func acknowledge(_ id: ConnectionID, on side: TwoChains.End) throws -> Outcome<Interchain> {
        try side.chain.send { $0.connectionOpenAck.connectionID = id.text }
    }

    private func end(_ id: ConnectionID, on side: TwoChains.End) throws -> ConnectionEnd {
        let answer = try side.chain.harness.query(.with { $0.connection.connectionID = id.text })
        return try ConnectionEnd(protobuf: answer.connection.end)
    }
}
