import ArgumentParser
import MeshHost
import ModuleKit
import Storage

/// `meshd query state`.
struct QueryState: ChainQuery {
    static let configuration = CommandConfiguration(
        commandName: "state",
        abstract: "Shows what an instance stores: its collections, or the raw entries of one.",
        discussion: """
            Keys and values are shown as they are stored, in hexadecimal digits. Keys that other chains have proven are \
            paths, and shown as text.

            Example:
              meshd query state bank balances --limit 5
              meshd query state interchain channels
            """
    )

    @OptionGroup var global: GlobalOptions

    @Argument(help: "The label or the address of the instance; `host` is the host itself.")
    var instance: String

    @Argument(help: "The collection, by name or number. (default: all, counted)")
    var collection: String?

    @Option(name: .long, help: "How many entries to show.")
    var limit = 100

    @Option(name: .long, help: "The key to begin with, in hexadecimal digits or as a path.")
    var start: String?

    func report(_ chain: ChainView) throws(CommandError) -> Report {
        guard let collection else {
            let (number, known) = try chain.stateLayout(of: instance)
            return try overview(chain, number, known)
        }
        let (number, found) = try chain.collection(collection, of: instance)
        return try entries(chain, number, found)
    }

    private func overview(_ chain: ChainView, _ number: UInt32, _ known: [CollectionDescription]) throws(CommandError)
        -> Report
    {
        let tallies = try chain.tallies(of: number)
        let rows = tallies.map { collection, tally in
            (number: collection, name: known.first { $0.number == collection }?.name ?? "", tally: tally)
        }
        let json: JSONValue = [
            "instance": .string(instance),
            "collections": .array(
                rows.map { row in
                    [
                        "number": .whole(row.number), "name": row.name.isEmpty ? .null : .string(row.name),
                        "entries": .whole(row.tally.entries), "bytes": .whole(row.tally.bytes),
                    ]
                }
            ),
        ]
        return Report(json) { style in
            var table = Table(
                .init("#", .right),
                .init("collection"),
                .init("entries", .right),
                .init("bytes", .right)
            )
            for row in rows {
                table.add(
                    .init(row.number.description, .dim),
                    .init(row.name, .bold),
                    .init(row.tally.entries.grouped),
                    .init(row.tally.bytes.grouped)
                )
            }
            return table.text(style)
        }
    }

    private func entries(_ chain: ChainView, _ number: UInt32, _ collection: UInt8) throws(CommandError)
        -> Report
    {
        let prefix = Storage.StateKey.prefix(instance: number, collection: collection)
        var first: [UInt8]?
        if let start { first = prefix + (try LocalKey(start, in: collection, argument: "--start").bytes) }
        let (rows, isComplete) = try chain.rawEntries(StateScan(prefix: prefix, start: first), limit: max(0, limit))
        let json: JSONValue = [
            "instance": .string(instance),
            "collection": .whole(collection),
            "entries": .array(
                rows.map { row in
                    let key = LocalKey(bytes: row.key, collection: collection)
                    var entry = JSONObject()
                    entry["key"] = .string(row.key.hexText)
                    if key.isPublished { entry["path"] = .optional(key.path) }
                    entry["value"] = .string(row.value.hexText)
                    return .object(entry)
                }
            ),
            "is_complete": .bool(isComplete),
        ]
        return Report(json) { style in
            var table = Table(.init("key"), .init("value"))
            for row in rows {
                table.add(
                    .init(LocalKey(bytes: row.key, collection: collection).text),
                    .init(row.value.hexText)
                )
            }
            return table.text(style) + (isComplete ? "" : "… and more: use --limit, or --start with the next key\n")
        }
    }
}
