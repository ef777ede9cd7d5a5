public import ModuleKit

extension EventEnvelope {
    /// Reads a record; only the canonical encoding is one.
    ///
    /// - Throws: `undecodable`, saying what is wrong with which field.
    public init(decoding record: UnsafeRawBufferPointer) throws(ModuleError) {
        self.init(
            sequence: 0,
            height: 0,
            transaction: 0,
            cause: nil,
            instance: 0,
            vocabulary: 0,
            kind: 0,
            schemaVersion: 0,
            payload: []
        )
        var reader = RecordReader(bytes: record)
        var previous: UInt8 = 0
        while !reader.isAtEnd {
            let tag = try reader.byte()
            let number = tag >> 3
            guard number > previous, tag & 7 == (number == 9 ? 2 : 0) else {
                throw Self.malformed("field \(number) is out of order, repeated, or of another wire type")
            }
            previous = number
            switch number {
            case 1: sequence = try reader.number()
            case 2: height = try reader.number()
            case 3: transaction = try reader.shortNumber()
            case 4: cause = try reader.varint()
            case 5: instance = try reader.shortNumber()
            case 6: vocabulary = try reader.shortNumber()
            case 7: kind = try reader.shortNumber()
            case 8: schemaVersion = try reader.shortNumber()
            case 9: payload = try reader.payload()
            default: throw Self.malformed("it has an unknown field \(number)")
            }
        }
    }

    /// Reads a record.
    public init(decoding record: [UInt8]) throws(ModuleError) {
        let result: Result<Self, ModuleError> = record.withUnsafeBytes { bytes in
            do throws(ModuleError) {
                return .success(try Self(decoding: bytes))
            } catch {
                return .failure(error)
            }
        }
        self = try result.get()
    }

    fileprivate static func malformed(_ what: String) -> ModuleError {
        ModuleError(.undecodable, "a log record is not an event envelope: \(what); verify the log")
    }
}

/// Reads the pieces of a record from front to back.
private struct RecordReader {
    let bytes: UnsafeRawBufferPointer
    var position = 0

    var isAtEnd: Bool { position >= bytes.count }

    mutating func byte() throws(ModuleError) -> UInt8 {
        guard position < bytes.count else { throw EventEnvelope.malformed("it ends too early") }
        defer { position += 1 }
        return bytes[position]
    }

    /// A varint in its shortest form.
    mutating func varint() throws(ModuleError) -> UInt64 {
        var value: UInt64 = 0
        var shift: UInt64 = 0
        while true {
            let next = try byte()
            guard shift < 63 || (shift == 63 && next <= 1) else {
                throw EventEnvelope.malformed("a number is longer than 64 bits")
            }
            value |= UInt64(next & 0x7F) << shift
            if next & 0x80 == 0 {
                guard next != 0 || shift == 0 else { throw EventEnvelope.malformed("a number is written too long") }
                return value
            }
            shift += 7
        }
    }

    /// A varint that is not the default.
    mutating func number() throws(ModuleError) -> UInt64 {
        let value = try varint()
        guard value != 0 else { throw EventEnvelope.malformed("a field holds its default value") }
        return value
    }

    mutating func shortNumber() throws(ModuleError) -> UInt32 {
        guard let value = UInt32(exactly: try number()) else {
            throw EventEnvelope.malformed("a number is over 32 bits")
        }
        return value
    }

    mutating func payload() throws(ModuleError) -> [UInt8] {
        let count = try number()
        guard count == UInt64(bytes.count - position) else {
            throw EventEnvelope.malformed("the payload's length of \(count) is not what is left")
        }
        defer { position = bytes.count }
        return Array(bytes[position...])
    }
}
