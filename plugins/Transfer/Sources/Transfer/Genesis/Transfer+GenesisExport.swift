import IBC
public import ModuleKit
import TransferEvents

extension Transfer {
    /// Writes traces, escrows, owed refunds and open orders in the layout of ibc-go, such that importing them gives the same
    /// state on a chain that has the same channels and instances.
    ///
    /// The section has the name of the instance's module account. `escrowed`, `owed_refunds` and `open_orders` are members of
    /// our own: ibc-go writes totals alone, and owes nothing.
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
            "open_orders": .array(try exportedOrders(state)),
        ]
        return [(settings.moduleAccount, section)]
    }

    private func exportedRefunds(_ state: StateReader) throws(ModuleError) -> [JSONValue] {
        var refunds: [JSONValue] = []
        try owedRefunds.forEach(in: state) { (key, refund) throws(ModuleError) in
            var entry = JSONObject()
            entry["channel_id"] = .string(key.first)
            entry["sequence"] = .string("\(key.second)")
            entry["sender"] = .string(refund.parcel.sender)
            entry["receiver"] = .string(refund.parcel.receiver)
            entry["denom"] = .string(refund.parcel.token.denom)
            entry["amount"] = .string(refund.parcel.token.amount)
            entry["reason"] = .string(refund.reason.genesisName)
            entry["error"] = .string(refund.error)
            entry["was_burned"] = .bool(refund.wasBurned)
            entry["failure"] = .string(refund.failure)
            if refund.parcel.hasOrder { entry["order"] = refund.parcel.order.genesisValue }
            refunds.append(.object(entry))
            return true
        }
        return refunds
    }

    private func exportedOrders(_ state: StateReader) throws(ModuleError) -> [JSONValue] {
        var orders: [JSONValue] = []
        try openOrders.forEach(in: state) { (key, order) throws(ModuleError) in
            orders.append([
                "channel_id": .string(key.first),
                "sequence": .string("\(key.second)"),
                "order": order.genesisValue,
            ])
            return true
        }
        return orders
    }
}
