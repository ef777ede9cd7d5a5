/// Something that an audit found and that must not be: what, where, and what to do.
public struct Finding: Sendable, Hashable, CustomStringConvertible {
    /// The kind of finding. New kinds may be added, so a `switch` needs a `default`.
    public struct Code: RawRepresentable, Hashable, Sendable {
        /// A stable name, fit for logs.
        public let rawValue: String

        /// Makes a code from its stable name.
        public init(rawValue: String) {
            self.rawValue = rawValue
        }
    }

    /// Where in a log something is. What is not known or makes no sense is nil.
    public struct Place: Sendable, Hashable, CustomStringConvertible {
        /// The block.
        public var height: UInt64?
        /// The record.
        public var sequence: UInt64?
        /// The table, by its name in the store.
        public var table: String?
        /// The key in the table.
        public var key: [UInt8]?
        /// The page of the data file.
        public var page: UInt64?

        /// Describes a place.
        public init(
            height: UInt64? = nil,
            sequence: UInt64? = nil,
            table: String? = nil,
            key: [UInt8]? = nil,
            page: UInt64? = nil
        ) {
            self.height = height
            self.sequence = sequence
            self.table = table
            self.key = key
            self.page = page
        }

        /// Such as `height 7, sequence 123`.
        public var description: String {
            var parts: [String] = []
            if let height { parts.append("height \(height)") }
            if let sequence { parts.append("sequence \(sequence)") }
            if let table { parts.append("table \(table)") }
            if let key { parts.append("key \(key.isEmpty ? "(empty)" : key.hexadecimal)") }
            if let page { parts.append("page \(page)") }
            return parts.isEmpty ? "the store" : parts.joined(separator: ", ")
        }
    }

    /// The kind of finding.
    public let code: Code
    /// Where it is.
    public let place: Place
    /// What is wrong.
    public let what: String
    /// What to do about it.
    public let remedy: String

    /// Makes a finding.
    ///
    /// - Parameter remedy: nil for what helps with this kind in general.
    public init(_ code: Code, at place: Place, _ what: String, remedy: String? = nil) {
        self.code = code
        self.place = place
        self.what = what
        self.remedy = remedy ?? code.remedy
    }

    /// One line: code, place, what, remedy.
    public var description: String {
        "\(code.rawValue) at \(place): \(what) \(remedy)"
    }
}

extension Sequence<UInt8> {
    /// Two lower-case hexadecimal digits a byte.
    var hexadecimal: String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }
}
