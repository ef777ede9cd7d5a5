public import ModuleKit

/// What a stranger may make of a part of a genesis document: each of its places missing, of another kind, out of range, twice, or
/// beside something that nobody knows.
public struct GenesisMutations: Sendable {
    /// One change.
    public struct Mutation: Sendable {
        /// The part with the change.
        public let document: JSONValue
        /// What was done, and where.
        public let description: String
        /// Whether no module may take it: an entry of a list stands there twice, or a member is there that nobody knows.
        public let isUnallowed: Bool
    }

    /// All changes, place by place.
    public let all: [Mutation]

    /// Finds the changes of a part.
    ///
    /// - Parameters:
    ///   - document: the part, such as sections by their names; it is changed in one place at a time.
    ///   - strangers: more values to put in the place of others, such as addresses of another chain.
    public init(of document: JSONValue, strangers: [JSONValue] = []) throws(ModuleError) {
        var replacements: [JSONValue] = [.null, true, [], [[]], [.null], ["unknown": .null]] + strangers
        for text in ["-1", "1.5", "1e400", "18446744073709551616", "340282366920938463463374607431768211456"] {
            replacements += [try JSONValue(parsing: text), .string(text)]
        }
        for text in [
            "", "0", "1", "9223372036854775807", "9223372036854775808", "18446744073709551615",
            "340282366920938463463374607431768211455", "1.0000000000000000001", "NaN", "é", "1970-01-01T00:00:00Z",
            "9999-12-31T23:59:59Z", "0001-01-01T00:00:00Z", "604800s", "1h",
        ] {
            replacements.append(.string(text))
        }
        var changes = Changes(replacements: replacements)
        changes.visit(document, at: "$") { $0 }
        all = changes.found
    }

    /// The changes that no module may take.
    public var unallowed: [Mutation] { all.filter(\.isUnallowed) }

    /// Some of the changes, each drawn for itself.
    public func sample(_ count: Int, using generator: inout some RandomNumberGenerator) -> [Mutation] {
        (0..<count).compactMap { _ in all.randomElement(using: &generator) }
    }
}

/// Walks through a document, and collects its changes.
private struct Changes {
    let replacements: [JSONValue]
    private(set) var found: [GenesisMutations.Mutation] = []

    init(replacements: [JSONValue]) { self.replacements = replacements }

    /// Collects the changes of a value and of all in it.
    ///
    /// - Parameter embed: makes the whole document of what stands in the place of the value.
    mutating func visit(_ value: JSONValue, at path: String, _ embed: (JSONValue) -> JSONValue) {
        for replacement in replacements { add(embed(replacement), "\(path) is \(replacement)") }
        switch value {
        case .array(let elements):
            for index in elements.indices {
                var (without, twice) = (elements, elements)
                without.remove(at: index)
                twice.append(elements[index])
                add(embed(.array(without)), "\(path)[\(index)] is missing")
                add(embed(.array(twice)), "\(path)[\(index)] stands there twice", isUnallowed: true)
                visit(elements[index], at: "\(path)[\(index)]") { element in
                    var changed = elements
                    changed[index] = element
                    return embed(.array(changed))
                }
            }
        case .object(let object):
            if path != "$" {
                var more = object
                more["unknown"] = "1"
                add(embed(.object(more)), "\(path).unknown is there", isUnallowed: true)
            }
            for member in object.members {
                var without = object
                without[member.name] = nil
                add(embed(.object(without)), "\(path).\(member.name) is missing")
                visit(member.value, at: "\(path).\(member.name)") { value in
                    var changed = object
                    changed[member.name] = value
                    return embed(.object(changed))
                }
            }
        default: break
        }
    }

    private mutating func add(_ document: JSONValue, _ description: String, isUnallowed: Bool = false) {
        found.append(.init(document: document, description: description, isUnallowed: isUnallowed))
    }
}
