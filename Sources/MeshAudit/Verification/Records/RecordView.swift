/// An event envelope read in place: nothing is copied, nothing allocated.
///
/// A second reader of `envelope.proto`, as strict as the host's: only the canonical encoding is an envelope.
struct RecordView {
    let sequence: UInt64
    let height: UInt64
    let transaction: UInt32
    let instance: UInt32
    let vocabulary: UInt32
    let kind: UInt32
    let schemaVersion: UInt32
    let payload: UnsafeRawBufferPointer

    /// Nil when the record is no canonical envelope.
    init?(_ record: UnsafeRawBufferPointer) {
        var fields = FieldReader(record)
        guard
            let sequence = fields.number(1),
            let height = fields.number(2),
            let transaction = fields.shortNumber(3),
            fields.skipPresentNumber(4),
            let instance = fields.shortNumber(5),
            let vocabulary = fields.shortNumber(6),
            let kind = fields.shortNumber(7),
            let schemaVersion = fields.shortNumber(8),
            let payload = fields.lastBytes(9)
        else { return nil }
        self.sequence = sequence
        self.height = height
        self.transaction = transaction
        self.instance = instance
        self.vocabulary = vocabulary
        self.kind = kind
        self.schemaVersion = schemaVersion
        self.payload = payload
    }
}

/// Asks for the fields of a canonical message one after another. What is not there has its default value, and what has
/// its default value is not there.
private struct FieldReader {
    private var reader: VarintReader
    // Of the field under the reader; nil at the end. Kept between the questions.
    private var tag: UInt8?

    init(_ bytes: UnsafeRawBufferPointer) {
        reader = VarintReader(bytes)
        tag = reader.byte()
    }

    /// A number, or nil when it is malformed or zero in spite of its presence.
    mutating func number(_ field: UInt8) -> UInt64? {
        guard tag == field << 3 else { return 0 }
        guard let value = reader.varint(), value != 0 else { return nil }
        tag = reader.byte()
        return value
    }

    /// A number of at most 32 bits.
    mutating func shortNumber(_ field: UInt8) -> UInt32? {
        number(field).flatMap { UInt32(exactly: $0) }
    }

    /// Steps over a number whose presence says something, so that it may be zero.
    mutating func skipPresentNumber(_ field: UInt8) -> Bool {
        guard tag == field << 3 else { return true }
        guard reader.varint() != nil else { return false }
        tag = reader.byte()
        return true
    }

    /// Bytes that fill the rest of the message. Nil when anything else follows, or they are there and empty.
    mutating func lastBytes(_ field: UInt8) -> UnsafeRawBufferPointer? {
        guard let tag else { return reader.rest() }
        guard tag == field << 3 | 2, let count = reader.varint(), count > 0, count == UInt64(reader.remainingCount)
        else {
            return nil
        }
        return reader.rest()
    }
}

/// Reads varints of protobuf from front to back.
struct VarintReader {
    private let bytes: UnsafeRawBufferPointer
    private var position = 0

    init(_ bytes: UnsafeRawBufferPointer) {
        self.bytes = bytes
    }

    var isAtEnd: Bool { position >= bytes.count }

    var remainingCount: Int { bytes.count - position }

    mutating func byte() -> UInt8? {
        guard position < bytes.count else { return nil }
        defer { position += 1 }
        return bytes[position]
    }

    /// A varint in its shortest form, or nil.
    mutating func varint() -> UInt64? {
        var value: UInt64 = 0
        var shift: UInt64 = 0
        while let next = byte() {
            guard shift < 63 || (shift == 63 && next <= 1) else { return nil }
            value |= UInt64(next & 0x7F) << shift
            if next & 0x80 == 0 { return next != 0 || shift == 0 ? value : nil }
            shift += 7
        }
        return nil
    }

    /// The next bytes, in place, or nil when there are fewer.
    mutating func take(_ count: UInt64) -> UnsafeRawBufferPointer? {
        guard count <= UInt64(remainingCount) else { return nil }
        let start = position
        position += Int(count)
        return UnsafeRawBufferPointer(rebasing: bytes[start..<position])
    }

    /// What is left, in place.
    mutating func rest() -> UnsafeRawBufferPointer {
        defer { position = bytes.count }
        return UnsafeRawBufferPointer(rebasing: bytes[position...])
    }
}
