import IBC
import InterchainEvents
import ModuleKit

/// What the events of an import make of the state. They stand in the genesis block, before all others of their kinds.
extension Interchain {
    func apply(_ imported: InterchainCounters, to state: StateWriter) throws(ModuleError) {
        guard try counters.value(in: state) == nil else { throw .unfitting("the numbers are counted already") }
        try counters.set(imported, in: state)
    }

    func apply(_ imported: InterchainClientImported, to state: StateWriter) throws(ModuleError) {
        let id = try ClientID(reading: imported.clientID)
        let client = try ModuleError.wrapping { () throws(IBCError) in
            try TendermintClientState(encoded: Array(imported.clientState))
        }
        try Self.require(id, isCountedBy: try counters.value(in: state)?.clients)
        guard try !clientStates.contains(.clientState(id), in: state) else {
            throw .unfitting("the client \(id) is imported twice")
        }
        try clientStates.set(client, for: .clientState(id), in: state)
        guard imported.hasForgivenHeight else { return }
        try forgivenHeights.set(Height(protobuf: imported.forgivenHeight), for: id.text, in: state)
    }

    func apply(_ imported: InterchainHeadersImported, to state: StateWriter) throws(ModuleError) {
        let id = try ClientID(reading: imported.clientID)
        for header in imported.headers {
            guard try !verifiedHeaders.contains(Pair(id.text, Height(protobuf: header.height)), in: state) else {
                throw .unfitting("a header of the client \(id) is imported twice")
            }
            // Kept like one that was reached by hash links: the client's latest height stays.
            let verified = InterchainPastHeadersVerified.with {
                $0.clientID = id.text
                $0.header = header
            }
            try apply(verified, to: state)
        }
    }

    func applyImported(_ imported: InterchainConnectionStep, to state: StateWriter) throws(ModuleError) {
        let id = try ConnectionID(reading: imported.connectionID)
        let end = try ModuleError.wrapping { () throws(IBCError) in try ConnectionEnd(protobuf: imported.end) }
        try Self.require(id, isCountedBy: try counters.value(in: state)?.connections)
        guard try !connections.contains(.connection(id), in: state) else {
            throw .unfitting("the connection \(id) is imported twice")
        }
        try connections.set(end, for: .connection(id), in: state)
    }

    func apply(_ imported: InterchainChannelImported, to state: StateWriter) throws(ModuleError) {
        let id = try ChannelEndID(portID: imported.portID, channelID: imported.channelID)
        let end = try ModuleError.wrapping { () throws(IBCError) in try ChannelEnd(protobuf: imported.end) }
        let number = try Self.require(id.channel, isCountedBy: try counters.value(in: state)?.channels)
        guard try !channelPorts.contains(number, in: state) else {
            throw .unfitting("the channel \(id) is imported twice")
        }
        try channels.set(end, for: .channelEnd(id), in: state)
        try channelPorts.set(id.port.text, for: number, in: state)
        try nextSequenceSends.set(imported.nextSequenceSend, for: .nextSequenceSend(id), in: state)
        try nextSequenceReceives.set(imported.nextSequenceReceive, for: .nextSequenceReceive(id), in: state)
        try nextSequenceAcknowledges.set(imported.nextSequenceAcknowledge, for: .nextSequenceAcknowledge(id), in: state)
    }

    func apply(_ imported: InterchainPacketsImported, to state: StateWriter) throws(ModuleError) {
        let id = try ChannelEndID(portID: imported.portID, channelID: imported.channelID)
        _ = try channel(id, in: state)
        for packet in imported.commitments {
            let hash = try Commitment(stored: Array(packet.hash))
            try packetCommitments.set(hash, for: .packetCommitment(id, sequence: packet.sequence), in: state)
        }
        for sequence in imported.receipts {
            try packetReceipts.set(PacketReceipt(), for: .packetReceipt(id, sequence: sequence), in: state)
        }
        for packet in imported.acknowledgements {
            let hash = try Commitment(stored: Array(packet.hash))
            try packetAcknowledgements.set(hash, for: .packetAcknowledgement(id, sequence: packet.sequence), in: state)
        }
    }

    /// The number of an identifier, which this chain must have given out.
    @discardableResult
    private static func require<Kind: NumberedIdentifierKind>(_ id: Identifier<Kind>, isCountedBy count: UInt64?)
        throws(ModuleError) -> UInt64
    {
        guard let number = id.number, number < count ?? 0 else { throw .unfitting("\(id) was never given out") }
        return number
    }
}
