/// The members of a mapping, of which each is one of the allowed.
public struct ScenarioMembers: Sendable {
    /// What the mapping is, for messages: `transfer`.
    let title: String
    /// Where the mapping stands.
    public let place: ScenarioPlace
    /// The members in the order of the text.
    let members: [ScenarioNode.Member]

    /// The member's value, or nil when the member is not there or has no value.
    public func optional(_ name: String) -> ScenarioNode? {
        members.first { $0.name == name }.flatMap { $0.value.isEmpty ? nil : $0.value }
    }

    /// The member's value.
    ///
    /// - Throws: `missingMember`, naming what lacks it.
    public func required(_ name: String) throws(ScenarioError) -> ScenarioNode {
        guard let value = optional(name) else {
            throw ScenarioError(.missingMember, at: place, "\(title) needs the member \(name)")
        }
        return value
    }

    /// The label that a step gives by its member `as`, if it gives one.
    public func label(_ reader: inout ScenarioReader) throws(ScenarioError) -> String? {
        guard let node = optional("as") else { return nil }
        return try reader.newLabel(node)
    }

    /// Whether a member is there.
    public func has(_ name: String) -> Bool { optional(name) != nil }
}

extension ScenarioNode {
    /// Takes the value as a mapping with none but the allowed members.
    ///
    /// - Parameter title: what it is, for messages.
    /// - Throws: `invalidValue` when it is no mapping; `unknownMember` by name and line, with what is allowed.
    public func members(of title: String, allowing names: [String]) throws(ScenarioError) -> ScenarioMembers {
        guard case .mapping(let members) = content else {
            throw refusal("\(title) has members, not \(kind): \(names.joined(separator: ", "))")
        }
        for member in members where !names.contains(member.name) {
            throw ScenarioError(
                .unknownMember,
                at: member.place,
                "\(title) has no member \(member.name.shownShort); allowed are \(names.joined(separator: ", "))"
            )
        }
        return ScenarioMembers(title: title, place: place, members: members)
    }

    /// Takes the value as a mapping whose member names are names of something.
    ///
    /// - Throws: `invalidValue` for another value, and for a name that is not of lower-case letters, digits, `-` and `_`.
    public func named(_ title: String) throws(ScenarioError) -> [Member] {
        guard case .mapping(let members) = content else {
            throw refusal("\(title) have names with members behind them, not \(kind)")
        }
        for member in members where !member.name.isScenarioName {
            throw ScenarioError(
                .invalidValue,
                at: member.place,
                "the name \(member.name.shownShort) is not allowed; use 1 to 32 of a to z, 0 to 9, - and _"
            )
        }
        return members
    }

    /// Takes the value as a list, or as the only one of its kind.
    public var elements: [ScenarioNode] {
        switch content {
        case .list(let elements): elements
        case .empty: []
        default: [self]
        }
    }
}

extension String {
    /// Whether this can name a chain, an account, a channel or a packet in a scenario.
    var isScenarioName: Bool {
        !isEmpty && utf8.count <= 32
            && utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"),
                    UInt8(ascii: "_"):
                    true
                default: false
                }
            }
    }

    /// The text in quotes for a message: at most 64 scalars of it, control characters replaced.
    var shownShort: String {
        let scalars = unicodeScalars.prefix(64).map { $0.properties.generalCategory == .control ? "\u{FFFD}" : $0 }
        return "\"" + String(String.UnicodeScalarView(scalars)) + (unicodeScalars.count > 64 ? "…\"" : "\"")
    }
}
