public import CometBFT
import MeshHost
public import Storage

/// A chain as an observer sees it from outside: headers, commits, validator sets, votes, and evidence in blocks.
///
/// It comes from a home, from answers of a node's RPC, or from both. Nothing in it is trusted: what an observer makes of it,
/// the chain to which he reports checks anew.
public struct ObservedChain {
    /// The chain's identifier.
    public let chainID: String
    /// Evidence that stands in blocks, was heard by a node, or was given, in order.
    public internal(set) var evidence: [Evidence] = []
    /// Votes that were given or stand in commits, in order.
    public internal(set) var votes: [Vote] = []

    let store: ChainStore?
    var headers: [Int64: Header] = [:]
    // What follows is only asked by key, never iterated.
    var commits: [Int64: Commit] = [:]
    var validatorSets: [Hash32: ValidatorSet] = [:]

    /// A chain whose home is at hand.
    ///
    /// Its blocks are read when they are asked for. A home has one commit for each height, so nobody contradicts himself in
    /// it: votes that do are given beside it. Evidence that the chain's node has heard stands in the home, and is read now.
    ///
    /// - Throws: `host` when the home can't be read, or holds no block; `notObservable` when something that was heard is no
    ///   evidence.
    public init(home store: ChainStore) throws(SandboxError) {
        let header = try SandboxError.hosting { try store.log.latestHeader() }
        guard let header else {
            throw SandboxError(.host, "the home holds no block, not even a genesis: there is nothing to observe")
        }
        self.init(chainID: header.chainID, store: store)
        evidence = try HeardEvidence(home: store.path).all()
    }

    init(chainID: String, store: ChainStore? = nil) {
        self.chainID = chainID
        self.store = store
    }

    /// Adds votes that somebody has seen.
    public mutating func add(_ votes: [Vote]) { self.votes += votes }

    /// Adds evidence that somebody has seen.
    public mutating func add(_ evidence: [Evidence]) { self.evidence += evidence }

    /// The highest height of which a signed block is known; nil when none is.
    ///
    /// - Throws: `host` when the home can't be read.
    public func latestHeight() throws(SandboxError) -> Int64? {
        let stored = try SandboxError.hosting { try store?.log.latestHeader()?.height }
        let given = commits.keys.filter { headers[$0] != nil }.max()
        return [stored.flatMap { Int64(exactly: $0) }, given].compactMap(\.self).max()
    }

    /// The header of a height, where it is known.
    ///
    /// - Throws: `inconsistentLog`, `host`.
    public func header(at height: Int64) throws(SandboxError) -> Header? {
        if let header = headers[height] { return header }
        return try stored(height)?.signedHeader.header
    }

    /// The block of a height with its commit and its validators, where all of that is known.
    ///
    /// - Throws: `inconsistentLog`, `host`.
    public func lightBlock(at height: Int64) throws(SandboxError) -> LightBlock? {
        if let header = headers[height], let commit = commits[height],
            let validators = try validators(hashing: header.validatorsHash, near: height)
        {
            return try? LightBlock(signedHeader: SignedHeader(header: header, commit: commit), validators: validators)
        }
        return try stored(height)
    }

    /// The validators of a hash.
    ///
    /// - Parameter height: one at which they may have been the chain's.
    /// - Throws: `inconsistentLog`, `host`.
    func validators(hashing hash: Hash32, near height: Int64) throws(SandboxError) -> ValidatorSet? {
        if let known = validatorSets[hash] { return known }
        guard let block = try stored(height), block.signedHeader.header.validatorsHash == hash else { return nil }
        return block.validators
    }

    private func stored(_ height: Int64) throws(SandboxError) -> LightBlock? {
        guard let store, let height = UInt64(exactly: height) else { return nil }
        return try store.lightBlock(at: height)
    }
}
