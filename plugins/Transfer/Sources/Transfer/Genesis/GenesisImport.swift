import BankEvents
import IBC
import InterchainEvents
import ModuleKit
import TransferEvents

/// One import in progress: where it reads, what it has found, and what it emits to.
struct GenesisImport {
    static let members = [
        "port_id", "denom_traces", "denoms", "params", "total_escrowed", "escrowed", "owed_refunds", "open_orders",
    ]

    let transfer: Transfer
    let context: Transfer.Context
    let settings: TransferSettings
    var report: GenesisReport

    /// Reads `denom_traces`, up to ibc-go 8, or `denoms` from there on.
    mutating func readTraces(_ section: JSONField) throws(ModuleError) {
        for field in try section["denom_traces"].elements() {
            let base = try field["base_denom"].string()
            try readTrace("\(try field["path"].string())/\(base)", at: field)
            try noteUnknownMembers(of: field, known: ["path", "base_denom"], at: ".denom_traces[]")
        }
        for field in try section["denoms"].elements() {
            var path = try field["base"].string()
            for hop in try field["trace"].elements().reversed() {
                path = "\(try hop["port_id"].string())/\(try hop["channel_id"].string())/\(path)"
                try noteUnknownMembers(of: hop, known: ["port_id", "channel_id"], at: ".denoms[].trace[]")
            }
            try readTrace(path, at: field)
            try noteUnknownMembers(of: field, known: ["base", "trace"], at: ".denoms[]")
        }
    }

    private mutating func readTrace(_ path: String, at field: JSONField) throws(ModuleError) {
        let trace: DenominationTrace
        do throws(IBCError) {
            trace = try DenominationTrace(path: path)
        } catch {
            throw field.invalid(error.message)
        }
        guard !trace.isNative else { throw field.invalid("a token with a trace came through a channel-{number}") }
        let denom = try transfer.denom(of: trace)
        guard try !transfer.traces.contains(denom, in: context) else {
            throw field.invalid("the trace of \(denom) stands here twice; remove one")
        }
        try transfer.record(trace, denom, context)
    }

    /// Reads the parameters, which have to be true: nothing here switches all transfers off.
    mutating func readParams(_ params: JSONField) throws(ModuleError) {
        guard params.optional != nil else { return }
        for name in ["send_enabled", "receive_enabled"] where try params[name].optional?.bool() != true {
            report.skip(
                path(".params.\(name)"),
                "transfers are always enabled here; switch off single denominations at the bank",
                example: params[name].path
            )
        }
        try noteUnknownMembers(of: params, known: ["send_enabled", "receive_enabled"], at: ".params")
    }

    /// Reads what channels hold: `escrowed`, which has to add up to `total_escrowed` where both stand there.
    mutating func readEscrows(_ section: JSONField) throws(ModuleError) {
        var sum = Coins.empty
        for field in try section["escrowed"].elements() {
            let coin = try field.coin()
            let channel = try field["channel_id"].string()
            do {
                sum = try sum.adding(coin)
            } catch {
                throw field.invalid(error.message)
            }
            try readEscrow(coin, channel, at: field)
            try noteUnknownMembers(of: field, known: ["channel_id", "denom", "amount"], at: ".escrowed[]")
        }
        guard let stated = section["total_escrowed"].optional else { return }
        let total = try stated.coins()
        if section["escrowed"].optional == nil {
            guard !total.isEmpty else { return }
            report.skip(
                path(".total_escrowed"),
                "the total does not say which channel holds what; state it in escrowed",
                example: stated.path
            )
        } else if total != sum {
            throw stated.invalid("the total is stated as \(total), and the channels hold \(sum); correct one of them")
        }
    }

    private mutating func readEscrow(_ coin: Coin, _ channel: String, at field: JSONField) throws(ModuleError) {
        guard !coin.amount.isZero, try !transfer.escrowed.contains(Pair(channel, coin.denom), in: context) else {
            throw field.invalid("a channel's escrow of a denomination stands here once, and is above 0")
        }
        let end = try transfer.end(channel, context)
        guard let kept = try self.channel(end) else {
            report.skip(path(".escrowed[]"), Self.unknownChannel, example: field.path)
            return
        }
        do throws(ModuleError) {
            try transfer.requireFit(kept.end, end)
        } catch {
            report.skip(
                path(".escrowed[]"),
                "the channel keeps an order, or speaks another version",
                example: field.path
            )
            return
        }
        let address = try TransferEvent.escrow(settings.portID, channel).address
        let held = try transfer.balance(of: address, coin.denom, context)
        guard held >= coin.amount else {
            throw field.invalid("the bank has \(held)\(coin.denom) in this escrow account; correct the balance or this")
        }
        try transfer.claimEscrow(of: end, context)
        try context.emit(
            .with {
                $0.escrowImported = .with {
                    $0.channelID = channel
                    $0.token = ProtoCoin(coin)
                }
            }
        )
    }

    static let unknownChannel = "Interchain has no such channel, and the next one of its name may lead to another chain"

    /// What Interchain keeps of a channel; nil where it has none of this name.
    func channel(_ end: ChannelEndID) throws(ModuleError) -> InterchainChannel? {
        do throws(ModuleError) {
            return try context.channel(end)
        } catch {
            guard error.code == .unknownChannel else { throw error }
            return nil
        }
    }

    /// Lists the members of an object that nothing here reads.
    mutating func noteUnknownMembers(of field: JSONField, known: [String], at place: String) throws(ModuleError) {
        for (name, member) in try field.members() where !known.contains(name) {
            report.skip(path("\(place).\(name)"), "nothing here knows this member", example: member.path)
        }
    }

    func path(_ place: String) -> String { "app_state.\(settings.moduleAccount)\(place)" }
}

extension JSONField {
    /// The elements of an array, none where there is nothing or `null`, as Go writes empty lists.
    func elements() throws(ModuleError) -> [JSONField] {
        guard let field = optional else { return [] }
        return try field.array()
    }
}
