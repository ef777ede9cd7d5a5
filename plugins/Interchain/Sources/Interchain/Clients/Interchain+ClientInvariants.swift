import IBC
import InterchainEvents
import ModuleKit

extension Interchain {
    /// What of clients and connections does not hold: their numbers are given out; every height of a client stands in both
    /// of its collections with the same, its latest one among them; every connection has a client.
    ///
    /// A walk over all that clients have verified.
    func clientViolations(_ state: StateReader) throws(ModuleError) -> [InvariantViolation] {
        let counters = try counters.value(in: state) ?? InterchainCounters()
        var violations: [InvariantViolation] = []
        try clientStates.forEach(in: state) { (path, client) throws(ModuleError) in
            let id = try path.identifier(ClientID.self)
            if (id.number ?? .max) >= counters.clients {
                violations.append(
                    InvariantViolation("clients-are-counted", "\(id) exists, \(counters.clients) are counted")
                )
            }
            if try !verifiedHeaders.contains(Pair(id.text, client.latestHeight), in: state) {
                violations.append(
                    InvariantViolation("latest-heights-are-verified", "\(id) lacks \(client.latestHeight)")
                )
            }
            return true
        }
        violations += try headerViolations(state)
        violations += try connectionViolations(state, counted: counters.connections)
        return violations
    }

    private func headerViolations(_ state: StateReader) throws(ModuleError) -> [InvariantViolation] {
        var violations: [InvariantViolation] = []
        var headers: UInt64 = 0
        try verifiedHeaders.forEach(in: state) { (key, header) throws(ModuleError) in
            headers &+= 1
            let path = StorePath.consensusState(try ClientID(reading: key.first), at: key.second)
            let kept = try consensusStates.value(for: path, in: state)
            if try kept != header.consensusState || header.height != key.second.protobuf {
                violations.append(InvariantViolation("verified-headers-are-consensus-states", path.text))
            }
            return true
        }
        var states: UInt64 = 0
        try consensusStates.forEach(in: state) { (_, _) throws(ModuleError) in
            states &+= 1
            return true
        }
        if states != headers {
            violations.append(
                InvariantViolation("verified-headers-are-consensus-states", "\(headers) headers, \(states) states")
            )
        }
        return violations
    }

    private func connectionViolations(_ state: StateReader, counted: UInt64) throws(ModuleError) -> [InvariantViolation]
    {
        var violations: [InvariantViolation] = []
        try connections.forEach(in: state) { (path, end) throws(ModuleError) in
            let id = try path.identifier(ConnectionID.self)
            if (id.number ?? .max) >= counted {
                violations.append(InvariantViolation("connections-are-counted", "\(id) exists, \(counted) are counted"))
            }
            if try !clientStates.contains(.clientState(end.client), in: state) {
                violations.append(InvariantViolation("connections-have-clients", path.text))
            }
            return true
        }
        return violations
    }
}
