import Foundation
import IBC
import Interchain
import InterchainEvents
import ModuleKit
import ModuleTesting
import SwiftProtobuf
import Testing

@Suite("Channel handshakes")
struct ChannelHandshakeTests {
    @Test("Four steps open a channel, and both ends say the same of each other", arguments: orderings)
    func opens(_ ordering: Ibc_Core_Channel_V1_Order) throws {
        let chains = try Correspondence.open(ordering)
        let (left, right) = (try chains.channel(.left), try chains.channel(.right))
        for channel in [left, right] {
            #expect(channel.end.state == .open)
            #expect(channel.end.ordering == ordering)
            #expect(channel.end.version == Postcard.version)
            #expect(channel.clientID == "07-tendermint-0")
            #expect(channel.nextSequenceSend == 1)
            #expect(channel.nextSequenceReceive == 1)
            #expect(channel.nextSequenceAcknowledge == 1)
        }
        #expect(left.end.counterparty.portID == right.portID)
        #expect(left.end.counterparty.channelID == right.channelID)
        #expect(right.end.counterparty.portID == left.portID)
        #expect(right.end.counterparty.channelID == left.channelID)
        #expect(left.channelID != right.channelID)
    }

    @Test("The events of a step tell the application, and its acceptance follows as their effect")
    func order() throws {
        let chains = try Correspondence()
        let outcome = try chains.send(.openInit("letters", to: "replies", .unordered), to: .left).thenSucceeded()
        #expect(outcome.events.map(\.kind.name) == ["channel_open_init", "channel_answered", "channel_accepted"])
        let first = outcome.events[0].sequence
        #expect(outcome.events.map(\.cause) == [nil, first, first + 1])
        let begun = outcome.emitted[0].channelOpenInit
        #expect(begun.end.version.isEmpty)
        #expect(begun.application == (try chains.harness(.left).identity(of: Postcard.self).number))
    }

    @Test("No step happens before the one that it follows, and none a second time", arguments: orderings)
    func outOfOrder(_ ordering: Ibc_Core_Channel_V1_Order) throws {
        let chains = try Correspondence(ordering)
        try chains.begin()
        chains.keep(ChannelEndID(port: try PortID("replies"), channel: ChannelID(number: 0)), on: .right)
        // The right end that is named there has begun itself, and knows of no counterparty.
        try chains.send(chains.ackMessage(), to: .left).thenFailed(.invalidProof)
        try chains.send(chains.confirmMessage(), to: .right).thenFailed(.wrongHandshakeState)
        try chains.answer()
        try chains.send(chains.confirmMessage(), to: .right).thenFailed(.invalidProof)
        try chains.send(chains.ackMessage(), to: .left).thenSucceeded()
        try chains.send(chains.ackMessage(), to: .left).thenFailed(.wrongHandshakeState)
        try chains.send(chains.tryMessage(), to: .right).thenFailed(.invalidProof)
        try chains.send(chains.confirmMessage(), to: .right).thenSucceeded()
        try chains.send(chains.confirmMessage(), to: .right).thenFailed(.wrongHandshakeState)
    }

    @Test("A step that names what does not exist says what")
    func unknown() throws {
        let chains = try Correspondence()
        try chains.send(.openInit("parcels", to: "replies", .unordered), to: .left).thenFailed(.portNotOwned)
        try chains.send(.openInit("letters", to: "replies", .unordered, over: "connection-7"), to: .left)
            .thenFailed(.unknownConnection)
        try chains.send(.openInit("letters", to: "r", .unordered), to: .left).thenFailed(.malformedInput)
        try chains.send(.openInit("letters", to: "replies", .noneUnspecified), to: .left).thenFailed(.malformedInput)
        try chains.send(.openInit("letters", to: "replies", .UNRECOGNIZED(3)), to: .left).thenFailed(.malformedInput)
        try chains.begin()
        chains.keep(ChannelEndID(port: try PortID("replies"), channel: ChannelID(number: 7)), on: .right)
        try chains.send(chains.confirmMessage(), to: .right).thenFailed(.unknownChannel)
        var answer = try chains.tryMessage()
        answer.channelOpenTry.portID = "parcels"
        try chains.send(answer, to: .right).thenFailed(.invalidProof)
        answer.channelOpenTry.counterparty.channelID = ""
        try chains.send(answer, to: .right).thenFailed(.malformedInput)
    }

    @Test("An application refuses versions that it does not speak, at every step that has one")
    func versions() throws {
        let chains = try Correspondence()
        let proposal = InterchainMessage.openInit("letters", to: "replies", .unordered, version: "parcel-1")
        try chains.send(proposal, to: .left).thenFailed(.invalidArgument)
        try chains.begin()
        try chains.behave(.right) { $0.version = "postcard-2" }
        try chains.send(chains.tryMessage(), to: .right).thenFailed(.invalidArgument)
        try chains.behave(.right) { $0.version = "" }
        try chains.answer()
        try chains.behave(.left) { $0.version = "postcard-2" }
        try chains.send(chains.ackMessage(), to: .left).thenFailed(.invalidArgument)
        // What the other end never said, the application is not even asked about.
        try chains.send(chains.ackMessage(version: "postcard-2"), to: .left).thenFailed(.invalidProof)
        #expect(try chains.channel(.left).end.state == .init_)
    }

    @Test("A version has a bound, whoever proposes it")
    func longVersions() throws {
        let chains = try Correspondence()
        let long = String(repeating: "v", count: ChannelEnd.maximumVersionByteCount + 1)
        try chains.send(.openInit("letters", to: "replies", .unordered, version: long), to: .left)
            .thenFailed(.malformedInput)
        try chains.begin()
        try chains.send(chains.tryMessage(version: long), to: .right).thenFailed(.malformedInput)
    }

    @Test("An end whose application does not answer is not opened")
    func silence() throws {
        let chains = try Correspondence()
        let port = Correspondence.silence
        try chains.send(.openInit(port, to: "replies", .unordered, version: "silence"), to: .left)
            .thenFailed(.channelNotAccepted)
        try chains.send(.openInit(port, to: "replies", .unordered, version: ""), to: .left)
            .thenFailed(.channelNotAccepted, saying: "without a version")
        try chains.send(.openInit(port, to: "replies", .unordered, version: "aloud"), to: .left).thenSucceeded()
    }

    @Test("Only the owner of the port accepts an end, and only while it is made")
    func acceptance() throws {
        let chains = try Correspondence()
        try chains.begin()
        let answer = try InterchainChannelAnswer.with {
            let end = try #require(chains.ends[.left])
            $0.acceptChannel.portID = end.port.text
            $0.acceptChannel.channelID = end.channel.text
            $0.acceptChannel.version = "postcard-9"
        }
        try chains.tellMute(.left, answer).thenFailed(.portNotOwned)
        try chains.tell(.left, .with { $0.answer = answer }).thenFailed(.wrongHandshakeState)
        #expect(try chains.channel(.left).end.version == Postcard.version)
    }

    @Test("A connection carries only channels of the orderings that its version allows")
    func orderingNotAllowed() throws {
        let chains = try Correspondence()
        let unordered = try chains.connect(features: ["ORDER_UNORDERED"])
        try chains.send(.openInit("letters", to: "replies", .ordered, over: unordered), to: .left)
            .thenFailed(.noCommonVersion)
        try chains.send(.openInit("letters", to: "replies", .unordered, over: unordered), to: .left).thenSucceeded()
    }

    @Test("A handshake begins only under a client that is active")
    func expired() throws {
        let chains = try Correspondence()
        try chains.harness(.left).nextBlock(after: PlayedChain.unbondingPeriod)
        try chains.send(.openInit("letters", to: "replies", .unordered), to: .left).thenFailed(.clientExpired)
    }

    @Test("Channels are counted over all ports, and listed by number")
    func listing() throws {
        let chains = try Correspondence()
        for _ in 0..<12 {
            try chains.send(.openInit("letters", to: "replies", .unordered), to: .left).thenSucceeded()
            try chains.send(.openInit(Correspondence.silence, to: "replies", .ordered, version: "1"), to: .left)
                .thenSucceeded()
        }
        var found: [String] = []
        var next: UInt64? = 0
        while let start = next {
            let page = try chains.harness(.left).query(
                .with {
                    $0.channels.start = start
                    $0.channels.limit = 5
                }
            ).channels
            #expect(page.channels.count <= 5)
            found += page.channels.map { "\($0.portID)/\($0.channelID)" }
            next = page.hasNext ? page.next : nil
        }
        #expect(found == (0..<24).map { "\($0 % 2 == 0 ? "letters" : "silence")/channel-\($0)" })
    }
}

/// Both kinds of channels.
let orderings: [Ibc_Core_Channel_V1_Order] = [.unordered, .ordered]
