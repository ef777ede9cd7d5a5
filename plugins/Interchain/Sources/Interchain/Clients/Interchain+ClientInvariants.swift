import IBC
import InterchainEvents
import ModuleKit

extension Interchain {
    /// What of clients and connections does not hold: they are counted; every height of a client stands in both of its
    /// collections with the same, its latest one among them; every connection has a client.
    ///
    /// A walk over all that clients have verified.
    func clientViolations(_ state: StateReader) throws(ModuleError) -> [InvariantViolation] {
        let counters = try counters.value(in: state) ?? InterchainCounters()
        var violations: [InvariantViolation] = []
        var clients: UInt64 = 0
        try clientStates.forEach(in: state) { (_, _) throws(ModuleError) in
            clients &+= 1
            return true
        }
        if clients != counters.clients {
            violations.append(
                InvariantViolation("clients-are-counted", "\(clients) exist, \(counters.clients) are counted")
            )
        }
        for number in 0..<min(clients, counters.clients) {
            let id = ClientID(number: number)
            let latest = try client(id, in: state).latestHeight
            if try !verifiedHeaders.contains(Pair(id.text, latest), in: state) {
                violations.append(InvariantViolation("latest-heights-are-verified", "\(id) lacks \(latest)"))
            }
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
        var ends: UInt64 = 0
        try connections.forEach(in: state) { (path, end) throws(ModuleError) in
            ends &+= 1
            if try !clientStates.contains(.clientState(end.client), in: state) {
                violations.append(InvariantViolation("connections-have-clients", path.text))
            }
            return true
        }
        if ends != counted {
            violations.append(InvariantViolation("connections-are-counted", "\(ends) exist, \(counted) are counted"))
        }
        return violations
    }
}
