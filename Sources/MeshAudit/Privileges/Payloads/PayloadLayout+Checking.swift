import ModuleKit

extension PayloadLayout {
    /// How deep messages lie in one another at most, as in other protobuf readers.
    private static let depthMax = 100

    /// Whether a payload is one event of a kind, whole and unambiguous: the one field of that number, and in it known fields of
    /// the right types, in ascending order, each once unless it is repeated.
    ///
    /// Protobuf lets the last of several values win. Two readers could so take the same bytes for two events; here there is only
    /// one reading.
    ///
    /// - Complexity: O(bytes), in place, nothing is allocated.
    func isEvent(_ payload: UnsafeRawBufferPointer, of kind: Kind) -> Bool {
        guard let content = Self.content(of: payload, kind: kind.description.number) else { return false }
        return isMessage(content, kind.message, depth: 0)
    }

    /// The event's message in a payload that is nothing but the one field with the kind's number.
    static func content(of payload: UnsafeRawBufferPointer, kind: UInt32) -> UnsafeRawBufferPointer? {
        var reader = VarintReader(payload)
        guard reader.varint() == UInt64(kind) << 3 | 2, let count = reader.varint(),
            count == UInt64(reader.remainingCount)
        else { return nil }
        return reader.rest()
    }

    private func isMessage(_ bytes: UnsafeRawBufferPointer, _ place: Int, depth: Int) -> Bool {
        guard depth < Self.depthMax else { return false }
        let fields = messages[place].fields
        var reader = VarintReader(bytes)
        var index = 0
        var last: UInt64 = 0
        while !reader.isAtEnd {
            guard let tag = reader.varint() else { return false }
            let number = tag >> 3
            while index < fields.count, fields[index].number < number { index += 1 }
            guard index < fields.count, fields[index].number == number, number > last || fields[index].isRepeated,
                isValue(&reader, fields[index], wireType: tag & 7, depth)
            else { return false }
            last = number
        }
        return true
    }

    private func isValue(_ reader: inout VarintReader, _ field: Field, wireType: UInt64, _ depth: Int) -> Bool {
        switch (field.shape, wireType) {
        case (.varint, 0): return reader.varint() != nil
        case (.fixed64, 1): return reader.take(8) != nil
        case (.fixed32, 5): return reader.take(4) != nil
        case (.varint, 2), (.fixed32, 2), (.fixed64, 2):
            guard field.isRepeated, let packed = reader.lengthDelimited() else { return false }
            return Self.isPacked(packed, field.shape)
        case (.bytes, 2): return reader.lengthDelimited() != nil
        case (.text, 2): return reader.lengthDelimited().map(Self.isText) ?? false
        case (.message(let place), 2):
            guard let inner = reader.lengthDelimited() else { return false }
            return isMessage(inner, place, depth: depth + 1)
        default: return false
        }
    }

    private static func isPacked(_ bytes: UnsafeRawBufferPointer, _ shape: Shape) -> Bool {
        switch shape {
        case .fixed32: return bytes.count % 4 == 0
        case .fixed64: return bytes.count % 8 == 0
        default:
            var reader = VarintReader(bytes)
            while !reader.isAtEnd {
                guard reader.varint() != nil else { return false }
            }
            return true
        }
    }

    private static func isText(_ bytes: UnsafeRawBufferPointer) -> Bool {
        bytes.reduce(0, |) < 0x80 || String(validating: bytes, as: UTF8.self) != nil
    }
}

extension VarintReader {
    /// The next bytes behind their count, in place, or nil when there are fewer.
    mutating func lengthDelimited() -> UnsafeRawBufferPointer? {
        guard let count = varint() else { return nil }
        return take(count)
    }

    /// Steps over a value of a wire type that proto3 has, and gives it where it has bytes of its own. False when it is cut off.
    mutating func value(ofWireType type: UInt64, _ bytes: inout UnsafeRawBufferPointer?, _ number: inout UInt64) -> Bool
    {
        switch type {
        case 0:
            guard let value = varint() else { return false }
            number = value
        case 1:
            guard take(8) != nil else { return false }
        case 2:
            guard let content = lengthDelimited() else { return false }
            bytes = content
        case 5:
            guard take(4) != nil else { return false }
        default: return false
        }
        return true
    }
}
