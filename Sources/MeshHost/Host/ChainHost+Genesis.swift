internal import Crypto
internal import Foundation
public import ModuleKit
internal import ModuleRuntime
internal import Storage

/// Starting a chain from a genesis document.
extension ChainHost {
    /// Starts a chain: imports a genesis document as the block before the first, and puts it on disk in a new home.
    ///
    /// Nothing is written before the whole import has succeeded. Without a section `host` in `app_state`, one instance of
    /// each standard module is deployed under the module's name, with grants of its own module's privileges. Governance is the
    /// authority then, and the admin of all of them; without such a module, nobody can change anything.
    ///
    /// - Parameters:
    ///   - path: the home; a folder that holds no chain yet.
    ///   - genesis: the document, in the layout of Cosmos chains.
    /// - Returns: the host and what the import met.
    /// - Throws: `invalidGenesis`, whose cause is a `ModuleError` or a `GenesisRefusal`; `storage`.
    @available(*, noasync)
    public static func create(
        at path: String,
        genesis: [UInt8],
        registry: ModuleRegistry,
        genesisOptions: GenesisOptions = GenesisOptions(),
        options: HostOptions = HostOptions()
    ) throws(HostError) -> (host: ChainHost, report: GenesisReport) {
        let start = try GenesisStart(genesis, registry: registry, options: genesisOptions)
        let store = try HostError.wrapping("the chain can't be stored in \(path)") { () throws(StorageError) in
            try ChainStore.create(
                at: path,
                chainID: start.document.chainID,
                firstHeight: start.height,
                options: options.chainOptions
            )
        }
        let content = try start.content(genesis)
        try HostError.wrapping("the genesis block can't be stored in \(path)") { () throws(StorageError) in
            try store.commit(try store.prepare(content)).wait()
        }
        return (try ChainHost(resuming: store, registry: registry, options: options), start.report)
    }

    /// The chain's state as a genesis document from which another chain can be started, with the same instances.
    ///
    /// - Throws: what a module's export throws; `alreadyExists` when two instances write the same section.
    public func exportGenesis() throws(ModuleError) -> JSONValue {
        var sections = JSONObject()
        let labels = machine.sectionLabels
        for instance in machine.instancesInOrder {
            let label = labels[instance.identity.number]
            for (section, value) in try instance.exportGenesis(machine.execution) {
                let name = label.map { GenesisSection.name(section, ofInstance: $0) } ?? section
                guard sections[name] == nil else {
                    throw ModuleError(
                        .alreadyExists,
                        "\(instance.identity.label) exports the section '\(name)', which another instance has written: name "
                            + "sections after the module"
                    )
                }
                sections[name] = value
            }
        }
        return [
            "chain_id": .string(chainID),
            "genesis_time": .string(Timestamp(nanoseconds: lastHeader.timeNanoseconds).description),
            "initial_height": .string(String(lastHeader.height + 1)),
            "app_state": .object(sections),
        ]
    }
}

/// Why a genesis document was refused although it is well formed: it says things that nothing here understands.
public struct GenesisRefusal: Error, Sendable, CustomStringConvertible {
    /// What the import met.
    public let report: GenesisReport

    /// The findings, one a line.
    public var description: String {
        report.findings.map { "\($0.path): \($0.reason) (\($0.count)x, such as \($0.example))" }
            .joined(separator: "\n")
    }
}

/// The import of a genesis document, carried out in memory.
struct GenesisStart {
    let document: GenesisDocument
    let machine: ChainMachine
    let height: UInt64
    let report: GenesisReport
    private let input: BlockInput

    init(_ bytes: [UInt8], registry: ModuleRegistry, options: GenesisOptions) throws(HostError) {
        do throws(ModuleError) {
            let json = try JSONValue(parsing: bytes)
            document = try GenesisDocument(json)
            guard document.initialHeight > 0 else {
                throw ModuleError(.invalidArgument, "initial_height is 0: the first block has at least height 1")
            }
            height = document.initialHeight - 1
            let prefixes = try AddressPrefixes(of: json, account: options.addressPrefix)
            machine = ChainMachine(
                registry: registry,
                chainID: document.chainID,
                addresses: prefixes,
                source: EmptyStateSource()
            )
            input = .genesis(document: bytes, skipsUnknown: options.skipsUnknown, addressPrefix: prefixes.account)
            var report = try Self.run(
                document,
                machine,
                hash: Array(SHA256.hash(data: bytes)),
                strictness: options.skipsUnknown ? .skip : .refuse
            )
            try report.noteMembers(of: json)
            self.report = report
        } catch {
            throw HostError(.invalidGenesis, "the genesis document can't be imported: \(error.message)", cause: error)
        }
        if report.strictness == .refuse, report.hasSkipped {
            let refusal = GenesisRefusal(report: report)
            throw HostError(
                .invalidGenesis,
                "the genesis document says things that nothing here understands; import it with unknown parts skipped, "
                    + "or without them:\n\(refusal)",
                cause: refusal
            )
        }
    }

    /// The block that holds the import.
    func content(_ genesis: [UInt8]) throws(HostError) -> BlockContent {
        do {
            var inputs = ByteArena()
            inputs.append(try input.encoded())
            return BlockContent(
                height: height,
                timeNanoseconds: document.time.nanoseconds,
                inputs: inputs,
                records: ByteArena(enveloping: machine.execution.events, height: height),
                writes: try WriteSet(try machine.execution.sealState()),
                moduleSetHash: try machine.registry.storedHash,
                schemas: try machine.addedSchemas()
            )
        } catch {
            throw HostError(.invalidGenesis, "the genesis block can't be made", cause: error)
        }
    }

    /// Records the start, deploys the instances, and lets each import its part.
    private static func run(
        _ document: GenesisDocument,
        _ machine: ChainMachine,
        hash: [UInt8],
        strictness: GenesisReport.Strictness
    ) throws(ModuleError) -> GenesisReport {
        let execution = machine.execution
        execution.startBlock(
            BlockInfo(
                chainID: document.chainID,
                height: document.initialHeight - 1,
                time: document.time,
                isGenesis: true
            ),
            nextSequence: 0
        )
        var report = GenesisReport(strictness: strictness)
        try execution.unit(transaction: 0) { () throws(ModuleError) in
            try machine.host.module.start(document, hash: hash, machine.host.context(execution), &report)
        }
        execution.settle()
        let labels = machine.sectionLabels
        for instance in machine.instancesInOrder {
            let label = labels[instance.identity.number]
            let own = label.map { document.sections(ofInstance: $0) } ?? document
            report.instance = label
            try execution.unit(transaction: 0) { () throws(ModuleError) in
                try instance.importGenesis(own, execution, &report)
            }
            report.instance = nil
            execution.settle()
        }
        for (section, field) in try document.appState.members()
        where !report.readSections.contains(section) && !field.saysNothing {
            report.skip("app_state.\(section)", "no registered module reads this section")
        }
        if let (instance, violation) = try machine.invariantViolations().first {
            throw ModuleError(
                .invalidState,
                "after the import \(instance.label) does not hold what it must: \(violation)"
            )
        }
        return report
    }
}
