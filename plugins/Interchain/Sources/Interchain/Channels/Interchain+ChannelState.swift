import Foundation
import IBC
import InterchainEvents
import ModuleKit

extension Interchain {
    /// An end of a channel of this chain.
    ///
    /// - Throws: `unknownChannel`.
    func channel(_ id: ChannelEndID, in state: some StateReading) throws(ModuleError) -> LocalChannel {
        guard let end = try channels.value(for: .channelEnd(id), in: state) else {
            throw ModuleError(
                .unknownChannel,
                "there is no channel \(id) on this chain: list the channels with a query"
            )
        }
        return LocalChannel(id: id, end: end, application: try owner(of: id.port, in: state))
    }

    /// Checks that the other chain keeps its end of a channel just so, the end here included.
    ///
    /// - Parameters:
    ///   - counterparty: what names the other end.
    ///   - state: how far it must have come.
    ///   - ordering: whether packets keep their order.
    ///   - local: the end here, as the other one must name it; without a channel where it can't know it yet.
    ///   - version: the version that it must have.
    ///   - connection: the open connection between the two.
    /// - Throws: `invalidProof` and what else the client finds.
    func verify(
        _ counterparty: ChannelEndID,
        is state: ChannelEnd.State,
        _ ordering: ChannelEnd.Ordering,
        towards local: ChannelEnd.Counterparty,
        version: String,
        through connection: ConnectionEnd,
        proof: Data,
        at height: Ibc_Core_Client_V1_Height,
        _ context: Context
    ) throws(ModuleError) {
        guard let hop = connection.counterparty.connection else {
            throw ModuleError(.wrongHandshakeState, "the other end of the connection is not known yet: open it first")
        }
        let expected = try ModuleError.wrapping { () throws(IBCError) in
            try ChannelEnd(state: state, ordering: ordering, counterparty: local, connection: hop, version: version)
        }
        try verifyMembership(
            of: .channelEnd(counterparty),
            value: expected.encoded,
            through: connection,
            proof: Array(proof),
            at: height,
            context
        )
    }

    /// Projects a step of a channel: the end is this from now on.
    func apply(_ step: InterchainChannelStep, isNew: Bool, to state: StateWriter) throws(ModuleError) {
        let id = try ChannelEndID(portID: step.portID, channelID: step.channelID)
        let end = try ModuleError.wrapping { () throws(IBCError) in try ChannelEnd(protobuf: step.end) }
        guard try channels.contains(.channelEnd(id), in: state) != isNew else {
            throw .unfitting("the channel \(id) is opened twice, or never was")
        }
        try channels.set(end, for: .channelEnd(id), in: state)
        if isNew { try count(id, in: state) }
    }

    /// Counts a new channel, and starts its sequences.
    private func count(_ id: ChannelEndID, in state: StateWriter) throws(ModuleError) {
        var counters = try counters.value(in: state) ?? InterchainCounters()
        let (next, isTooMany) = counters.channels.addingReportingOverflow(1)
        guard id.channel == ChannelID(number: counters.channels), !isTooMany else {
            throw .unfitting("the channel \(id) is not the next one")
        }
        try channelPorts.set(id.port.text, for: counters.channels, in: state)
        counters.channels = next
        try self.counters.set(counters, in: state)
        try nextSequenceSends.set(1, for: .nextSequenceSend(id), in: state)
        try nextSequenceReceives.set(1, for: .nextSequenceReceive(id), in: state)
        try nextSequenceAcknowledges.set(1, for: .nextSequenceAcknowledge(id), in: state)
    }

    func apply(_ accepted: InterchainChannelAccepted, to state: StateWriter) throws(ModuleError) {
        let id = try ChannelEndID(portID: accepted.portID, channelID: accepted.channelID)
        let channel = try channel(id, in: state)
        let end = try channel.end(in: channel.end.state, version: accepted.version)
        try channels.set(end, for: .channelEnd(id), in: state)
    }
}
