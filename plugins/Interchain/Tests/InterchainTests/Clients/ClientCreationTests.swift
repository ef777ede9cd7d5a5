import Foundation
import IBC
import InterchainEvents
import ModuleKit
import ModuleTesting
import Testing

@testable import Interchain

/// Anyone starts clients, at a header that is taken as given.
struct ClientCreationTests {
    private let here: PlayedChain
    private let other: PlayedChain

    init() throws {
        here = try PlayedChain("here-1", validators: 0..<4)
        other = try PlayedChain("other-2", validators: 10..<14)
        try other.nextBlock()
    }

    @Test("Clients are numbered as they come, and know the header that they were started from")
    func creates() throws {
        #expect(try here.createClient(of: other).text == "07-tendermint-0")
        let client = try here.createClient(of: other)
        #expect(client.text == "07-tendermint-1")

        let described = try here.description(of: client)
        #expect(described.chainID == "other-2")
        #expect(described.latestHeight == other.height.protobuf)
        #expect(described.status == "active")
        #expect(!described.frozen)
        #expect(described.trustingPeriodSeconds == 3600)
        #expect(described.unbondingPeriodSeconds == 7200)
        #expect(Array(described.clientState) == (try other.clientState().encoded))

        let header = try #require(try here.verifiedHeader(of: client, at: other.height))
        #expect(try header.consensusState == other.consensusState())
        #expect(header.hash.isEmpty && header.lastHeaderHash.isEmpty)
    }

    @Test("The path of a client and those of its consensus states can be proven, as IBC keeps them")
    func proves() throws {
        let client = try here.createClient(of: other)
        try here.nextBlock()
        let state = try here.proof(of: .clientState(client))
        #expect(state.value == (try other.clientState().typed))
        let consensus = try here.proof(of: .consensusState(client, at: other.height))
        #expect(consensus.value == (try other.consensusState().typed))
    }

    @Test("A client that is frozen, or older than its trusting period, or ahead of this chain is not started")
    func refusesUnusable() throws {
        try create { $0.clientState = Data(try other.clientState(isFrozen: true).encoded) }.thenFailed(.clientFrozen)
        // Ten seconds are the drift, and the other chain is five ahead.
        try other.nextBlock(after: .seconds(4))
        try create().thenSucceeded()
        try other.nextBlock(after: .seconds(1))
        try create().thenFailed(.invalidHeader, saying: "ahead of now")
        try here.nextBlock(after: PlayedChain.trustingPeriod)
        try create().thenSucceeded()
        try here.nextBlock(after: .seconds(20))
        try create().thenFailed(.clientExpired, saying: "start from a later one")
    }

    @Test("Bytes that are not written in the one way of IBC are refused")
    func refusesMalformed() throws {
        let state = Data(try other.clientState().encoded)
        let consensus = Data(try other.consensusState().encoded)
        try create { $0.clientState = Data() }.thenFailed(.malformedInput)
        try create { $0.clientState = state + [0xA8, 0x0F, 1] }.thenFailed(.malformedInput)
        try create { $0.clientState = consensus }.thenFailed(.malformedInput)
        try create { $0.consensusState = consensus.dropLast() }.thenFailed(.malformedInput)
        try create { $0.consensusState = Data() }.thenFailed(.malformedInput)
    }

    @Test("Clients are listed page by page")
    func lists() throws {
        for _ in 0..<3 { _ = try here.createClient(of: other) }
        func page(_ start: UInt64, _ limit: UInt32) throws -> (clients: [String], next: UInt64?) {
            let answer = try here.harness.query(
                .with {
                    $0.clients.start = start
                    $0.clients.limit = limit
                }
            ).clients
            return (answer.clients.map(\.clientID), answer.hasNext ? answer.next : nil)
        }
        #expect(try page(0, 2) == (["07-tendermint-0", "07-tendermint-1"], 2))
        #expect(try page(2, 2) == (["07-tendermint-2"], nil))
        #expect(try page(1, 2) == (["07-tendermint-1", "07-tendermint-2"], nil))
        #expect(try page(0, 0).clients.count == 3)
        #expect(try page(.max, 1) == ([], nil))
    }

    @Test("What is not there is told apart from what can't be there")
    func answersUnknown() throws {
        #expect(throws: ModuleError.self) { try here.description(of: ClientID("07-tendermint-0")) }
        let client = try here.createClient(of: other)
        #expect(try here.verifiedHeader(of: client, at: other.height(1)) == nil)
        #expect(try here.verifiedHeader(of: client, at: other.height(1), orBelow: true) == nil)
        let found = try here.verifiedHeader(of: client, at: other.height(50), orBelow: true)
        #expect(found?.height == other.height.protobuf)
    }

    @Test("An event that creates another client than the next does not fit the state")
    func refusesUnfittingEvents() throws {
        let created = InterchainEvent.with {
            $0.clientCreated.clientID = "07-tendermint-1"
            $0.clientCreated.clientState = (try? Data(other.clientState().encoded)) ?? Data()
            $0.clientCreated.header = .init()
        }
        try here.harness.when(recording: [created], of: Interchain.self).thenFailed(.invalidState)
        let frozen = InterchainEvent.with { $0.clientFrozen.clientID = "07-tendermint-0" }
        try here.harness.when(recording: [frozen], of: Interchain.self).thenFailed(.unknownClient)
    }

    @Test("A client that has not verified its own latest height violates what must always hold")
    func checksInvariants() throws {
        let state = Data(try other.clientState().encoded)
        let elsewhere = InterchainVerifiedHeader(try other.consensusState(), at: other.height(1))
        let created = InterchainEvent.with {
            $0.clientCreated.clientID = "07-tendermint-0"
            $0.clientCreated.clientState = state
            $0.clientCreated.header = elsewhere
        }
        let error = try #require(throws: HarnessError.self) {
            try here.harness.when(recording: [created], of: Interchain.self)
        }
        #expect(error.code == .invariantViolated)
        #expect(error.message.contains("latest-heights-are-verified"))
    }

    private func create(_ change: (inout InterchainCreateClient) throws -> Void = { _ in }) throws
        -> Outcome<Interchain>
    {
        try here.send {
            $0.createClient.clientState = Data(try other.clientState().encoded)
            $0.createClient.consensusState = Data(try other.consensusState().encoded)
            try change(&$0.createClient)
        }
    }
}
