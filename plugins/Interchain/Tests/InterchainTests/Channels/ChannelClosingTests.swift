import Foundation
import IBC
import Interchain
import InterchainEvents
import ModuleKit
import ModuleTesting
import Testing

@Suite("Closing channels")
struct ChannelClosingTests {
    @Test("An application closes its end, and the other end follows by proof", arguments: orderings)
    func byApplication(_ ordering: Ibc_Core_Channel_V1_Order) throws {
        let chains = try Correspondence.open(ordering)
        let closed = try chains.close(.left).thenSucceeded()
        #expect(closed.emitted.map(\.channelClosed.cause) == [.application])
        #expect(try chains.channel(.left).end.state == .closed)
        let followed = try chains.send(chains.closeConfirmMessage(to: .right), to: .right).thenSucceeded()
        #expect(followed.emitted.map(\.channelClosed.cause) == [.counterparty])
        #expect(try chains.channel(.right).end.state == .closed)
        #expect(try chains.told(#require(chains.ends[.right])) == "closed-by-counterparty")
        #expect(try chains.told(#require(chains.ends[.left])) == nil)
    }

    @Test("On request an end is closed only if its application agrees")
    func byMessage() throws {
        let chains = try Correspondence.open()
        try chains.send(chains.closeInitMessage(.left), to: .left).thenFailed(.unauthorized)
        #expect(try chains.channel(.left).end.state == .open)
        try chains.behave(.left) { $0.agreesToClose = true }
        let closed = try chains.send(chains.closeInitMessage(.left), to: .left).thenSucceeded()
        #expect(closed.emitted.map(\.channelCloseInit.cause) == [.message])
        #expect(try chains.channel(.left).end.state == .closed)
    }

    @Test("A frozen or expired client keeps nobody from closing")
    func underExpiredClient() throws {
        let chains = try Correspondence.open()
        try chains.behave(.left) { $0.agreesToClose = true }
        try chains.harness(.left).nextBlock(after: PlayedChain.unbondingPeriod)
        try chains.harness(.right).nextBlock(after: PlayedChain.unbondingPeriod)
        try chains.send(chains.closeInitMessage(.left), to: .left).thenSucceeded()
        try chains.close(.right).thenSucceeded()
    }

    @Test("What is closed stays closed, whoever asks")
    func twice() throws {
        let chains = try Correspondence.open()
        for side in Correspondence.Side.allCases {
            try chains.behave(side) { $0.agreesToClose = true }
            try chains.close(side).thenSucceeded()
        }
        for side in Correspondence.Side.allCases {
            try chains.close(side).thenFailed(.channelNotOpen)
            try chains.send(chains.closeInitMessage(side), to: side).thenFailed(.channelNotOpen)
            try chains.send(chains.closeConfirmMessage(to: side), to: side).thenFailed(.channelNotOpen)
        }
    }

    @Test("No end follows one that is open")
    func withoutCause() throws {
        let chains = try Correspondence.open()
        try chains.send(chains.closeConfirmMessage(to: .right), to: .right).thenFailed(.invalidProof)
        #expect(try chains.channel(.right).end.state == .open)
    }

    @Test("An end that has only begun can be closed on request, and follows nobody")
    func begun() throws {
        let chains = try Correspondence()
        try chains.begin()
        chains.keep(ChannelEndID(port: try PortID("replies"), channel: ChannelID(number: 0)), on: .right)
        try chains.send(chains.closeConfirmMessage(to: .left), to: .left).thenFailed(.wrongHandshakeState)
        try chains.close(.left).thenFailed(.channelNotOpen)
        try chains.behave(.left) { $0.agreesToClose = true }
        try chains.send(chains.closeInitMessage(.left), to: .left).thenSucceeded()
        try chains.send(chains.tryMessage(), to: .right).thenFailed(.invalidProof)
    }

    @Test("An application that fails on the news is closed all the same")
    func failingApplication() throws {
        let chains = try Correspondence.open()
        try chains.behave(.right) { $0.failsWhenTold = true }
        try chains.close(.left).thenSucceeded()
        try chains.send(chains.closeConfirmMessage(to: .right), to: .right).thenSucceeded()
        #expect(try chains.channel(.right).end.state == .closed)
        #expect(try chains.told(#require(chains.ends[.right])) == nil)
    }
}
