import IBC
import InterchainEvents
import ModuleKit

// A port belongs to the first instance that binds it, for good: whoever owns it answers for all of its channels.
extension Interchain {
    /// Gives a port to the instance that asks for it, unless it has it already.
    func carryOut(_ request: InterchainBindPort, of origin: EventOrigin, _ context: Context) throws(ModuleError) {
        let port = try ModuleError.wrapping { () throws(IBCError) in try PortID(request.portID) }
        if let owner = try ports.value(for: port.text, in: context) {
            guard owner == origin.instance.number else {
                throw ModuleError(
                    .portNotOwned,
                    "the port \(port) belongs to instance \(owner), not to \(origin.instance.label): bind another one"
                )
            }
            return
        }
        try context.emit(
            .with {
                $0.portBound.portID = port.text
                $0.portBound.application = origin.instance.number
            }
        )
    }

    /// The number of the instance that owns a port.
    ///
    /// - Throws: `portNotOwned` when none does.
    func owner(of port: PortID, in state: some StateReading) throws(ModuleError) -> UInt32 {
        guard let owner = try ports.value(for: port.text, in: state) else {
            throw ModuleError(
                .portNotOwned,
                "no application has the port \(port): deploy the one that binds it, or name another port"
            )
        }
        return owner
    }

    /// Checks that an answer comes from the owner of a port.
    ///
    /// - Throws: `portNotOwned`.
    func requireOwner(of port: PortID, _ origin: EventOrigin, _ context: Context) throws(ModuleError) {
        let owner = try owner(of: port, in: context)
        guard owner == origin.instance.number else {
            throw ModuleError(
                .portNotOwned,
                "the port \(port) belongs to instance \(owner), and \(origin.instance.label) can't speak for it: use a "
                    + "port of its own"
            )
        }
    }

    func apply(_ bound: InterchainPortBound, to state: StateWriter) throws(ModuleError) {
        guard try !ports.contains(bound.portID, in: state) else {
            throw .unfitting("the port \(bound.portID) is bound twice")
        }
        try ports.set(bound.application, for: bound.portID, in: state)
    }

    func answer(_ query: InterchainPortQuery, _ state: StateReader) throws(ModuleError) -> InterchainAnswer {
        let port = try ModuleError.wrapping { () throws(IBCError) in try PortID(query.portID) }
        let owner = try owner(of: port, in: state)
        return .with {
            $0.port.portID = port.text
            $0.port.application = owner
        }
    }
}
