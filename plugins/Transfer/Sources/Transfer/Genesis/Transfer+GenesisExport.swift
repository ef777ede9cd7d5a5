import IBC
public import ModuleKit
import TransferEvents

extension Transfer {
    /// Writes traces, escrows and owed refunds in the layout of ibc-go, such that importing them gives the same state on a chain that has
    /// the same channels.
    ///
    /// The section has the name of the instance's module account. `escrowed` and `owed_refunds` are members of our own:
    /// ibc-go writes totals alone, and owes nothing.
    public func exportGenesis(_ state: StateReader) throws(ModuleError) -> [(section: String, value: JSONValue)] {
        guard let settings = try settings.value(in: state) else { return [] }
        var traceList: [JSONValue] = []
        try traces.forEach(in: state) { (_, stored) throws(ModuleError) in
            let way = stored.path.dropLast(stored.base.count + 1)
            traceList.append(["path": .string(String(way)), "base_denom": .string(stored.base)])
            return true
        }
        var totals: [JSONValue] = []
        try escrowTotals.forEach(in: state) { (denom, amount) throws(ModuleError) in
            totals.append(["denom": .string(denom.text), "amount": .string(amount.description)])
            return true
        }
        var escrows: [JSONValue] = []
        try escrowed.forEach(in: state) { (key, amount) throws(ModuleError) in
            escrows.append([
                "channel_id": .string(key.first),
                "denom": .string(key.second.text),
                "amount": .string(amount.description),
            ])
            return true
        }
        let section: JSONValue = [
            "port_id": .string(settings.portID),
            "denom_traces": .array(traceList),
            "params": ["send_enabled": true, "receive_enabled": true],
            "total_escrowed": .array(totals),
            "escrowed": .array(escrows),
            "owed_refunds": .array(try exportedRefunds(state)),
        ]
        return [(settings.moduleAccount, section)]
    }

    private func exportedRefunds(_ state: StateReader) throws(ModuleError) -> [JSONValue] {
        var refunds: [JSONValue] = []
        try owedRefunds.forEach(in: state) { (key, refund) throws(ModuleError) in
            refunds.append([
                "channel_id": .string(key.first),
                "sequence": .string("\(key.second)"),
                "sender": .string(refund.parcel.sender),
                "receiver": .string(refund.parcel.receiver),
                "denom": .string(refund.parcel.token.denom),
                "amount": .string(refund.parcel.token.amount),
                "reason": .string(refund.reason.genesisName),
                "error": .string(refund.error),
                "was_burned": .bool(refund.wasBurned),
                "failure": .string(refund.failure),
            ])
            return true
        }
        return refunds
    }
}
