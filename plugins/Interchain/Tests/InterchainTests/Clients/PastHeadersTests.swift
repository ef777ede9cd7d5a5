import CometBFT
import CometBFTTesting
import Foundation
import IBC
import InterchainEvents
import ModuleKit
import ModuleTesting
import Testing

@testable import Interchain

/// Headers below a known one are verified by their hashes alone.
struct PastHeadersTests {
    private let fixture: ClientFixture
    private var here: PlayedChain { fixture.here }
    private var other: PlayedChain { fixture.other }

    init() throws {
        fixture = try ClientFixture()
        try fixture.blocks(8)
        try fixture.update(to: 9, from: 1).thenSucceeded()
    }

    @Test("The lowest header of a chain of links is kept, and further messages go on from there")
    func goesBack() throws {
        let lowest = try fixture.recorded(6)
        try verify([8, 7, 6], below: 9).thenEmitted(
            .with {
                $0.pastHeadersVerified.clientID = fixture.client.text
                $0.pastHeadersVerified.knownHeight = other.height(9).protobuf
                $0.pastHeadersVerified.header = lowest
            }
        )
        #expect(try fixture.heights == [1, 6, 9])
        try verify([5, 4], below: 6).thenSucceeded()
        #expect(try fixture.heights == [1, 4, 6, 9])
        #expect(try here.verifiedHeader(of: fixture.client, at: other.height(4)) == fixture.recorded(4))
        #expect(try here.description(of: fixture.client).latestHeight == other.height(9).protobuf)
        try here.nextBlock()
        let proof = try here.proof(of: .consensusState(fixture.client, at: other.height(4)))
        #expect(proof.value == (try other.consensusState(at: 4).typed))
    }

    @Test("A header that was verified in this way serves to verify others from")
    func serves() throws {
        try verify([8, 7, 6], below: 9).thenSucceeded()
        try fixture.update(to: 7, from: 6).thenSucceeded()
    }

    @Test("A header that is known already changes nothing")
    func ignoresKnown() throws {
        try verify([8, 7], below: 9).thenSucceeded()
        try verify([8, 7], below: 9).thenEmittedNothing()
    }

    @Test("The header that a client was started from gets its hashes in this way, and then leads further back")
    func completesTheFirst() throws {
        let client = try here.createClient(at: 5, of: other)
        try verify([4], below: 5, client: client).thenFailed(.invalidHeader, saying: "not known which header")
        try here.update(client, with: other.header(9, from: 5)).thenSucceeded()
        try verify([8, 7, 6, 5], below: 9, client: client).thenSucceeded()
        try verify([4], below: 5, client: client).thenSucceeded()
        #expect(try here.verifiedHeader(of: client, at: other.height(5)) == fixture.recorded(5))
        #expect(try here.verifiedHeader(of: client, at: other.height(4)) == fixture.recorded(4))
    }

    @Test("At height 1 there is nothing further back")
    func ends() throws {
        try verify([8, 7, 6, 5, 4, 3, 2, 1], below: 9).thenSucceeded()
        try verify([1], below: 1).thenFailed(.invalidHeader, saying: "not known which header")
    }

    @Test("A gap, a wrong order, another chain's header, a forked one and a mangled one are refused")
    func refusesWrongLinks() throws {
        var fork = try other.fork(after: 6)
        try fork.append(appHash: [9])
        try fork.append(appHash: [9])
        try verify([7], below: 9).thenFailed(.invalidHeader)
        try verify([8, 6], below: 9).thenFailed(.invalidHeader)
        try verify([7, 8], below: 9).thenFailed(.invalidHeader)
        try verify([8, 8], below: 9).thenFailed(.invalidHeader)
        try verify([9], below: 9).thenFailed(.invalidHeader)
        try verify([8], below: 9, of: fork).thenFailed(.invalidHeader)
        try verify([1], below: 2, of: here.signed).thenFailed(.unknownHeight)
        try verify([8], below: 9, of: here.signed).thenFailed(.invalidHeader)
        try verify([], below: 9).thenFailed(.invalidArgument)
        let bytes = try encoded(8)
        try verify(encoded: [bytes + [0]], below: 9).thenFailed(.malformedInput)
        try verify(encoded: [bytes.dropLast()], below: 9).thenFailed(.malformedInput)
        try verify(encoded: [Data()], below: 9).thenFailed(.malformedInput)
        #expect(try fixture.heights == [1, 9])
    }

    @Test("No header with a flipped bit passes for the one that a hash names")
    func refusesFlippedBits() throws {
        let bytes = try encoded(8)
        for place in bytes.indices {
            var mangled = bytes
            mangled[place] ^= 1
            let outcome = try verify(encoded: [mangled], below: 9)
            #expect(!outcome.succeeded, "byte \(place)")
        }
    }

    @Test("Headers are verified by their hashes within the unbonding period, though the client has expired")
    func reachesBackToTheUnbondingPeriod() throws {
        // Five seconds from height to height: height 3 is two hours old then, and no more.
        try fixture.blocks(1, every: .seconds(7170))
        #expect(try fixture.status == "expired")
        try verify([8, 7, 6, 5, 4, 3, 2], below: 9).thenFailed(.invalidHeader, saying: "unbonding period")
        try verify([8, 7, 6, 5, 4, 3], below: 9).thenSucceeded()
    }

    @Test("A frozen client goes back no further")
    func refusesFrozen() throws {
        var fork = try other.fork(after: 8)
        try fork.append(appHash: [9])
        try fixture.update(to: 9, from: 1, of: fork).thenSucceeded()
        try verify([8], below: 9).thenFailed(.clientFrozen)
    }

    @Test("Links that lead to another header than the client was started from show a fork, and freeze it")
    func freezesForFork() throws {
        var fork = try other.fork(after: 4)
        try fork.append(appHash: [9])
        let forked = try #require(fork.block(at: 5)).signedHeader.header
        let outcome = try here.send {
            $0.createClient.clientState = Data(try other.clientState(at: 5).encoded)
            $0.createClient.consensusState = Data(try TendermintConsensusState(forked).encoded)
        }
        let client = try ClientID(#require(outcome.thenSucceeded().emitted.first).clientCreated.clientID)
        try here.update(client, with: other.header(9, from: 5)).thenSucceeded()
        try verify([8, 7, 6, 5], below: 9, client: client).thenEmitted(
            .with {
                $0.clientFrozen.clientID = client.text
                $0.clientFrozen.height = other.height(5).protobuf
            }
        )
        #expect(try here.description(of: client).status == "frozen")
    }

    @Test("Every header that is hashed is paid for")
    func chargesWork() throws {
        let headers = try [8, 7, 6].map { try encoded($0) }
        let one = try verify(encoded: [headers[0]], below: 9).workUsed
        let three = try verify(encoded: headers, below: 9).workUsed
        #expect(three >= one + 2 * WorkMeter.Cost.signature / 10)
    }

    private func encoded(_ height: Int64, of chain: TestChain? = nil) throws -> Data {
        Data(try #require((chain ?? other.signed).block(at: height)).signedHeader.header.encoded)
    }

    private func verify(
        _ heights: [Int64],
        below known: Int64,
        client: ClientID? = nil,
        of chain: TestChain? = nil
    ) throws -> Outcome<Interchain> {
        try verify(encoded: heights.map { try encoded($0, of: chain) }, below: known, client: client)
    }

    private func verify(encoded headers: [Data], below known: Int64, client: ClientID? = nil) throws
        -> Outcome<Interchain>
    {
        try here.send {
            $0.verifyPastHeaders.clientID = (client ?? fixture.client).text
            $0.verifyPastHeaders.knownHeight = other.height(known).protobuf
            $0.verifyPastHeaders.headers = headers
        }
    }
}
