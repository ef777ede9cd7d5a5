import IBC
import InterchainEvents
import ModuleKit

extension Interchain {
    /// What a step of a handshake makes of the state: the end is as it says from now on.
    func apply(_ step: InterchainConnectionStep, isNew: Bool, to state: StateWriter) throws(ModuleError) {
        let id = try ConnectionID(reading: step.connectionID)
        let end = try ModuleError.wrapping { () throws(IBCError) in try ConnectionEnd(protobuf: step.end) }
        if isNew {
            var counters = try counters.value(in: state) ?? InterchainCounters()
            guard id.number == counters.connections, counters.connections < .max else {
                throw .unfitting("the connection \(id) is not the next one")
            }
            counters.connections += 1
            try self.counters.set(counters, in: state)
        } else {
            _ = try connection(id, in: state)
        }
        try connections.set(end, for: .connection(id), in: state)
    }

    func answer(_ query: InterchainConnectionQuery, _ state: StateReader) throws(ModuleError) -> InterchainAnswer {
        let connection = try describe(try ConnectionID(reading: query.connectionID), state)
        return .with { $0.connection = connection }
    }

    func answer(_ query: InterchainConnectionsQuery, _ state: StateReader) throws(ModuleError) -> InterchainAnswer {
        let numbers = Page(from: query.start, limit: query.limit, of: try counters.value(in: state)?.connections ?? 0)
        var page = InterchainConnections()
        for id in numbers.range.map({ ConnectionID(number: $0) }) {
            // An import may leave numbers out.
            guard try connections.contains(.connection(id), in: state) else { continue }
            page.connections.append(try describe(id, state))
        }
        if let next = numbers.next { page.next = next }
        return .with { $0.connections = page }
    }

    private func describe(_ id: ConnectionID, _ state: StateReader) throws(ModuleError) -> InterchainConnection {
        let end = try connection(id, in: state)
        return .with {
            $0.connectionID = id.text
            $0.end = end.protobuf
        }
    }
}
