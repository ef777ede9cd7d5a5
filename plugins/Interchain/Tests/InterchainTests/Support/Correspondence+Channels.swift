import Foundation
import IBC
import Interchain
import InterchainEvents
import ModuleTesting
import SwiftProtobuf
import Testing

extension Correspondence {
    /// Opens a channel from the left chain, in four steps.
    func openChannel() throws {
        let left = try openedEnd(send(.openInit("letters", to: "replies", ordering), to: .left).thenSucceeded())
        keep(left, on: .left)
        let right = try openedEnd(send(tryMessage(), to: .right).thenSucceeded())
        keep(right, on: .right)
        try send(ackMessage(), to: .left).thenSucceeded()
        try send(confirmMessage(), to: .right).thenSucceeded()
    }

    /// Opens another connection, whose only version has these features; its identifier on the left chain.
    func connect(features: [String]) throws -> String {
        let version = try ConnectionVersion(identifier: "1", features: features).protobuf
        let left = try TwoChains.id(chains.beginConnection { $0.versions = [version] })
        try chains.settle()
        let right = try TwoChains.id(chains.answerConnection(left) { $0.counterpartyVersions = [version] })
        try chains.settle()
        try chains.acknowledgeConnection(left, right) { $0.version = version }.thenSucceeded()
        return left.text
    }

    /// The end that an outcome has made.
    func openedEnd(_ outcome: Outcome<Interchain>) throws -> ChannelEndID {
        let event = try #require(outcome.emitted.first)
        let step = event.channelOpenInit.channelID.isEmpty ? event.channelOpenTry : event.channelOpenInit
        return ChannelEndID(port: try PortID(step.portID), channel: try ChannelID(step.channelID))
    }

    func begin() throws {
        keep(try openedEnd(send(.openInit("letters", to: "replies", ordering), to: .left).thenSucceeded()), on: .left)
    }

    func answer() throws {
        keep(try openedEnd(send(tryMessage(), to: .right).thenSucceeded()), on: .right)
    }

    /// The right chain's answer to the channel that has begun on the left one.
    func tryMessage(version: String = Postcard.version) throws -> InterchainMessage {
        let left = try #require(ends[.left])
        let proof = try prove(.channelEnd(left), on: .left)
        return .with {
            $0.channelOpenTry.portID = Side.right.port
            $0.channelOpenTry.connectionID = "connection-0"
            $0.channelOpenTry.ordering = ordering
            $0.channelOpenTry.counterparty.portID = left.port.text
            $0.channelOpenTry.counterparty.channelID = left.channel.text
            $0.channelOpenTry.counterpartyVersion = version
            $0.channelOpenTry.proofInit = proof.bytes
            $0.channelOpenTry.proofHeight = proof.height
        }
    }

    func ackMessage(version: String = Postcard.version) throws -> InterchainMessage {
        let (left, right) = (try #require(ends[.left]), try #require(ends[.right]))
        let proof = try prove(.channelEnd(right), on: .right)
        return .with {
            $0.channelOpenAck.portID = left.port.text
            $0.channelOpenAck.channelID = left.channel.text
            $0.channelOpenAck.counterpartyChannelID = right.channel.text
            $0.channelOpenAck.counterpartyVersion = version
            $0.channelOpenAck.proofTry = proof.bytes
            $0.channelOpenAck.proofHeight = proof.height
        }
    }

    func confirmMessage() throws -> InterchainMessage {
        let (left, right) = (try #require(ends[.left]), try #require(ends[.right]))
        let proof = try prove(.channelEnd(left), on: .left)
        return .with {
            $0.channelOpenConfirm.portID = right.port.text
            $0.channelOpenConfirm.channelID = right.channel.text
            $0.channelOpenConfirm.proofAck = proof.bytes
            $0.channelOpenConfirm.proofHeight = proof.height
        }
    }

    /// Somebody's wish to close an end.
    func closeInitMessage(_ side: Side) throws -> InterchainMessage {
        let end = try #require(ends[side])
        return .with {
            $0.channelCloseInit.portID = end.port.text
            $0.channelCloseInit.channelID = end.channel.text
        }
    }

    /// The news for one side that the other one is closed, whether it is or not.
    func closeConfirmMessage(to side: Side) throws -> InterchainMessage {
        let (end, other) = (try #require(ends[side]), try #require(ends[side.other]))
        let proof = try prove(.channelEnd(other), on: side.other)
        return .with {
            $0.channelCloseConfirm.portID = end.port.text
            $0.channelCloseConfirm.channelID = end.channel.text
            $0.channelCloseConfirm.proofInit = proof.bytes
            $0.channelCloseConfirm.proofHeight = proof.height
        }
    }

    /// Has the application of a side close its end.
    @discardableResult
    func close(_ side: Side) throws -> Outcome<Interchain> {
        let end = try #require(ends[side])
        return try tell(
            side,
            .with {
                $0.close.portID = end.port.text
                $0.close.channelID = end.channel.text
            }
        )
    }
}

extension InterchainMessage {
    /// The beginning of a handshake.
    static func openInit(
        _ port: String,
        to counterparty: String,
        _ ordering: Ibc_Core_Channel_V1_Order,
        version: String = "",
        over connection: String = "connection-0"
    ) -> InterchainMessage {
        .with {
            $0.channelOpenInit.portID = port
            $0.channelOpenInit.connectionID = connection
            $0.channelOpenInit.ordering = ordering
            $0.channelOpenInit.counterpartyPortID = counterparty
            $0.channelOpenInit.version = version
        }
    }
}
