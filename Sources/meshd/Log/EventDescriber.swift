import MeshHost
import ModuleKit
import ModuleRuntime
import Storage

/// An event of the log as it is shown: its envelope with names for numbers, and its payload decoded.
struct DescribedEvent {
    let envelope: EventEnvelope
    /// The label of the instance that recorded it.
    let instance: String
    /// The name of its kind, such as `transferred`.
    let kind: String
    /// The event itself, in protobuf JSON.
    let payload: JSONValue
    /// The size of the whole record, in bytes.
    let byteCount: Int

    /// The event as programs read it.
    var document: JSONValue {
        var object = JSONObject()
        object["sequence"] = .whole(envelope.sequence)
        object["height"] = .whole(envelope.height)
        object["transaction"] = envelope.transaction == 0 ? .null : .whole(envelope.transaction)
        object["cause"] = envelope.cause.map { .whole($0) } ?? .null
        object["instance"] = .string(instance)
        object["instance_number"] = .whole(envelope.instance)
        object["kind"] = .string(kind)
        object["schema_version"] = .whole(envelope.schemaVersion)
        object["bytes"] = .whole(byteCount)
        object["event"] = payload
        return .object(object)
    }

    /// The table in which events stand, one a row.
    static var table: Table {
        Table(
            .init("sequence", .right),
            .init("height", .right),
            .init("tx", .right),
            .init("cause", .right),
            .init("instance"),
            .init("kind"),
            .init("event")
        )
    }

    var row: [Table.Cell] {
        [
            .init(envelope.sequence.description),
            .init(envelope.height.description),
            .init(envelope.transaction == 0 ? "" : envelope.transaction.description),
            .init(envelope.cause?.description ?? "", .dim),
            .init(instance),
            .init(kind, .bold),
            .init(payload.text()),
        ]
    }
}

/// Decodes events of the log, with the modules of this program.
struct EventDescriber {
    private struct Source {
        let label: String
        let module: RegisteredModule?
    }

    private let sources: [UInt32: Source]
    private let host: ChainHost

    init(_ chain: ChainView) {
        var sources: [UInt32: Source] = [:]
        for instance in chain.instances {
            sources[instance.number] = Source(
                label: instance.label,
                module: chain.host.registry.module(instance.module)
            )
        }
        self.sources = sources
        host = chain.host
    }

    /// The record of a sequence, decoded.
    ///
    /// - Throws: `badInput` when the log has no such record; `storage` when it can't be decoded.
    func event(at sequence: UInt64) throws(CommandError) -> DescribedEvent {
        guard let record = try CommandError.wrapping({ try host.store.log.record(at: sequence) }) else {
            let count = host.lastHeader.eventCount
            throw CommandError(
                .badInput,
                "the log has no event \(sequence): it holds \(count), from 0 to \(count > 0 ? count - 1 : 0)"
            )
        }
        do throws(ModuleError) {
            return try describe(record)
        } catch {
            throw CommandError(.storage, "event \(sequence) can't be decoded: \(error.message)", cause: error)
        }
    }

    /// The events of a range, decoded.
    func events(in range: Range<UInt64>) throws(CommandError) -> [DescribedEvent] {
        var events: [DescribedEvent] = []
        for sequence in range { events.append(try event(at: sequence)) }
        return events
    }

    /// The names under which an event is counted.
    func names(instance: UInt32, kind: UInt32) -> (instance: String, kind: String) {
        if instance == HostModule.instanceNumber {
            return (HostModule.manifest.name, HostEvent.kind(numbered: kind)?.name ?? "kind \(kind)")
        }
        let source = sources[instance]
        return (
            source?.label ?? "instance \(instance)",
            source?.module?.events.kind(numbered: kind)?.name ?? "kind \(kind)"
        )
    }

    private func describe(_ record: [UInt8]) throws(ModuleError) -> DescribedEvent {
        let envelope = try EventEnvelope(decoding: record)
        let names = names(instance: envelope.instance, kind: envelope.kind)
        let text: String
        if envelope.instance == HostModule.instanceNumber {
            text = try HostEvent(recorded: envelope.payload, schemaVersion: envelope.schemaVersion).json()
        } else if let module = sources[envelope.instance]?.module {
            text = try module.eventJSON(envelope.payload, schemaVersion: envelope.schemaVersion)
        } else {
            throw ModuleError(
                .notFound,
                "no module of instance \(envelope.instance) is known here: use the build that wrote it"
            )
        }
        return DescribedEvent(
            envelope: envelope,
            instance: names.instance,
            kind: names.kind,
            payload: try JSONValue(parsing: text).content(of: names.kind),
            byteCount: record.count
        )
    }
}

extension JSONValue {
    /// What stands under a kind's name; the whole value when that is not there.
    fileprivate func content(of kind: String) -> JSONValue {
        guard case .object(let object) = self, object.members.count == 1, let content = object[kind] else {
            return self
        }
        return content
    }
}
