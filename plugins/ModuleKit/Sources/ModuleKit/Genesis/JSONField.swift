/// A place in a JSON document: the path to it, and the value there if there is one.
///
/// Going deeper never fails; reading does, with the path in the message:
///
///     let supply = try genesis["app_state"]["bank"]["supply"][0]["amount"].amount()
public struct JSONField: Sendable {
    /// The value, or nil if there is none at this path.
    public let value: JSONValue?

    private let place: Place

    private indirect enum Place: Sendable {
        case root
        case member(String, of: Place)
        case element(Int, of: Place)
        /// The same place as its parent, but members are named for an instance: see `GenesisSection`.
        case sections(ofInstance: String, of: Place)

        /// Where a member stands, and its name there.
        func member(_ name: String) -> (name: String, place: Place) {
            guard case .sections(let label, let parent) = self else { return (name, .member(name, of: self)) }
            let name = GenesisSection.name(name, ofInstance: label)
            return (name, .member(name, of: parent))
        }
    }

    /// The place of a whole document.
    public init(_ value: JSONValue) {
        self.value = value
        self.place = .root
    }

    private init(_ value: JSONValue?, _ place: Place) {
        self.value = value
        self.place = place
    }

    /// The place of a member.
    public subscript(name: String) -> JSONField {
        let member = place.member(name)
        guard case .object(let object) = value else { return JSONField(nil, member.place) }
        return JSONField(object[member.name], member.place)
    }

    /// The place of an element, counted from zero.
    public subscript(index: Int) -> JSONField {
        guard case .array(let elements) = value, elements.indices.contains(index) else {
            return JSONField(nil, .element(index, of: place))
        }
        return JSONField(elements[index], .element(index, of: place))
    }

    /// Itself, or nil if nothing or `null` is here.
    public var optional: JSONField? {
        switch value {
        case nil, .null: nil
        default: self
        }
    }

    /// The path, such as `$.app_state.bank.supply[0]`.
    public var path: String {
        var parts: [String] = []
        var next = place
        while true {
            switch next {
            case .root: return "$" + parts.reversed().joined()
            case .member(let name, let parent):
                let isPlain =
                    !name.isEmpty && name.utf8.allSatisfy { isDigit($0) || $0 == 0x5F || ($0 | 0x20) &- 0x61 < 26 }
                parts.append(isPlain ? ".\(name)" : "[\(quoted(name))]")
                next = parent
            case .element(let index, let parent):
                parts.append("[\(index)]")
                next = parent
            case .sections(_, let parent): next = parent
            }
        }
    }
}

extension JSONValue {
    /// The place of a member of this document.
    public subscript(name: String) -> JSONField { JSONField(self)[name] }

    /// The place of an element of this document, counted from zero.
    public subscript(index: Int) -> JSONField { JSONField(self)[index] }
}

extension JSONField {
    /// The value.
    ///
    /// - Throws: `missingValue`.
    public func required() throws(ModuleError) -> JSONValue {
        guard let value else { throw ModuleError(.missingValue, "\(path) is missing; add it") }
        return value
    }

    /// The elements of an array.
    ///
    /// - Throws: `missingValue` or `wrongKind`.
    public func array() throws(ModuleError) -> [JSONField] {
        guard case .array(let elements) = try required() else { throw wrongKind("an array") }
        return elements.enumerated().map { JSONField($0.element, .element($0.offset, of: place)) }
    }

    /// The members of an object, in their order.
    ///
    /// - Throws: `missingValue` or `wrongKind`.
    public func members() throws(ModuleError) -> [(name: String, field: JSONField)] {
        guard case .object(let object) = try required() else { throw wrongKind("an object") }
        guard case .sections(let label, let parent) = place else {
            return object.members.map { ($0.name, JSONField($0.value, .member($0.name, of: place))) }
        }
        return object.members.filter { GenesisSection.isOwn($0.name, ofInstance: label) }
            .map { ($0.name, JSONField($0.value, .member($0.name, of: parent))) }
    }

    /// The same place, as an instance sees it whose sections bear its label.
    func sections(ofInstance label: String) -> JSONField { JSONField(value, .sections(ofInstance: label, of: place)) }

    /// A string.
    ///
    /// - Throws: `missingValue` or `wrongKind`.
    public func string() throws(ModuleError) -> String {
        guard case .string(let text) = try required() else { throw wrongKind("a string") }
        return text
    }

    /// A boolean.
    ///
    /// - Throws: `missingValue` or `wrongKind`.
    public func bool() throws(ModuleError) -> Bool {
        guard case .bool(let value) = try required() else { throw wrongKind("a boolean") }
        return value
    }

    /// The error for a value that can't be what it has to be.
    public func invalid(_ message: String) -> ModuleError {
        ModuleError(.invalidValue, "\(path): \(message)")
    }

    /// The error for a value of another kind.
    func wrongKind(_ wanted: String) -> ModuleError {
        ModuleError(.wrongKind, "\(path) is \(value?.kind ?? "missing"); it has to be \(wanted)")
    }
}
