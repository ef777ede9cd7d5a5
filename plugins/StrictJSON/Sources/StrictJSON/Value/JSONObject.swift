/// The members of a JSON object in their order, each name once.
///
/// Names are equal if their UTF-8 bytes are: Swift's equality of strings follows a version of Unicode.
public struct JSONObject: Sendable {
    /// A named value.
    public struct Member: Hashable, Sendable {
        /// The name.
        public let name: String
        /// The value.
        public internal(set) var value: JSONValue
    }

    /// The members in their order.
    public private(set) var members: [Member] = []

    /// The positions by name, kept only for objects too large to be searched.
    private var positions: [ExactText: Int] = [:]

    private static let searchLimit = 12

    /// Creates an object without members.
    public init() {}

    /// The value of a member. Setting replaces the value or appends a member; setting nil removes it.
    public subscript(name: String) -> JSONValue? {
        get { position(of: name).map { members[$0].value } }
        set {
            let position = position(of: name)
            switch (position, newValue) {
            case (let position?, let value?): members[position].value = value
            case (nil, let value?): append(name, value)
            case (let position?, nil):
                let rest = members[..<position] + members[(position + 1)...]
                self = JSONObject()
                for member in rest { append(member.name, member.value) }
            case (nil, nil): break
            }
        }
    }

    /// Appends a member, or returns false if the name is taken.
    @discardableResult
    mutating func append(_ name: String, _ value: JSONValue) -> Bool {
        guard position(of: name) == nil else { return false }
        members.append(Member(name: name, value: value))
        if members.count > Self.searchLimit {
            if positions.isEmpty {
                for (position, member) in members.enumerated() { positions[ExactText(member.name)] = position }
            } else {
                positions[ExactText(name)] = members.count - 1
            }
        }
        return true
    }

    private func position(of name: String) -> Int? {
        guard positions.isEmpty else { return positions[ExactText(name)] }
        let wanted = ExactText(name)
        return members.firstIndex { ExactText($0.name) == wanted }
    }
}

extension JSONObject: Hashable {
    /// Whether both have the same members in the same order.
    public static func == (lhs: JSONObject, rhs: JSONObject) -> Bool { lhs.members == rhs.members }

    /// Hashes the members.
    public func hash(into hasher: inout Hasher) { hasher.combine(members) }
}

/// A text that equals another only byte for byte.
private struct ExactText: Hashable {
    let text: String

    init(_ text: String) { self.text = text }

    static func == (lhs: ExactText, rhs: ExactText) -> Bool {
        // Canonical equality is fast and follows from equal bytes, so it settles nearly every difference.
        lhs.text == rhs.text && lhs.text.utf8.elementsEqual(rhs.text.utf8)
    }

    func hash(into hasher: inout Hasher) {
        var text = text
        text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    }
}
