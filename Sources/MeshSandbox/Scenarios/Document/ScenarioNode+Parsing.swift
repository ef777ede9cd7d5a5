import Yams

/// Reading YAML.
extension ScenarioNode {
    /// The largest scenario, in bytes.
    public static let maximumByteCount = 1 << 20
    /// How deep values may lie in each other.
    static let maximumDepth = 32

    /// Parses one YAML document.
    ///
    /// Anchors, aliases, tags and merge keys are refused: what is meant stands where it is meant.
    ///
    /// - Throws: `notYAML`, `duplicateName`, `invalidValue`, with the place.
    public init(parsing text: String) throws(ScenarioError) {
        guard text.utf8.count <= Self.maximumByteCount else {
            throw ScenarioError(.notYAML, "a scenario has at most \(Self.maximumByteCount) bytes: split it")
        }
        do {
            let parser = try Parser(yaml: text, encoding: .utf8)
            guard let root = try parser.singleRoot() else {
                throw ScenarioError(.notYAML, "the scenario is empty: begin with `name:`, `chains:` and `steps:`")
            }
            // Nodes hold their anchors weakly, so the parser has to live until they are looked at.
            self = try withExtendedLifetime(parser) { try Self(root, depth: 0) }
        } catch let error as ScenarioError {
            throw error
        } catch let error as YamlError {
            throw ScenarioError(error, in: text)
        } catch {
            throw ScenarioError(.notYAML, "the text is no YAML: \(error)", cause: error)
        }
    }

    private init(_ node: Node, depth: Int) throws(ScenarioError) {
        place = ScenarioPlace(node.mark)
        guard depth < Self.maximumDepth else {
            throw ScenarioError(.notYAML, at: place, "values lie more than \(Self.maximumDepth) deep in each other")
        }
        guard node.anchor == nil else {
            throw ScenarioError(.notYAML, at: place, "anchors and aliases are not used in scenarios: write it out")
        }
        switch node {
        case .scalar(let scalar): content = try Self.content(of: scalar, at: place)
        case .sequence(let sequence):
            try Self.checkTag(sequence.tag, at: place)
            content = .list(try sequence.map { (node) throws(ScenarioError) in try Self(node, depth: depth + 1) })
        case .mapping(let mapping):
            try Self.checkTag(mapping.tag, at: place)
            content = .mapping(
                try mapping.map { (name, value) throws(ScenarioError) in try Member(name, value, depth: depth + 1) }
            )
        case .alias:
            throw ScenarioError(.notYAML, at: place, "anchors and aliases are not used in scenarios: write it out")
        }
    }

    private static func content(of scalar: Node.Scalar, at place: ScenarioPlace) throws(ScenarioError) -> Content {
        let isQuoted = scalar.style != .plain && scalar.style != .any
        // A quoted scalar has the tag of texts without saying so.
        if !isQuoted { try checkTag(scalar.tag, at: place) }
        return scalar.string.isEmpty && !isQuoted ? .empty : .text(scalar.string, isQuoted: isQuoted)
    }

    private static func checkTag(_ tag: Tag, at place: ScenarioPlace) throws(ScenarioError) {
        guard tag == .implicit else {
            throw ScenarioError(.notYAML, at: place, "tags such as !!int are not used in scenarios: leave it out")
        }
    }
}

extension ScenarioNode.Member {
    fileprivate init(_ name: Node, _ value: Node, depth: Int) throws(ScenarioError) {
        place = ScenarioPlace(name.mark)
        guard case .scalar(let scalar) = name, name.anchor == nil, !scalar.string.isEmpty else {
            throw ScenarioError(.notYAML, at: place, "a member's name is a plain text")
        }
        self.name = scalar.string
        self.value = try ScenarioNode(value, depth: depth)
    }

    fileprivate init(name: String, place: ScenarioPlace, value: ScenarioNode) {
        self.name = name
        self.place = place
        self.value = value
    }
}

extension ScenarioPlace {
    fileprivate init(_ mark: Mark?) {
        self.init(line: mark?.line ?? 1, column: mark?.column ?? 1)
    }
}

extension ScenarioError {
    /// Translates what the parser says.
    fileprivate init(_ error: YamlError, in text: String) {
        switch error {
        case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _),
            .composer(let context, let problem, let mark, _):
            let reason = [context?.text, problem].compactMap(\.self).joined(separator: " ")
            self.init(.notYAML, at: ScenarioPlace(mark), "the text is no YAML: \(reason)", cause: error)
        case .duplicatedKeysInMapping(let names, let context):
            self.init(
                .duplicateName,
                at: ScenarioPlace(context.mark),
                "the member \(names.first ?? "") is there more than once in the same place: keep one",
                cause: error
            )
        case .reader(let problem, let offset, _, _):
            self.init(.notYAML, at: ScenarioPlace(offset: offset ?? 0, in: text), "\(problem)", cause: error)
        default:
            self.init(.notYAML, "the text is no YAML: it can't be read", cause: error)
        }
    }
}

extension ScenarioPlace {
    /// The place of a character.
    fileprivate init(offset: Int, in text: String) {
        let before = text.prefix(max(0, offset))
        let lineStart = before.lastIndex(where: \.isNewline).map { before.index(after: $0) } ?? before.startIndex
        self.init(
            line: before.count(where: \.isNewline) + 1,
            column: before[lineStart...].unicodeScalars.count + 1
        )
    }
}
