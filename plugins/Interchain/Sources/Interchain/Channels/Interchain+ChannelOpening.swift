import Foundation
import IBC
import InterchainEvents
import ModuleKit

// The steps that make a new end: Init here, Try on the other chain. The end has no version until its application has
// accepted it, and one that is not accepted in the course of its step does not remain.
extension Interchain {
    /// Begins a handshake.
    func handle(_ request: InterchainChannelOpenInit, _ context: Context) throws(ModuleError) {
        guard request.version.utf8.count <= ChannelEnd.maximumVersionByteCount else {
            throw ModuleError(
                .malformedInput,
                "a proposed version has at most \(ChannelEnd.maximumVersionByteCount) bytes, not "
                    + "\(request.version.utf8.count): propose a shorter one"
            )
        }
        let (opening, connection) = try opening(
            .initialized,
            request.ordering,
            over: request.connectionID,
            to: .with { $0.portID = request.counterpartyPortID },
            context
        )
        try requireActive(connection.client, context)
        try begin(opening, at: request.portID, proposing: request.version, context) { (step) in
            .with { $0.channelOpenInit = step }
        }
    }

    /// Answers a handshake that began on the other chain.
    func handle(_ request: InterchainChannelOpenTry, _ context: Context) throws(ModuleError) {
        let (opening, connection) = try opening(
            .tryOpen,
            request.ordering,
            over: request.connectionID,
            to: request.counterparty,
            context
        )
        let port = try ModuleError.wrapping { () throws(IBCError) in try PortID(request.portID) }
        guard let counterparty = opening.counterparty.end else {
            throw ModuleError(.malformedInput, "the counterparty has no channel: name the one that began")
        }
        try verify(
            counterparty,
            is: .initialized,
            opening.ordering,
            towards: ChannelEnd.Counterparty(port: port, channel: nil),
            version: request.counterpartyVersion,
            through: connection,
            proof: request.proofInit,
            at: request.proofHeight,
            context
        )
        try begin(opening, at: request.portID, proposing: request.counterpartyVersion, context) { (step) in
            .with { $0.channelOpenTry = step }
        }
    }

    /// Does what an application says: it agrees to the end that is being opened.
    func carryOut(_ request: InterchainAcceptChannel, of origin: EventOrigin, _ context: Context) throws(ModuleError) {
        let id = try ChannelEndID(portID: request.portID, channelID: request.channelID)
        try requireOwner(of: id.port, origin, context)
        let channel = try channel(id, in: context)
        guard channel.end.isAwaitingAcceptance else {
            throw ModuleError(
                .wrongHandshakeState,
                "nobody asks whether \(origin.instance.label) accepts \(id): an end is accepted once, while it is made"
            )
        }
        guard !request.version.isEmpty else {
            throw ModuleError(
                .channelNotAccepted,
                "\(origin.instance.label) accepts \(id) without a version: name the one that it speaks"
            )
        }
        _ = try channel.end(in: channel.end.state, version: request.version)
        try context.emit(
            .with {
                $0.channelAccepted.portID = id.port.text
                $0.channelAccepted.channelID = id.channel.text
                $0.channelAccepted.version = request.version
            }
        )
    }

    /// Puts together an end that may be opened, over a connection that is open and can carry it.
    private func opening(
        _ state: ChannelEnd.State,
        _ order: Ibc_Core_Channel_V1_Order,
        over connectionID: String,
        to counterparty: Ibc_Core_Channel_V1_Counterparty,
        _ context: Context
    ) throws(ModuleError) -> (end: ChannelEnd, connection: ConnectionEnd) {
        let end = try ModuleError.wrapping { () throws(IBCError) in
            try ChannelEnd(
                protobuf: .with {
                    $0.state = Ibc_Core_Channel_V1_State(rawValue: state.rawValue) ?? .uninitializedUnspecified
                    $0.ordering = order
                    $0.counterparty = counterparty
                    $0.connectionHops = [connectionID]
                }
            )
        }
        let connection = try openConnection(end.connection, in: context)
        guard connection.versions.first?.allows(end.ordering) == true else {
            throw ModuleError(
                .noCommonVersion,
                "the version of \(end.connection) does not allow \(end.ordering.feature): open a channel of the other "
                    + "ordering, or another connection"
            )
        }
        return (end, connection)
    }

    /// Records a new end, and makes sure that its application has agreed.
    private func begin(
        _ end: ChannelEnd,
        at portID: String,
        proposing version: String,
        _ context: Context,
        _ event: (InterchainChannelStep) -> InterchainEvent
    ) throws(ModuleError) {
        let port = try ModuleError.wrapping { () throws(IBCError) in try PortID(portID) }
        let number = try counters.value(in: context)?.channels ?? 0
        let opened = LocalChannel(
            id: ChannelEndID(port: port, channel: ChannelID(number: number)),
            end: end,
            application: try owner(of: port, in: context)
        )
        try context.emit(event(opened.step(to: end, proposing: version)))
        guard try !channel(opened.id, in: context).end.isAwaitingAcceptance else {
            throw ModuleError(
                .channelNotAccepted,
                "instance \(opened.application), which owns the port \(port), does not answer whether it accepts a "
                    + "channel: use a port whose application does"
            )
        }
    }
}

extension ChannelEnd {
    /// Whether the application has not agreed to this end yet. What it agrees to has a version.
    var isAwaitingAcceptance: Bool {
        (state == .initialized || state == .tryOpen) && version.isEmpty
    }
}
