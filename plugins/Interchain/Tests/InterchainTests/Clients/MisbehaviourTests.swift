import CometBFT
import CometBFTTesting
import Foundation
import IBC
import InterchainEvents
import ModuleKit
import ModuleTesting
import Testing

@testable import Interchain

/// A client that sees its chain contradict itself stops, until governance lets it go on.
struct MisbehaviourTests {
    private let fixture: ClientFixture
    private var here: PlayedChain { fixture.here }
    private var other: PlayedChain { fixture.other }

    init() throws {
        fixture = try ClientFixture()
        try fixture.blocks(5)
        try fixture.update(to: 5, from: 1).thenSucceeded()
    }

    @Test("An update of a known height with another app hash freezes the client, and the transaction succeeds")
    func freezesForFork() throws {
        var fork = try other.fork(after: 4)
        try fork.append(appHash: [9])
        try fixture.update(to: 5, from: 1, of: fork).thenEmitted(frozen(at: 5))
        #expect(try fixture.status == "frozen")
        try fixture.update(to: 6, from: 5).thenFailed(.clientFrozen)
    }

    @Test("A fork that differs in nothing but what is no part of a consensus state freezes the client too")
    func freezesForHash() throws {
        var fork = try other.fork(after: 3)
        try fork.append(appHash: [9])
        let known = try #require(other.signed.block(at: 5)).signedHeader.header
        try fork.append(time: known.time, appHash: known.appHash)
        let header = try other.header(5, from: 1, of: fork)
        #expect(try header.consensusState() == other.consensusState(at: 5))
        try here.update(fixture.client, with: header).thenEmitted(frozen(at: 5))
    }

    @Test("A header that is not earlier than the known one above it freezes the client")
    func freezesForLateTime() throws {
        let above = try #require(other.signed.block(at: 5)).time
        var fork = try other.fork(after: 2)
        try fork.append(time: above, appHash: [9])
        try fixture.update(to: 3, from: 1, of: fork).thenEmitted(frozen(at: 3))
    }

    @Test("A header that is not later than the known one below it freezes the client")
    func freezesForEarlyTime() throws {
        let below = try #require(other.signed.block(at: 5)).time
        var fork = try other.fork(after: 5)
        try fork.append(time: below, appHash: [9])
        try fixture.update(to: 6, from: 1, of: fork).thenEmitted(frozen(at: 6))
    }

    @Test("A report of two headers of one height freezes the client, though it knows neither")
    func takesReport() throws {
        var fork = try other.fork(after: 5)
        try fork.append(appHash: [9])
        let report = try TendermintMisbehaviour(
            first: other.header(6, from: 1),
            second: other.header(6, from: 5, of: fork)
        )
        try submit(report).thenEmitted(frozen(at: 6))
        try submit(report).thenFailed(.clientFrozen)
    }

    @Test("A lock that changes from round to round is no misbehaviour: one header may have commits of several rounds")
    func toleratesRounds() throws {
        let first = try other.header(6, from: 1)
        let second = try other.header(6, from: 1, of: other.decidedAgain(at: 6, round: 2))
        #expect(first.block.signedHeader.header == second.block.signedHeader.header)
        #expect(first.block.signedHeader.commit != second.block.signedHeader.commit)
        #expect(throws: IBCError.self) { try TendermintMisbehaviour(first: first, second: second) }
        try here.update(fixture.client, with: first).thenSucceeded()
        try here.update(fixture.client, with: second).thenEmittedNothing()
        var report = Ibc_Lightclients_Tendermint_V1_Misbehaviour()
        report.header1 = first.protobuf
        report.header2 = second.protobuf
        let bytes = try report.serializedData() as Data
        try here.send {
            $0.submitMisbehaviour.clientID = fixture.client.text
            $0.submitMisbehaviour.misbehaviour = bytes
        }.thenFailed(.noMisbehaviour)
        #expect(try fixture.status == "active")
    }

    @Test("Two blocks of one height freeze the client, also where they were decided in different rounds")
    func freezesForAmnesia() throws {
        var fork = try other.fork(after: 5)
        try fork.append(appHash: [9], round: 1)
        let report = try TendermintMisbehaviour(
            first: other.header(6, from: 1),
            second: other.header(6, from: 1, of: fork)
        )
        try submit(report).thenEmitted(frozen(at: 6))
    }

    @Test("A report is paid for: the signatures of two sets for each of its headers")
    func chargesWork() throws {
        var fork = try other.fork(after: 5)
        try fork.append(appHash: [9])
        let report = try TendermintMisbehaviour(
            first: other.header(6, from: 1),
            second: other.header(6, from: 1, of: fork)
        )
        try submit(report, workLimit: 16 * WorkMeter.Cost.signature).thenFailed(.outOfWork)
        try submit(report).thenSucceeded()
    }

    @Test("A report that proves nothing against the chain is refused")
    func refusesReports() throws {
        var fork = try other.fork(after: 5)
        try fork.append(appHash: [9], ballots: { $0 < 2 ? .absent : .block })
        try submit(
            TendermintMisbehaviour(first: other.header(6, from: 1), second: other.header(6, from: 1, of: fork))
        ).thenFailed(.invalidHeader)

        var another = try other.fork(after: 5)
        try another.append(appHash: [9])
        try submit(
            TendermintMisbehaviour(first: other.header(6, from: 1), second: other.header(6, from: 2, of: another))
        ).thenFailed(.unknownHeight)
        try submit(
            TendermintMisbehaviour(
                client: ClientID("07-tendermint-7"),
                first: other.header(6, from: 1),
                second: other.header(6, from: 1, of: another)
            )
        ).thenFailed(.malformedInput, saying: "another client")

        var honest = Ibc_Lightclients_Tendermint_V1_Misbehaviour()
        honest.header1 = try other.header(6, from: 1).protobuf
        honest.header2 = try other.header(5, from: 1).protobuf
        let bytes = try honest.serializedData() as Data
        try here.send {
            $0.submitMisbehaviour.clientID = fixture.client.text
            $0.submitMisbehaviour.misbehaviour = bytes
        }.thenFailed(.noMisbehaviour)
        #expect(try fixture.status == "active")
    }

    @Test("Only the authority lets a frozen client go on, and only a frozen one")
    func unfreezes() throws {
        try unfreeze(as: ClientFixture.authority).thenFailed(.invalidState)
        var fork = try other.fork(after: 4)
        try fork.append(appHash: [9])
        try fixture.update(to: 5, from: 1, of: fork).thenSucceeded()
        try unfreeze(as: .named("stranger")).thenFailed(.unauthorized)
        #expect(try fixture.status == "frozen")
        try unfreeze(as: ClientFixture.authority).thenEmitted(
            .with {
                $0.clientUnfrozen.clientID = fixture.client.text
                $0.clientUnfrozen.forgivenHeight = other.height(5).protobuf
            }
        )
        #expect(try fixture.status == "active")
        try fixture.update(to: 6, from: 5).thenSucceeded()
    }

    @Test("What the authority has forgiven freezes a client no more, whoever brings it again, and later forks do")
    func forgives() throws {
        var fork = try other.fork(after: 4)
        try fork.append(appHash: [9])
        try fixture.update(to: 5, from: 1, of: fork).thenSucceeded()
        #expect(try fixture.status == "frozen")
        try unfreeze(as: ClientFixture.authority).thenSucceeded()

        let report = try TendermintMisbehaviour(
            first: other.header(5, from: 1),
            second: other.header(5, from: 1, of: fork)
        )
        try fixture.update(to: 5, from: 1, of: fork).thenFailed(.invalidHeader, saying: "looked at")
        try submit(report).thenFailed(.invalidHeader, saying: "looked at")
        #expect(try fixture.status == "active")

        var later = try other.fork(after: 5)
        try later.append(appHash: [9])
        try submit(
            TendermintMisbehaviour(first: other.header(6, from: 1), second: other.header(6, from: 1, of: later))
        ).thenSucceeded()
        #expect(try fixture.status == "frozen")
    }

    @Test("Where none is configured, it is the chain's authority that lets a frozen client go on, and nobody else")
    func staysFrozen() throws {
        let fixture = try ClientFixture(authority: nil)
        try fixture.blocks(2)
        try fixture.update(to: 3, from: 1).thenSucceeded()
        var fork = try fixture.other.fork(after: 2)
        try fork.append(appHash: [9])
        try fixture.update(to: 3, from: 1, of: fork).thenSucceeded()
        let unfreeze = { (sender: Address) in
            try fixture.here.send(from: sender) { $0.unfreezeClient.clientID = fixture.client.text }
        }
        try unfreeze(ClientFixture.authority).thenFailed(.unauthorized)
        try fixture.here.harness.when(settingAuthority: ClientFixture.authority).thenSucceeded()
        try unfreeze(.named("stranger")).thenFailed(.unauthorized)
        try unfreeze(ClientFixture.authority).thenSucceeded()
    }

    private func frozen(at height: Int64) -> InterchainEvent {
        .with {
            $0.clientFrozen.clientID = fixture.client.text
            $0.clientFrozen.height = other.height(height).protobuf
        }
    }

    private func submit(_ report: TendermintMisbehaviour, workLimit: UInt64 = .max) throws -> Outcome<Interchain> {
        try here.send(workLimit: workLimit) {
            $0.submitMisbehaviour.clientID = fixture.client.text
            $0.submitMisbehaviour.misbehaviour = Data(report.encoded)
        }
    }

    private func unfreeze(as sender: Address) throws -> Outcome<Interchain> {
        try here.send(from: sender) { $0.unfreezeClient.clientID = fixture.client.text }
    }
}
