import CometBFT
import IBC
import ICS23
import Interchain
import InterchainEvents
import MeshHost
import ModuleKit
import ModuleRuntime
import Storage

/// All that a relayer may look at of a chain: its signed blocks, its log, its answers to questions, and its proofs.
///
/// A proof leads to the header of a signed block. The state after block h is named by the header of block h + 1, so what
/// the last block changed can be proven one block later.
struct PublicState {
    /// The module whose state is proven.
    static let interchain = Interchain()
    /// The label of its instance.
    static let label = Interchain.manifest.name
    /// The store under whose name a chain of this host proves what it keeps: the name of the state tree's root.
    static var prefix: CommitmentPrefix {
        get throws(SandboxError) {
            try SandboxError.relaying("the name of the store") { try CommitmentPrefix(Array("state".utf8)) }
        }
    }

    let chain: SandboxChain
    private let host: ChainHost
    private let instance: UInt32?
    // By full key. Only asked, never iterated.
    private var provenAhead: [[UInt8]: ProvenEntry] = [:]

    /// Looks at a running chain.
    ///
    /// - Throws: `chainDown`.
    init(_ chain: SandboxChain) throws(SandboxError) {
        self.chain = chain
        host = try chain.host()
        // A chain of other modules shows nothing that could be relayed.
        instance = try? host.machine.instance(called: Self.label).identity.number
    }

    var chainID: String { chain.chainID }
    /// The last block's height.
    var height: UInt64 { host.lastHeader.height }
    /// The height of the genesis.
    var firstHeight: UInt64 { host.store.firstHeight }
    /// The last block's time.
    var time: Timestamp { Timestamp(nanoseconds: host.lastHeader.timeNanoseconds) }
    /// How many events its log has.
    var eventCount: UInt64 { host.lastHeader.eventCount }

    /// The last block's height as clients on other chains write it.
    var lastHeight: Height { height(height) }

    /// A block's height as clients on other chains write it.
    func height(_ height: UInt64) -> Height {
        Height(revision: Height.revision(ofChainID: chainID) ?? 0, height: height)
    }

    /// A block's time, which a signed header has as its own.
    ///
    /// - Throws: `notRelayable` when there is no such block.
    func time(at height: UInt64) throws(SandboxError) -> Timestamp {
        try SandboxError.relaying("the time of block \(height) of '\(chainID)'") {
            guard let header = try host.store.log.header(at: height) else {
                throw SandboxError(.notRelayable, "'\(chainID)' has no block \(height): use a client of this chain")
            }
            return Timestamp(nanoseconds: header.timeNanoseconds)
        }
    }

    /// A block as its validators signed it.
    ///
    /// - Throws: `notRelayable` when there is none, or nobody signed it.
    func lightBlock(at height: UInt64) throws(SandboxError) -> LightBlock {
        guard let block = try host.store.lightBlock(at: height) else {
            throw SandboxError(
                .notRelayable,
                "'\(chainID)' has no signed block \(height): relay only between chains whose validators sign"
            )
        }
        return block
    }

    /// What Interchain recorded, in order.
    ///
    /// - Parameter range: places in the log.
    func records(in range: Range<UInt64>) throws(SandboxError) -> [InterchainRecord] {
        guard let instance else { return [] }
        return try SandboxError.relaying("the log of '\(chainID)'") {
            var records: [InterchainRecord] = []
            var failure: ModuleError?
            try host.store.log.forEachRecord(in: range) { (sequence, record) throws(StorageError) in
                do throws(ModuleError) {
                    let envelope = try EventEnvelope(decoding: record.withUnsafeBytes { [UInt8]($0) })
                    guard envelope.instance == instance else { return true }
                    let event = try InterchainEvent(recorded: envelope.payload, schemaVersion: envelope.schemaVersion)
                    records.append(
                        InterchainRecord(chainID: chainID, sequence: sequence, height: envelope.height, event: event)
                    )
                } catch {
                    failure = error
                }
                return failure == nil
            }
            if let failure { throw failure }
            return records
        }
    }

    /// What Interchain answers.
    func ask(_ write: (inout InterchainQuery) -> Void) throws(SandboxError) -> InterchainAnswer {
        try chain.query(InterchainQuery.with(write), of: Self.label)
    }

    /// What the state held under a published path before the last block, with the proof that leads to its header.
    ///
    /// - Returns: nil when there is no block after the genesis, so that no header names a state yet.
    /// - Throws: `notRelayable` when the state can't be proven.
    func proof(of path: StorePath, in collection: some StateCollection) throws(SandboxError) -> ProvenEntry? {
        guard let instance, height > firstHeight else { return nil }
        return try SandboxError.relaying("the proof of '\(path)' on '\(chainID)'") {
            let key = try StateKey.full(instance: instance, collection: collection.number, key: path.key)
            if let entry = provenAhead[key] { return entry }
            return try ProvenEntry(host.store.proof(of: key, at: height - 1), lastHeight)
        }
    }

    /// The same state, with the proofs at hand of what it held under some paths. Together they cost less than one by one.
    ///
    /// - Throws: `notRelayable` when the state can't be proven.
    func provingAhead(_ paths: [StorePath], inCollection collection: UInt8) throws(SandboxError) -> PublicState {
        guard let instance, height > firstHeight, !paths.isEmpty else { return self }
        return try SandboxError.relaying("proofs on '\(chainID)'") {
            let keys = try paths.map { try StateKey.full(instance: instance, collection: collection, key: $0.key) }
            var state = self
            for proof in try host.store.proofs(of: keys, at: height - 1) {
                state.provenAhead[proof.key] = try ProvenEntry(proof, lastHeight)
            }
            return state
        }
    }
}

/// What a chain's state holds under a path, and the proof of it.
struct ProvenEntry {
    /// What it holds; nil for nothing.
    let value: [UInt8]?
    /// An encoded `MerkleProof` of ICS-23.
    let proof: [UInt8]
    /// The height of the header that the proof leads to.
    let height: Height

    fileprivate init(_ proof: StateProof, _ height: Height) throws(ICS23Error) {
        value = proof.value
        self.proof = try proof.proof.encoded()
        self.height = height
    }
}

extension SandboxError {
    /// Runs what makes sense of a chain's public state, and wraps what it throws.
    static func relaying<Result>(_ what: String, _ body: () throws -> Result) throws(SandboxError) -> Result {
        do {
            return try body()
        } catch let error as SandboxError {
            throw error
        } catch {
            throw SandboxError(.notRelayable, "\(what) can't be relayed: \(error)", cause: error)
        }
    }
}
