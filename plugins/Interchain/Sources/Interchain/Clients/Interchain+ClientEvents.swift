import IBC
import InterchainEvents
import ModuleKit

/// What the events of clients make of the state.
///
/// Invariant: every height of a client stands in `verifiedHeaders` and in `consensusStates`, with the same in both.
extension Interchain {
    func apply(_ created: InterchainClientCreated, to state: StateWriter) throws(ModuleError) {
        let id = try ClientID(reading: created.clientID)
        let client = try ModuleError.wrapping { () throws(IBCError) in
            try TendermintClientState(encoded: Array(created.clientState))
        }
        var counters = try counters.value(in: state) ?? InterchainCounters()
        guard id.number == counters.clients, counters.clients < .max else {
            throw .unfitting("the client \(id) is not the next one")
        }
        counters.clients += 1
        try self.counters.set(counters, in: state)
        try clientStates.set(client, for: .clientState(id), in: state)
        try keep(created.header, of: id, in: state)
    }

    func apply(_ updated: InterchainClientUpdated, to state: StateWriter) throws(ModuleError) {
        let id = try ClientID(reading: updated.clientID)
        var client = try client(id, in: state)
        client.advance(to: Height(protobuf: updated.header.height))
        try clientStates.set(client, for: .clientState(id), in: state)
        try keep(updated.header, of: id, in: state)
        for height in updated.forgotten { try forget(Height(protobuf: height), of: id, in: state) }
    }

    func apply(_ frozen: InterchainClientFrozen, to state: StateWriter) throws(ModuleError) {
        let id = try ClientID(reading: frozen.clientID)
        var client = try client(id, in: state)
        client.freeze()
        try clientStates.set(client, for: .clientState(id), in: state)
    }

    func apply(_ unfrozen: InterchainClientUnfrozen, to state: StateWriter) throws(ModuleError) {
        let id = try ClientID(reading: unfrozen.clientID)
        var client = try client(id, in: state)
        client.unfreeze()
        try clientStates.set(client, for: .clientState(id), in: state)
        try forgivenHeights.set(Height(protobuf: unfrozen.forgivenHeight), for: id.text, in: state)
    }

    func apply(_ verified: InterchainPastHeadersVerified, to state: StateWriter) throws(ModuleError) {
        let id = try ClientID(reading: verified.clientID)
        _ = try client(id, in: state)
        try keep(verified.header, of: id, in: state)
    }

    private func keep(_ header: InterchainVerifiedHeader, of id: ClientID, in state: StateWriter) throws(ModuleError) {
        let height = Height(protobuf: header.height)
        try consensusStates.set(try header.consensusState, for: .consensusState(id, at: height), in: state)
        try verifiedHeaders.set(header, for: Pair(id.text, height), in: state)
    }

    private func forget(_ height: Height, of id: ClientID, in state: StateWriter) throws(ModuleError) {
        try consensusStates.remove(.consensusState(id, at: height), in: state)
        try verifiedHeaders.remove(Pair(id.text, height), in: state)
    }
}
