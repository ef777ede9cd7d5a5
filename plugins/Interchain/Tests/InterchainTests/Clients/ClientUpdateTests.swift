import CometBFT
import CometBFTTesting
import Foundation
import IBC
import InterchainEvents
import ModuleKit
import ModuleTesting
import Testing

@testable import Interchain

/// Relayers bring clients further, header by header.
struct ClientUpdateTests {
    private let fixture: ClientFixture
    private var here: PlayedChain { fixture.here }
    private var other: PlayedChain { fixture.other }

    init() throws { fixture = try ClientFixture() }

    @Test("A header is verified from a trusted one, and recorded with its own hash and that of the header before it")
    func updates() throws {
        try fixture.blocks(4)
        let header = try fixture.recorded(4)
        try fixture.update(to: 4, from: 1).thenEmitted(
            .with {
                $0.clientUpdated.clientID = fixture.client.text
                $0.clientUpdated.header = header
            }
        )
        #expect(header.hash == Data(try #require(other.signed.block(at: 4)).signedHeader.hash.bytes))
        #expect(header.lastHeaderHash == Data(try #require(other.signed.block(at: 3)).signedHeader.hash.bytes))
        #expect(try here.description(of: fixture.client).latestHeight == other.height(4).protobuf)
        #expect(try here.verifiedHeader(of: fixture.client, at: other.height(4)) == header)

        try fixture.update(to: 5, from: 4).thenSucceeded()
        #expect(try fixture.heights == [1, 4, 5])
    }

    @Test("A header in between is taken too, and the latest height stays")
    func fillsIn() throws {
        try fixture.blocks(4)
        try fixture.update(to: 5, from: 1).thenSucceeded()
        try fixture.update(to: 3, from: 1).thenSucceeded()
        #expect(try fixture.heights == [1, 3, 5])
        #expect(try here.description(of: fixture.client).latestHeight == other.height(5).protobuf)
        #expect(try here.verifiedHeader(of: fixture.client, at: other.height(4), orBelow: true) == fixture.recorded(3))
    }

    @Test(
        "A header that is known changes nothing, whoever hands it in again; nor does the one that a client began with"
    )
    func ignoresDuplicates() throws {
        try fixture.blocks(4)
        try fixture.update(to: 4, from: 1).thenSucceeded()
        try fixture.update(to: 4, from: 1).thenEmittedNothing()
        let second = try here.createClient(of: other)
        try here.update(second, with: other.header(5, from: 4)).thenEmittedNothing()
    }

    @Test("What is not verified from what the client trusts is refused")
    func refuses() throws {
        try fixture.blocks(4)
        try fixture.update(to: 5, from: 3).thenFailed(.unknownHeight)
        try here.update(ClientID("07-tendermint-9"), with: other.header(5, from: 1)).thenFailed(.unknownClient)
        // Two of four is less than two thirds.
        var unsigned = try other.fork(after: 4)
        try unsigned.append(ballots: { $0 < 2 ? .absent : .block })
        try fixture.update(to: 5, from: 1, of: unsigned).thenFailed(.invalidHeader)
        var forged = try other.fork(after: 4)
        try forged.append(ballots: { _ in .forged })
        try fixture.update(to: 5, from: 1, of: forged).thenFailed(.invalidHeader)
        #expect(try fixture.heights == [1])
        #expect(try fixture.status == "active")
    }

    @Test("A header of another chain is refused, even where it agrees with a known one in all that is kept")
    func refusesOtherChains() throws {
        try fixture.blocks(1)
        try fixture.update(to: 2, from: 1).thenSucceeded()
        let known = try #require(other.signed.block(at: 2)).signedHeader.header
        var twin = TestChain(chainID: "twin-2", validators: try TestValidators(10..<14))
        try twin.append()
        try twin.append(time: known.time, appHash: known.appHash)
        try fixture.update(to: 2, from: 1, of: twin).thenFailed(.invalidHeader)
        // Nor is it taken for the header that a client was started from, of which no hash is known.
        let second = try here.createClient(at: 2, of: other)
        try here.update(second, with: other.header(2, from: 1)).thenEmittedNothing()
        try here.update(second, with: other.header(2, from: 1, of: twin)).thenFailed(.unknownHeight)
        #expect(try fixture.status == "active")
    }

    @Test("A client that was not updated within the trusting period takes no header any more")
    func expires() throws {
        try fixture.blocks(1, every: PlayedChain.trustingPeriod)
        #expect(try fixture.status == "expired")
        try fixture.update(to: 2, from: 1).thenFailed(.clientExpired)
    }

    @Test("A header is not verified from one that is older than the trusting period, though the client is active")
    func expiredTrust() throws {
        try fixture.blocks(2, every: .minutes(40))
        try fixture.update(to: 2, from: 1).thenFailed(.clientExpired)

        let fresh = try ClientFixture()
        for height in 2...4 as ClosedRange<Int64> {
            try fresh.blocks(1, every: .minutes(40))
            try fresh.update(to: height, from: height - 1).thenSucceeded()
        }
        try fresh.blocks(1)
        try fresh.update(to: 5, from: 1).thenFailed(.clientExpired)
        try fresh.update(to: 5, from: 4).thenSucceeded()
    }

    @Test("A header ahead of this chain's time by the clock drift waits")
    func refusesTheFuture() throws {
        try other.nextBlock(after: .seconds(10))
        try fixture.update(to: 2, from: 1).thenFailed(.invalidHeader)
        try here.nextBlock()
        try fixture.update(to: 2, from: 1).thenSucceeded()
    }

    @Test("The signatures of both sets are paid for before they are checked")
    func chargesWork() throws {
        try fixture.blocks(2)
        let header = try other.header(3, from: 1)
        let signatures = 8 * WorkMeter.Cost.signature
        try here.update(fixture.client, with: header, workLimit: signatures).thenFailed(.outOfWork)
        let used = try here.update(fixture.client, with: header).thenSucceeded().workUsed
        #expect(used > signatures)
    }

    @Test("Heights older than the unbonding period are forgotten by the way, two at a time")
    func prunes() throws {
        for height in 2...4 as ClosedRange<Int64> {
            try fixture.blocks(1, every: .minutes(30))
            try fixture.update(to: height, from: height - 1).thenSucceeded()
        }
        // Half an hour each: 1 is two hours old now, which is not older than the period.
        try fixture.blocks(1, every: .minutes(30))
        try fixture.update(to: 5, from: 4).thenSucceeded()
        #expect(try fixture.heights == [1, 2, 3, 4, 5])

        try fixture.blocks(1, every: .minutes(59))
        let forgotten = try fixture.update(to: 6, from: 5).thenSucceeded().emitted.flatMap(\.clientUpdated.forgotten)
        #expect(forgotten == [other.height(1).protobuf, other.height(2).protobuf])
        #expect(try fixture.heights == [3, 4, 5, 6])
        try here.nextBlock()
        #expect(try here.proof(of: .consensusState(fixture.client, at: other.height(2))).value == nil)
        #expect(try here.proof(of: .consensusState(fixture.client, at: other.height(3))).value != nil)
        #expect(try here.verifiedHeader(of: fixture.client, at: other.height(2)) == nil)
    }

    @Test("One of two clients forgets nothing of the other")
    func prunesItsOwn() throws {
        let second = try here.createClient(of: other)
        for height in 2...5 as ClosedRange<Int64> {
            try fixture.blocks(1, every: .minutes(59))
            try here.update(second, with: other.header(height, from: height - 1)).thenSucceeded()
        }
        #expect(try fixture.heights == [1])
        #expect(try here.verifiedHeader(of: second, at: other.height(1)) == nil)
    }

    @Test("A header with a mangled byte is refused, or what is recorded of it is the same")
    func refusesMangled() throws {
        let seed = try TestSeed.next()
        try fixture.blocks(2)
        let header = try other.header(3, from: 1).encoded
        let recorded = try fixture.recorded(3)
        var generator = SplitMix64(seed: seed)
        var clients = [fixture.client]
        var refusedCount = 0
        for _ in 0..<200 {
            var mangled = header
            let place = Int(generator.next() % UInt64(header.count))
            mangled[place] ^= UInt8(1) << UInt8(generator.next() % 8)
            let client = try #require(clients.last)
            let outcome = try here.send {
                $0.updateClient.clientID = client.text
                $0.updateClient.header = Data(mangled)
            }
            // A signature beyond the needed ones is not looked at.
            if outcome.succeeded {
                #expect(outcome.emitted.map(\.clientUpdated.header) == [recorded], "seed \(seed), byte \(place)")
                clients.append(try here.createClient(at: 1, of: other))
            } else {
                refusedCount += 1
            }
        }
        #expect(refusedCount > 100, "seed \(seed)")
    }
}
