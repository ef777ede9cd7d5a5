public import ModuleKit

/// One record of the event log: an event and what the host knows of it (`envelope.proto`).
///
/// Around a payload it takes at most 59 bytes, and mostly about 20.
public struct EventEnvelope: Sendable, Hashable {
    /// The place in the log, from 0, without gaps.
    public var sequence: UInt64
    /// The height of the block that recorded it.
    public var height: UInt64
    /// The transaction's place in the block, from 1; 0 for what no transaction led to.
    public var transaction: UInt32
    /// The sequence of the event that led to this one.
    public var cause: UInt64?
    /// The number of the instance that emitted it; 0 is the host.
    public var instance: UInt32
    /// The entry of the log's dictionary that describes the payload.
    public var vocabulary: UInt32
    /// The field number of the event in the vocabulary's `oneof`.
    public var kind: UInt32
    /// The version of the vocabulary that wrote it.
    public var schemaVersion: UInt32
    /// The encoded event.
    public var payload: [UInt8]

    /// Describes a record.
    public init(
        sequence: UInt64,
        height: UInt64,
        transaction: UInt32,
        cause: UInt64?,
        instance: UInt32,
        vocabulary: UInt32,
        kind: UInt32,
        schemaVersion: UInt32,
        payload: [UInt8]
    ) {
        self.sequence = sequence
        self.height = height
        self.transaction = transaction
        self.cause = cause
        self.instance = instance
        self.vocabulary = vocabulary
        self.kind = kind
        self.schemaVersion = schemaVersion
        self.payload = payload
    }

    /// Wraps an event of a block in progress, straight into `record`.
    public static func encode(_ event: EventBuffer.Entry, sequence: UInt64, height: UInt64, payload: ArraySlice<UInt8>)
        -> [UInt8]
    {
        var record: [UInt8] = []
        record.reserveCapacity(payload.count + 64)
        record.appendField(1, sequence)
        record.appendField(2, height)
        record.appendField(3, UInt64(event.transaction))
        if let cause = event.cause { record.appendPresentField(4, cause) }
        record.appendField(5, UInt64(event.instance))
        record.appendField(6, UInt64(event.vocabulary))
        record.appendField(7, UInt64(event.kind))
        record.appendField(8, UInt64(event.schemaVersion))
        if !payload.isEmpty {
            record.append(9 << 3 | 2)
            record.appendVarint(UInt64(payload.count))
            record.append(contentsOf: payload)
        }
        return record
    }

    /// The canonical encoding.
    public var encoded: [UInt8] {
        Self.encode(
            EventBuffer.Entry(
                instance: instance,
                vocabulary: vocabulary,
                kind: kind,
                schemaVersion: schemaVersion,
                transaction: transaction,
                cause: cause,
                payload: 0..<payload.count
            ),
            sequence: sequence,
            height: height,
            payload: payload[...]
        )
    }
}

extension [UInt8] {
    mutating func appendVarint(_ value: UInt64) {
        var rest = value
        while rest >= 0x80 {
            append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        append(UInt8(truncatingIfNeeded: rest))
    }

    /// Appends a varint field, unless it has the default value.
    mutating func appendField(_ number: UInt8, _ value: UInt64) {
        if value != 0 { appendPresentField(number, value) }
    }

    /// Appends a varint field, zero included.
    mutating func appendPresentField(_ number: UInt8, _ value: UInt64) {
        append(number << 3)
        appendVarint(value)
    }
}
