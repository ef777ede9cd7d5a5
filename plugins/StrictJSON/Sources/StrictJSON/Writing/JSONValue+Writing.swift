extension JSONValue {
    /// The layout of a written document.
    public enum Layout: Hashable, Sendable {
        /// No blanks at all.
        case compact
        /// A member or an element on each line, two blanks deeper in each level, and a line break at the end.
        case pretty
    }

    /// The document as text. Members keep their order; only what must be escaped is. One value has one text.
    public func text(_ layout: Layout = .compact) -> String {
        String(decoding: bytes(layout), as: UTF8.self)
    }

    /// The document as UTF-8 bytes.
    public func bytes(_ layout: Layout = .compact) -> [UInt8] {
        var writer = JSONWriter(layout)
        writer.write(self, depth: 0)
        if layout == .pretty { writer.bytes.append(0x0A) }
        return writer.bytes
    }

    /// The same document with the members of all objects in the order of their names' bytes, as Cosmos signs documents.
    public func sortedByName() -> JSONValue {
        switch self {
        case .null, .bool, .number, .string: return self
        case .array(let elements): return .array(elements.map { $0.sortedByName() })
        case .object(let object):
            let members = object.members.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
            var sorted = JSONObject()
            for member in members { sorted[member.name] = member.value.sortedByName() }
            return .object(sorted)
        }
    }
}

extension JSONValue: CustomStringConvertible {
    /// The compact text.
    public var description: String { text() }
}

/// Writes values into bytes.
private struct JSONWriter {
    var bytes: [UInt8] = []
    private let isPretty: Bool

    init(_ layout: JSONValue.Layout) {
        self.isPretty = layout == .pretty
    }

    mutating func write(_ value: JSONValue, depth: Int) {
        switch value {
        case .null: append("null")
        case .bool(let value): append(value ? "true" : "false")
        case .number(let number): append(number.text)
        case .string(let text): write(text)
        case .array(let elements):
            list(elements, "[", "]", depth) { $0.write($1, depth: depth + 1) }
        case .object(let object):
            list(object.members, "{", "}", depth) { writer, member in
                writer.write(member.name)
                writer.append(writer.isPretty ? ": " : ":")
                writer.write(member.value, depth: depth + 1)
            }
        }
    }

    private mutating func list<Element>(
        _ elements: [Element],
        _ open: String,
        _ close: String,
        _ depth: Int,
        _ write: (inout JSONWriter, Element) -> Void
    ) {
        append(open)
        for (position, element) in elements.enumerated() {
            if position > 0 { append(",") }
            breakLine(depth + 1)
            write(&self, element)
        }
        if !elements.isEmpty { breakLine(depth) }
        append(close)
    }

    private mutating func breakLine(_ depth: Int) {
        guard isPretty else { return }
        bytes.append(0x0A)
        bytes.append(contentsOf: repeatElement(0x20, count: 2 * depth))
    }

    private mutating func append(_ text: String) {
        bytes.append(contentsOf: text.utf8)
    }

    private mutating func write(_ text: String) {
        append("\"")
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""): append("\\\"")
            case UInt8(ascii: "\\"): append("\\\\")
            case 0x08: append("\\b")
            case 0x09: append("\\t")
            case 0x0A: append("\\n")
            case 0x0C: append("\\f")
            case 0x0D: append("\\r")
            case 0..<0x10: append("\\u000\(String(byte, radix: 16))")
            case 0x10..<0x20: append("\\u00\(String(byte, radix: 16))")
            default: bytes.append(byte)
            }
        }
        append("\"")
    }
}
