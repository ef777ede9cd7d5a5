import ArgumentParser
import MeshHost
import ModuleKit
import ModuleRuntime
import Storage

/// `meshd log stats`.
struct LogStatistics: MeshCommand {
    static let configuration = CommandConfiguration(
        commandName: "stats",
        abstract: "Counts the events of the log by instance and kind, and what their envelopes cost.",
        discussion: """
            Example:
              meshd log stats
            """
    )

    @OptionGroup var global: GlobalOptions

    func execute(_ console: Console) throws(CommandError) {
        let chain = try ChainView(try home.openForReading())
        let total = chain.host.lastHeader.eventCount
        let bar = console.progress("counting", unit: "events", total: total)
        defer { bar.finish() }
        var tally = LogTally()
        try chain.forEachEvent { envelope, byteCount in
            tally.add(envelope, byteCount: byteCount)
            bar.update(envelope.sequence)
        }
        bar.finish()
        console.print(tally.report(chain))
    }
}

/// What a log holds, by instance and kind.
struct LogTally {
    /// One instance's events of one kind.
    struct Key: Hashable, Comparable {
        let instance: UInt32
        let kind: UInt32

        static func < (left: Key, right: Key) -> Bool {
            (left.instance, left.kind) < (right.instance, right.kind)
        }
    }

    /// How many, and how large.
    struct Count {
        var events: UInt64 = 0
        var bytes: UInt64 = 0
        var envelopeBytes: UInt64 = 0

        mutating func add(_ other: Count) {
            events += other.events
            bytes += other.bytes
            envelopeBytes += other.envelopeBytes
        }
    }

    private(set) var counts: [Key: Count] = [:]

    mutating func add(_ envelope: EventEnvelope, byteCount: Int) {
        let key = Key(instance: envelope.instance, kind: envelope.kind)
        counts[key, default: Count()].add(
            Count(
                events: 1,
                bytes: UInt64(clamping: byteCount),
                envelopeBytes: UInt64(clamping: byteCount - envelope.payload.count)
            )
        )
    }

    var total: Count { counts.values.reduce(into: Count()) { $0.add($1) } }

    /// The tally as it is told.
    func report(_ chain: ChainView) -> Report {
        let describer = EventDescriber(chain)
        let header = chain.host.lastHeader
        let blocks = header.height - chain.host.store.firstHeight + 1
        let total = total
        let rows = counts.keys.sorted().map { key in
            (names: describer.names(instance: key.instance, kind: key.kind), count: counts[key] ?? Count())
        }
        let json: JSONValue = [
            "chain_id": .string(header.chainID),
            "height": .whole(header.height),
            "blocks": .whole(blocks),
            "events": .whole(total.events),
            "bytes": .whole(total.bytes),
            "envelope_bytes": .whole(total.envelopeBytes),
            "kinds": .array(
                rows.map { row in
                    [
                        "instance": .string(row.names.instance), "kind": .string(row.names.kind),
                        "events": .whole(row.count.events), "bytes": .whole(row.count.bytes),
                    ]
                }
            ),
        ]
        return Report(json) { style in
            var table = Table(.init("instance"), .init("kind"), .init("events", .right), .init("bytes", .right))
            for row in rows {
                table.add(
                    .init(row.names.instance),
                    .init(row.names.kind, .bold),
                    .init(row.count.events.grouped),
                    .init(row.count.bytes.grouped)
                )
            }
            let each = total.events > 0 ? total.envelopeBytes / total.events : 0
            return style.bold("\(header.chainID) at height \(header.height.grouped)") + "\n" + table.text(style)
                + "\(total.events.counting("event")) in \(blocks.counting("block")), \(total.bytes.counting("byte")); "
                + "the envelope takes \(each) bytes an event\n"
        }
    }
}
