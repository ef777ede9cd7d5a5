import Foundation
import IBC
import Interchain
import InterchainEvents
import ModuleKit

/// A path at work: how far its handshakes have come, and the packets on their way.
///
/// Everything that it decides follows from what both chains show. It can be thrown away and started anew at any time.
struct RelayLink {
    var path: RelayPath
    /// Packets from the first end to the second, and back.
    var forth = PacketFlow()
    var back = PacketFlow()
    // Where to go on reading each log.
    private var nextOfFirst: UInt64 = 0
    private var nextOfSecond: UInt64 = 0

    init(_ path: RelayPath) { self.path = path }

    /// Looks at both chains, and says what to submit. Nothing is noted as submitted.
    mutating func plan(
        _ first: PublicState,
        _ second: PublicState,
        step: UInt64,
        using generator: inout SplitMix64,
        claims: inout ChannelClaims,
        _ report: inout StepReport
    ) throws(SandboxError) -> [RelayMessage] {
        var messages: [RelayMessage] = []
        if path.phase < .open {
            messages = try advanceHandshakes(first, second, claims: claims)
            claims.insert(path)
        }
        guard path.phase >= .open, let here = path.first.channelEnd, let there = path.second.channelEnd else {
            return messages + (try keepClientsAlive(first, second))
        }
        try read(first, second, here, there, step: step, using: &generator, &report)
        let ends = try (first: first.channel(here), second: second.channel(there))
        messages += try confirmClosing(first, second, ends)
        let isShuffled = path.policy.order == .random && path.ordering == .unordered
        let forthRoute = PacketRoute(
            path: path.name,
            source: first,
            sourceChannel: ends.first,
            sourceClient: path.first.client,
            target: second,
            targetChannel: ends.second,
            targetClient: path.second.client
        )
        for messagesOfFlow in [
            try forth.plan(forthRoute, step: step, using: &generator),
            try back.plan(forthRoute.reversed, step: step, using: &generator),
        ] {
            messages += isShuffled ? messagesOfFlow.shuffled(using: &generator) : messagesOfFlow
        }
        return messages + (try keepClientsAlive(first, second))
    }

    /// Takes note of what was submitted.
    mutating func note(_ delivery: Delivery) {
        guard let packet = delivery.packet else { return }
        if delivery.packetChain == path.first.chainID {
            forth.note(delivery, of: packet.sequence)
        } else {
            back.note(delivery, of: packet.sequence)
        }
    }

    /// Reads on in both logs.
    private mutating func read(
        _ first: PublicState,
        _ second: PublicState,
        _ here: ChannelEndID,
        _ there: ChannelEndID,
        step: UInt64,
        using generator: inout SplitMix64,
        _ report: inout StepReport
    ) throws(SandboxError) {
        let ofFirst = try first.records(in: nextOfFirst..<max(nextOfFirst, first.eventCount))
        let ofSecond = try second.records(in: nextOfSecond..<max(nextOfSecond, second.eventCount))
        let fates = FateDrawing(path: path, step: step)
        // What was sent comes first: the other log tells of it as received.
        for record in ofFirst { try forth.follow(sender: record, from: here, fates, using: &generator, &report) }
        for record in ofSecond { try back.follow(sender: record, from: there, fates, using: &generator, &report) }
        for record in ofFirst { back.follow(receiver: record, at: here, step: step) }
        for record in ofSecond { forth.follow(receiver: record, at: there, step: step) }
        (nextOfFirst, nextOfSecond) = (first.eventCount, second.eventCount)
    }

    /// Clients that nothing was proven to for long are updated all the same, before they expire.
    private func keepClientsAlive(_ first: PublicState, _ second: PublicState) throws(SandboxError) -> [RelayMessage] {
        var messages: [RelayMessage] = []
        for (client, source, target) in [(path.first.client, second, first), (path.second.client, first, second)] {
            guard let client, try ClientUpkeep(source: source, target: target).isGettingOld(client) else { continue }
            messages.append(RelayMessage(nil, delivery(.updateClient, from: source, to: target), proving: client))
        }
        return messages
    }

    /// Tells an end that the other one is closed.
    private mutating func confirmClosing(
        _ first: PublicState,
        _ second: PublicState,
        _ ends: (first: PublicState.Channel, second: PublicState.Channel)
    ) throws(SandboxError) -> [RelayMessage] {
        switch (ends.first.end.state, ends.second.end.state) {
        case (.closed, .closed): path.phase = .closed
        case (.closed, .open):
            return try closing(of: ends.first.id, on: first, to: ends.second.id, on: second, path.second.client)
        case (.open, .closed):
            return try closing(of: ends.second.id, on: second, to: ends.first.id, on: first, path.first.client)
        default: break
        }
        return []
    }

    private func closing(
        of closed: ChannelEndID,
        on source: PublicState,
        to end: ChannelEndID,
        on target: PublicState,
        _ client: ClientID?
    ) throws(SandboxError) -> [RelayMessage] {
        guard let entry = try source.closedChannel(closed) else { return [] }
        let message = InterchainMessage.with {
            $0.channelCloseConfirm.portID = end.port.text
            $0.channelCloseConfirm.channelID = end.channel.text
            $0.channelCloseConfirm.proofInit = Data(entry.proof)
            $0.channelCloseConfirm.proofHeight = entry.height.protobuf
        }
        return [RelayMessage(message, delivery(.channelCloseConfirm, from: source, to: target), proving: client)]
    }

    func delivery(_ kind: Delivery.Kind, from source: PublicState, to target: PublicState) -> Delivery {
        Delivery(
            path: path.name,
            kind: kind,
            source: source.chainID,
            target: target.chainID,
            packet: nil,
            treatment: .prompt
        )
    }
}
