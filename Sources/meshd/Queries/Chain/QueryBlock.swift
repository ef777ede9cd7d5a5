import ArgumentParser
import Crypto
import MeshHost
import ModuleKit
import ModuleRuntime
import Storage

/// `meshd query block`.
struct QueryBlock: ChainQuery {
    static let configuration = CommandConfiguration(
        commandName: "block",
        abstract: "Shows a block: its header, and what became of its transactions.",
        discussion: """
            Example:
              meshd query block 3
            """
    )

    @OptionGroup var global: GlobalOptions

    @Argument(help: "The height. (default: the last)")
    var height: UInt64?

    func report(_ chain: ChainView) throws(CommandError) -> Report {
        let log = chain.host.store.log
        let height = height ?? chain.host.lastHeader.height
        let (header, sequences, inputs) = try CommandError.wrapping {
            (try log.header(at: height), try log.sequences(at: height), try log.inputs(at: height))
        }
        guard let header, let sequences, let inputs else {
            throw CommandError(
                .badInput,
                "there is no block \(height): this chain has blocks \(chain.host.store.firstHeight) to "
                    + "\(chain.host.lastHeader.height)"
            )
        }
        let transactions = try chain.outcomes(in: sequences)
        return report(header, sequences, transactionCount: max(0, inputs.count - 1), transactions)
    }

    private func report(
        _ header: BlockHeader,
        _ sequences: Range<UInt64>,
        transactionCount: Int,
        _ transactions: [HostTransactionExecuted]
    ) -> Report {
        let time = Timestamp(nanoseconds: header.timeNanoseconds).description
        let json: JSONValue = [
            "chain_id": .string(header.chainID),
            "height": .whole(header.height),
            "time": .string(time),
            "header_hash": .string(header.hash.hexadecimal),
            "app_hash": .string(header.appHash.hexadecimal),
            "previous_header_hash": .string(header.previousHeaderHash.hexadecimal),
            "transactions_root": .string(header.transactionsRoot.hexadecimal),
            "event_root": .string(header.eventRoot.hexadecimal),
            "state_root": .string(header.stateRoot.hexadecimal),
            "module_set_hash": .string(header.moduleSetHash.hexadecimal),
            "first_event": .whole(sequences.lowerBound),
            "event_count": .whole(sequences.count),
            "transactions": .array(transactions.map(\.document)),
        ]
        return Report(json) { style in
            let facts = Facts(
                ("block", .init("\(header.chainID) \(header.height.grouped)", .bold)),
                ("time", .init(time)),
                ("header hash", .init(header.hash.hexadecimal)),
                ("app hash", .init(header.appHash.hexadecimal)),
                ("previous", .init(header.previousHeaderHash.hexadecimal)),
                ("event root", .init(header.eventRoot.hexadecimal)),
                ("state root", .init(header.stateRoot.hexadecimal)),
                ("events", .init("\(sequences.count.grouped), from \(sequences.lowerBound.grouped)")),
                ("transactions", .init(transactionCount.grouped))
            )
            var table = Table(.init("transaction"), .init("outcome"), .init("work", .right), .init("error"))
            for transaction in transactions {
                table.add(
                    .init(Array(transaction.transactionHash).hexText),
                    transaction.isSuccess ? .init("succeeded", .green) : .init("failed", .red),
                    .init(transaction.workUsed.grouped),
                    .init(
                        transaction.isSuccess
                            ? "" : "\(transaction.codespace)/\(transaction.code): \(transaction.error)"
                    )
                )
            }
            return facts.text(style) + (transactions.isEmpty ? "" : "\n" + table.text(style))
        }
    }
}

/// `meshd query tx`.
struct QueryTransaction: ChainQuery {
    static let configuration = CommandConfiguration(
        commandName: "tx",
        abstract: "Shows a transaction: what it asked for, what became of it, and the events that it led to.",
        discussion: """
            Example:
              meshd query tx 2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824
            """
    )

    @OptionGroup var global: GlobalOptions

    @Argument(help: "Its hash, 64 hexadecimal digits.")
    var hash: String

    func report(_ chain: ChainView) throws(CommandError) -> Report {
        guard let wanted = Hash(hexadecimal: hash.lowercased()) else {
            throw CommandError(.badInput, "'\(hash.printable)' is no hash: give 64 hexadecimal digits")
        }
        let log = chain.host.store.log
        // The same bytes may have been included more than once; the last time counts.
        guard let receipt = try CommandError.wrapping({ try log.receipts(of: wanted) }).last else {
            throw CommandError(.badInput, "no transaction \(hash) was ever in a block of this chain")
        }
        let describer = EventDescriber(chain)
        let last = try describer.event(at: receipt)
        let events = try events(of: last, describer)
        let inputs = try CommandError.wrapping { try log.inputs(at: last.envelope.height) }
        let content = inputs.flatMap { inputs in
            let index = Int(last.envelope.transaction)
            return index < inputs.count ? try? ProtoTransaction(decodingBytes: inputs[index]) : nil
        }
        .flatMap { try? TransactionContent(TransactionDocument($0), chain) }
        var object = JSONObject()
        object["hash"] = .string(wanted.hexadecimal)
        object["height"] = .whole(last.envelope.height)
        object["receipt"] = last.payload
        object["transaction"] = content?.document ?? .null
        object["events"] = .array(events.map(\.document))
        return Report(.object(object)) { style in
            var table = DescribedEvent.table
            table.rows = events.map(\.row)
            return (content?.report.text(style) ?? "")
                + Facts(("height", .init(last.envelope.height.grouped))).text(style)
                + "\n" + table.text(style)
        }
    }

    /// The events of the transaction whose receipt is `last`; they stand together, the receipt last.
    private func events(of last: DescribedEvent, _ describer: EventDescriber) throws(CommandError) -> [DescribedEvent] {
        var events = [last]
        var sequence = last.envelope.sequence
        while sequence > 0 {
            sequence -= 1
            let event = try describer.event(at: sequence)
            guard event.envelope.height == last.envelope.height, event.envelope.transaction == last.envelope.transaction
            else { break }
            events.append(event)
        }
        return events.reversed()
    }
}
