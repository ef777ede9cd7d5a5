import IBC
import InterchainEvents
import ModuleKit
import TransferEvents

extension GenesisImport {
    private static let refundMembers = [
        "channel_id", "sequence", "sender", "receiver", "denom", "amount", "reason", "error", "was_burned", "failure",
        "order",
    ]

    /// Reads the refunds that are owed, for the channels that live on.
    mutating func readOwedRefunds(_ section: JSONField) throws(ModuleError) {
        for field in try section["owed_refunds"].elements() {
            try noteUnknownMembers(of: field, known: Self.refundMembers, at: ".owed_refunds[]")
            try readOwedRefund(field)
        }
    }

    private mutating func readOwedRefund(_ field: JSONField) throws(ModuleError) {
        let end = try transfer.end(try field["channel_id"].string(), context)
        guard let channel = try self.channel(end) else {
            report.skip(path(".owed_refunds[]"), Self.unknownChannel, example: field.path)
            return
        }
        let sequence: UInt64 = try field["sequence"].integer()
        guard sequence > 0, sequence < channel.nextSequenceSend,
            try !transfer.owedRefunds.contains(Pair(end.channel.text, sequence), in: context)
        else {
            throw field["sequence"].invalid("a refund is owed once for a packet that the channel has sent")
        }
        let refund = try refund(field, end, sequence)
        try context.emit(.with { $0.refundOwed.refund = refund })
    }

    private mutating func refund(_ field: JSONField, _ end: ChannelEndID, _ sequence: UInt64) throws(ModuleError)
        -> TransferOwedRefund
    {
        let coin = try field.coin()
        guard !coin.amount.isZero else { throw field["amount"].invalid("what is owed is above 0") }
        var refund = TransferOwedRefund()
        refund.parcel.channelID = end.channel.text
        refund.parcel.sequence = sequence
        refund.parcel.sender = try field["sender"].string()
        refund.parcel.receiver = try field["receiver"].string()
        refund.parcel.token = ProtoCoin(coin)
        guard let reason = TransferRefundReason(genesisName: try field["reason"].string()) else {
            throw field["reason"].invalid("a refund has the reason error or timeout")
        }
        refund.reason = reason
        refund.error = try field["error"].string()
        refund.wasBurned = try field["was_burned"].bool()
        guard !refund.wasBurned || coin.denom.text.utf8.starts(with: DenominationTrace.voucherPrefix.utf8) else {
            throw field["was_burned"].invalid("only vouchers are burned when they leave; this is none")
        }
        refund.failure = try field["failure"].string()
        if let given = field["order"].optional, let order = try order(given) { refund.parcel.order = order }
        return refund
    }
}

extension TransferRefundReason {
    /// What a genesis section calls it.
    var genesisName: String { self == .timeout ? "timeout" : "error" }

    fileprivate init?(genesisName: String) {
        switch genesisName {
        case "error": self = .error
        case "timeout": self = .timeout
        default: return nil
        }
    }
}
