import IBC
import InterchainEvents
import ModuleKit
import TransferEvents

extension GenesisImport {
    /// Reads the transfers on their way that instances have ordered, for the channels that live on.
    mutating func readOpenOrders(_ section: JSONField) throws(ModuleError) {
        for field in try section["open_orders"].elements() {
            try noteUnknownMembers(of: field, known: ["channel_id", "sequence", "order"], at: ".open_orders[]")
            try readOpenOrder(field)
        }
    }

    private mutating func readOpenOrder(_ field: JSONField) throws(ModuleError) {
        let end = try transfer.end(try field["channel_id"].string(), context)
        guard let channel = try self.channel(end) else {
            report.skip(path(".open_orders[]"), Self.unknownChannel, example: field.path)
            return
        }
        let sequence: UInt64 = try field["sequence"].integer()
        let key = Pair(end.channel.text, sequence)
        guard sequence > 0, sequence < channel.nextSequenceSend, try !transfer.openOrders.contains(key, in: context),
            try !transfer.owedRefunds.contains(key, in: context)
        else {
            throw field["sequence"].invalid(
                "an order is of one packet that the channel has sent and that is not settled"
            )
        }
        guard let order = try order(field["order"]) else { return }
        try context.emit(
            .with {
                $0.orderImported.order = .with {
                    $0.channelID = end.channel.text
                    $0.sequence = sequence
                    $0.order = order
                }
            }
        )
    }

    /// Who ordered a transfer. What names an instance that is not deployed is reported as lost: nobody could be told.
    mutating func order(_ field: JSONField) throws(ModuleError) -> TransferParcelOrder? {
        try noteUnknownMembers(of: field, known: ["instance_number", "reference"], at: ".order")
        let order = try TransferParcelOrder(field)
        guard order.instanceNumber > 0, context.instance(numbered: order.instanceNumber) != nil else {
            report.skip(path(".order"), "no instance has the number of the one that ordered it", example: field.path)
            return nil
        }
        return order
    }
}

extension TransferParcelOrder {
    /// What a genesis section says of an order.
    var genesisValue: JSONValue {
        ["instance_number": .string("\(instanceNumber)"), "reference": .string("\(reference)")]
    }

    fileprivate init(_ field: JSONField) throws(ModuleError) {
        self.init()
        instanceNumber = try field["instance_number"].integer(as: UInt32.self)
        reference = try field["reference"].integer()
    }
}
