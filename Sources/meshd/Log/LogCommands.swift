import ArgumentParser
import MeshHost
import ModuleKit
import ModuleRuntime
import Storage

/// `meshd log`.
struct LogCommands: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "log",
        abstract: "Reads the event log, decoded.",
        discussion: """
            Example:
              meshd log tail -n 5
            """,
        subcommands: [LogTail.self, LogShow.self, LogStatistics.self]
    )
}

/// `meshd log tail`.
struct LogTail: MeshCommand {
    static let configuration = CommandConfiguration(
        commandName: "tail",
        abstract: "Shows the last events.",
        discussion: """
            With --output json, one event a line.

            Example:
              meshd log tail -n 5 --output json
            """
    )

    @OptionGroup var global: GlobalOptions

    @Option(name: [.customShort("n"), .long], help: "How many events.")
    var count: UInt64 = 20

    func execute(_ console: Console) throws(CommandError) {
        let chain = try ChainView(try home.openForReading())
        let end = chain.host.lastHeader.eventCount
        let events = try EventDescriber(chain).events(in: (end - min(end, count))..<end)
        switch console.format {
        case .json: for event in events { console.stream(Report(event.document) { _ in "" }) }
        case .text:
            var table = DescribedEvent.table
            table.rows = events.map(\.row)
            let filled = table
            console.print(Report(.null) { filled.text($0) })
        }
    }
}

/// `meshd log show`.
struct LogShow: ChainQuery {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Shows one event, with what led to it.",
        discussion: """
            Example:
              meshd log show 12
            """
    )

    @OptionGroup var global: GlobalOptions

    @Argument(help: "The sequence of the event.")
    var sequence: UInt64

    func report(_ chain: ChainView) throws(CommandError) -> Report {
        let describer = EventDescriber(chain)
        let event = try describer.event(at: sequence)
        let causes = try causes(of: event, describer)
        let leafHash = MerkleTree.leafHash(event.envelope.encoded).hexadecimal
        var object = JSONObject()
        if case .object(let document) = event.document { object = document }
        object["leaf_hash"] = .string(leafHash)
        object["causes"] = .array(causes.map { ["sequence": .whole($0.envelope.sequence), "kind": .string($0.kind)] })
        return Report(.object(object)) { style in
            var facts = Facts(
                ("event", .init("\(event.envelope.sequence) \(event.instance)/\(event.kind)", .bold)),
                ("height", .init(event.envelope.height.grouped)),
                ("transaction", .init(event.envelope.transaction == 0 ? "none" : "\(event.envelope.transaction)"))
            )
            for cause in causes {
                facts.add("because of", .init("\(cause.envelope.sequence) \(cause.instance)/\(cause.kind)"))
            }
            facts.add("schema version", .init(event.envelope.schemaVersion.description))
            facts.add(
                "bytes",
                .init("\(event.byteCount), \(event.byteCount - event.envelope.payload.count) of them envelope")
            )
            facts.add("leaf hash", .init(leafHash))
            return facts.text(style) + event.payload.text(.pretty)
        }
    }

    /// The events that led to it, the nearest first. A cause always stands before its effect, so this ends.
    private func causes(of event: DescribedEvent, _ describer: EventDescriber) throws(CommandError) -> [DescribedEvent]
    {
        var causes: [DescribedEvent] = []
        var current = event.envelope
        while let cause = current.cause, cause < current.sequence {
            let found = try describer.event(at: cause)
            causes.append(found)
            current = found.envelope
        }
        return causes
    }
}
