/// A genesis file in the layout of Cosmos chains, of any age from SDK 0.3x on.
public struct GenesisDocument: Sendable {
    /// The chain's identifier.
    public let chainID: String
    /// The time of the first block.
    public let time: Timestamp
    /// The height of the first block; 1 where the file names none.
    public let initialHeight: UInt64
    /// The modules' parts, by section: `appState["bank"]["balances"]`.
    public let appState: JSONField
    /// The consensus engine's parameters, in the layout of any age; nothing where the file has none.
    public let consensusParameters: JSONField

    /// Reads the members that every layout has.
    ///
    /// - Throws: codespace `genesis`, with the path of what is missing or malformed.
    public init(_ document: JSONValue) throws(ModuleError) {
        chainID = try document["chain_id"].string()
        time = try Timestamp(try document["genesis_time"].string())
        initialHeight = try document["initial_height"].optional?.integer(as: UInt64.self) ?? 1
        appState = document["app_state"]
        consensusParameters = document["consensus_params"].optional ?? document["consensus"]["params"]
        _ = try appState.members()
    }

    /// Makes a document for a test or a sandbox.
    public init(
        chainID: String,
        time: Timestamp,
        initialHeight: UInt64 = 1,
        appState: JSONValue,
        consensusParameters: JSONValue = .null
    ) {
        self.chainID = chainID
        self.time = time
        self.initialHeight = initialHeight
        self.appState = (["app_state": appState] as JSONValue)["app_state"]
        self.consensusParameters = (["consensus_params": consensusParameters] as JSONValue)["consensus_params"]
    }

    /// The document as an instance sees it whose sections bear its label: `vault` reads what stands in `vault/second`.
    public func sections(ofInstance label: String) -> GenesisDocument {
        GenesisDocument(self, appState: appState.sections(ofInstance: label))
    }

    private init(_ other: GenesisDocument, appState: JSONField) {
        (chainID, time, initialHeight) = (other.chainID, other.time, other.initialHeight)
        consensusParameters = other.consensusParameters
        self.appState = appState
    }
}

/// What an import met that it does not carry over.
///
/// Nothing is skipped in silence: each finding is listed and counted, and refuses the import unless told otherwise.
public struct GenesisReport: Sendable {
    /// What to do with what is not understood.
    public enum Strictness: Sendable {
        /// The import fails at the end, with all findings.
        case refuse
        /// The findings stay in the report, and the import goes on.
        case skip
    }

    /// How much a finding weighs.
    public enum Weight: Sendable {
        /// Kept, with a remark: such as a signature that nothing here can verify.
        case remark
        /// Not carried over.
        case skipped
    }

    /// One kind of thing that was met.
    public struct Finding: Sendable, Hashable {
        /// Where, with indices left out: `app_state.auth.accounts[]`.
        public let path: String
        /// What, and what became of it.
        public let reason: String
        /// Whether it is lost.
        public let weight: Weight
        /// How often.
        public var count: UInt64
        /// The first place, with its index.
        public let example: String
    }

    /// What to do with what is not understood.
    public let strictness: Strictness
    /// The findings, in the order in which they were first met.
    public private(set) var findings: [Finding] = []
    /// The sections of `app_state` that some module has read, as the document names them.
    public private(set) var readSections: Set<String> = []
    /// The label of the instance whose import is under way, where its sections bear it: what it says of `vault` is then said of
    /// `vault/second`.
    public var instance: String?

    /// An empty report.
    public init(strictness: Strictness) { self.strictness = strictness }

    /// Says that a module answers for a section of `app_state`.
    public mutating func claim(_ section: String) {
        readSections.insert(instance.map { GenesisSection.name(section, ofInstance: $0) } ?? section)
    }

    /// Notes something that is kept, but with less meaning than it had.
    public mutating func remark(_ path: String, _ reason: String, example: String = "") {
        note(path, reason, .remark, example)
    }

    /// Notes something that is not carried over.
    public mutating func skip(_ path: String, _ reason: String, example: String = "") {
        note(path, reason, .skipped, example)
    }

    /// Whether something would be lost.
    public var hasSkipped: Bool { findings.contains { $0.weight == .skipped } }

    private mutating func note(_ path: String, _ reason: String, _ weight: Weight, _ example: String) {
        let path = instance.map { GenesisSection.path(path, ofInstance: $0) } ?? path
        if let index = findings.firstIndex(where: { $0.path == path && $0.reason == reason }) {
            findings[index].count += 1
        } else {
            findings.append(Finding(path: path, reason: reason, weight: weight, count: 1, example: example))
        }
    }
}
