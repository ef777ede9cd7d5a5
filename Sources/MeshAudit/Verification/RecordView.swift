/// An event envelope read in place: nothing is copied, nothing allocated.
///
/// A second reader of `envelope.proto`, as strict as the host's: only the canonical encoding is an envelope.
struct RecordView {
    private(set) var sequence: UInt64 = 0
    private(set) var height: UInt64 = 0
    private(set) var transaction: UInt32 = 0
    private(set) var instance: UInt32 = 0
    private(set) var vocabulary: UInt32 = 0
    private(set) var kind: UInt32 = 0
    private(set) var schemaVersion: UInt32 = 0
    private(set) var payload = UnsafeRawBufferPointer(start: nil, count: 0)

    /// Nil when the record is no canonical envelope.
    init?(_ record: UnsafeRawBufferPointer) {
        var reader = VarintReader(record)
        var previous: UInt8 = 0
        while !reader.isAtEnd {
            guard let tag = reader.byte() else { return nil }
            let field = tag >> 3
            guard field > previous, field <= 9, tag & 7 == (field == 9 ? 2 : 0), let value = reader.varint() else {
                return nil
            }
            // Zero is only ever written for a cause, whose presence says something.
            guard value != 0 || field == 4 else { return nil }
            previous = field
            switch field {
            case 1: sequence = value
            case 2: height = value
            case 4: break
            case 9:
                guard value == UInt64(reader.remainingCount) else { return nil }
                payload = reader.rest()
            default:
                guard let short = UInt32(exactly: value) else { return nil }
                set(field, to: short)
            }
        }
    }

    private mutating func set(_ field: UInt8, to value: UInt32) {
        switch field {
        case 3: transaction = value
        case 5: instance = value
        case 6: vocabulary = value
        case 7: kind = value
        default: schemaVersion = value
        }
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
