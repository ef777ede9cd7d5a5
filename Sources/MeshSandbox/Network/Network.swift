import Foundation
public import MeshHost
public import ModuleKit

/// Several chains in this process, one clock, and relayers between them.
///
/// One seeded generator decides everything that is left to chance. The same seed and the same calls give the same logs,
/// byte for byte. Time passes only in ``step()``. Whoever holds a network calls it from one thread at a time.
public final class Network {
    /// The folder in which each chain has its home.
    public let folder: String
    /// What everything follows from; print it, so that a run can be seen again.
    public let seed: UInt64
    /// The modules that the chains run.
    public let registry: ModuleRegistry
    /// How much time passes in a step.
    public var stepInterval: Duration
    /// The network's time: that of a clock which nobody's skew affects.
    public internal(set) var now: Timestamp
    /// How many steps there were.
    public internal(set) var stepCount: UInt64 = 0
    /// The chains, in the order in which they were added.
    public private(set) var chains: [SandboxChain] = []
    /// The relayers, in the order in which they were added.
    public private(set) var relayers: [Relayer] = []
    /// The source of chance; a caller who draws from it as well does so in the same order each time.
    public var generator: SplitMix64
    // Which channel is whose.
    var claims = ChannelClaims()

    /// Makes a network without chains.
    ///
    /// - Parameters:
    ///   - folder: where the homes will be; a folder that is there.
    ///   - seed: of keys and of chance.
    ///   - start: the time at which it starts.
    ///   - stepInterval: how much time passes in a step.
    ///   - registry: the modules that the chains run; the standard ones unless given.
    /// - Throws: `host` for an inconsistent module set.
    public init(
        in folder: String,
        seed: UInt64,
        start: Timestamp = Network.defaultStart,
        stepInterval: Duration = .seconds(5),
        registry: ModuleRegistry? = nil
    ) throws(SandboxError) {
        self.folder = folder
        self.seed = seed
        self.stepInterval = stepInterval
        self.registry = try SandboxError.hosting { try registry ?? StandardModules.registry() }
        now = start
        generator = SplitMix64(seed: seed)
    }

    /// 2026-01-01T00:00:00Z.
    public static let defaultStart = Timestamp(nanoseconds: 1_767_225_600_000_000_000)

    /// Adds a chain, with its genesis at the network's present time.
    ///
    /// - Throws: `wrongName` when there is one of that identifier; what `SandboxChain` throws.
    @discardableResult
    public func addChain(_ specification: ChainSpecification) throws(SandboxError) -> SandboxChain {
        guard !chains.contains(where: { $0.chainID == specification.chainID }) else {
            throw SandboxError(.wrongName, "there is a chain '\(specification.chainID)' already: take another name")
        }
        try specification.check()
        let chain = try SandboxChain(
            specification,
            at: URL(fileURLWithPath: folder).appendingPathComponent(specification.chainID).path,
            seed: seed,
            start: now,
            registry: registry
        )
        chains.append(chain)
        return chain
    }

    /// Adds a relayer, which signs with the account of its name on every chain.
    ///
    /// - Throws: `wrongName` when there is one of that name, two of its paths have one name, or a path ends at no chain.
    @discardableResult
    public func addRelayer(_ name: String, paths: [RelayPath] = []) throws(SandboxError) -> Relayer {
        guard !relayers.contains(where: { $0.name == name }) else {
            throw SandboxError(.wrongName, "there is a relayer '\(name)' already: take another name")
        }
        let relayer = Relayer(name)
        for path in paths { try add(path, to: relayer) }
        relayers.append(relayer)
        return relayer
    }

    /// Gives a relayer another path to serve.
    ///
    /// - Throws: `wrongName` when a relayer serves a path of that name, or the path ends at no chain.
    public func add(_ path: RelayPath, to relayer: Relayer) throws(SandboxError) {
        for end in [path.first, path.second] { _ = try chain(end.chainID) }
        guard path.first.chainID != path.second.chainID else {
            throw SandboxError(.wrongName, "the path '\(path.name)' leads from a chain to itself: name two chains")
        }
        guard !(relayers + [relayer]).contains(where: { $0.path(named: path.name) != nil }) else {
            throw SandboxError(.wrongName, "there is a path '\(path.name)' already: take another name")
        }
        claims.insert(path)
        relayer.add(path)
    }

    /// The chain of an identifier.
    ///
    /// - Throws: `wrongName`.
    public func chain(_ chainID: String) throws(SandboxError) -> SandboxChain {
        guard let chain = chains.first(where: { $0.chainID == chainID }) else {
            throw SandboxError(
                .wrongName,
                "there is no chain '\(chainID)'; there are: \(chains.map(\.chainID).joined(separator: ", "))"
            )
        }
        return chain
    }

    /// The path of a name, as far as its relayer has opened it.
    ///
    /// - Throws: `wrongName`.
    public func path(_ name: String) throws(SandboxError) -> RelayPath {
        guard let path = relayers.lazy.compactMap({ $0.path(named: name) }).first else {
            throw SandboxError(.wrongName, "no relayer serves a path '\(name)': add one that does")
        }
        return path
    }

    /// Closes all chains, so that their homes can be audited.
    ///
    /// - Throws: `host`; the other chains are closed all the same.
    @available(*, noasync)
    public func close() throws(SandboxError) {
        var failure: SandboxError?
        for chain in chains {
            do throws(SandboxError) { try chain.close() } catch { failure = error }
        }
        if let failure { throw failure }
    }
}
