import Foundation
import IBC
import Interchain
import InterchainEvents
import ModuleKit
import ModuleTesting
import SwiftProtobuf
import Testing

@Suite("Ports")
struct PortTests {
    @Test("The first instance that binds a port owns it for good")
    func firstOwns() throws {
        let chains = try Correspondence()
        let bound = try chains.tell(.left, .with { $0.bind.portID = "parcels" }).thenSucceeded()
        let owner = try chains.harness(.left).identity(of: Postcard.self).number
        #expect(bound.emitted.map(\.portBound.application) == [owner])
        try chains.tellMute(.left, .with { $0.bindPort.portID = "parcels" }).thenFailed(.portNotOwned)
        let answer = try chains.harness(.left).query(.with { $0.port.portID = "parcels" })
        #expect(answer.port.application == owner)
    }

    @Test("Binding a port again changes nothing")
    func again() throws {
        let chains = try Correspondence()
        let again = try chains.tell(.left, .with { $0.bind.portID = "letters" }).thenSucceeded()
        #expect(again.emitted == [])
    }

    @Test("A port that nobody has is told from one that can't be")
    func unknown() throws {
        let chains = try Correspondence()
        #expect(throws: ModuleError.self) {
            try chains.harness(.left).query(.with { $0.port.portID = "parcels" })
        }
        try chains.tellMute(.left, .with { $0.bindPort.portID = "p" }).thenFailed(.malformedInput)
        try chains.tellMute(.left, .with { $0.bindPort.portID = "a/b" }).thenFailed(.malformedInput)
    }

    @Test("A port may have 128 characters, and channels like any other")
    func long() throws {
        let chains = try Correspondence()
        let long = String(repeating: "p", count: 128)
        try chains.tell(.left, .with { $0.bind.portID = long + "p" }).thenFailed(.malformedInput)
        try chains.tell(.left, .with { $0.bind.portID = long }).thenSucceeded()
        try chains.send(.openInit(long, to: long, .unordered), to: .left).thenSucceeded()
        try chains.chains.settle()
        let page = try chains.harness(.left).query(.with { $0.channels = InterchainChannelsQuery() }).channels
        #expect(page.channels.map(\.portID) == [long])
    }

    @Test("An answer that says nothing is refused")
    func empty() throws {
        let chains = try Correspondence()
        try chains.tellMute(.left, InterchainChannelAnswer()).thenFailed(.unknownEvent)
    }

    @Test("Nobody speaks for the port of another")
    func strangers() throws {
        let chains = try Correspondence.open()
        let end = try #require(chains.ends[.left])
        try chains.tellMute(
            .left,
            .with {
                $0.sendPacket.portID = end.port.text
                $0.sendPacket.channelID = end.channel.text
                $0.sendPacket.data = Data([1])
                $0.sendPacket.timeoutTimestamp = Correspondence.tomorrow
            }
        ).thenFailed(.portNotOwned)
        try chains.tellMute(
            .left,
            .with {
                $0.closeChannel.portID = end.port.text
                $0.closeChannel.channelID = end.channel.text
            }
        ).thenFailed(.portNotOwned)
        try chains.tellMute(
            .left,
            .with {
                $0.writeAcknowledgement.portID = end.port.text
                $0.writeAcknowledgement.channelID = end.channel.text
                $0.writeAcknowledgement.sequence = 1
                $0.writeAcknowledgement.acknowledgement = Data([1])
            }
        ).thenFailed(.portNotOwned)
        #expect(try chains.channel(.left).end.state == .open)
    }
}
