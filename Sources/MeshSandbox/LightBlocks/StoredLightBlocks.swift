public import CometBFT
public import LightClient
public import Storage

/// The signed blocks of a home, as a light client of another chain asks for them.
public struct StoredLightBlocks: LightBlockProvider {
    private let store: ChainStore

    /// Provides what a store holds.
    public init(_ store: ChainStore) { self.store = store }

    /// The block of a height, or the latest one.
    ///
    /// - Throws: `providerFailed` when there is no such block, or nobody signed it.
    public func lightBlock(at height: Int64?) throws(LightClientError) -> LightBlock {
        do {
            let wanted = try height.map { UInt64(clamping: $0) } ?? (try store.log.latestHeader()?.height ?? 0)
            if let block = try store.lightBlock(at: wanted) { return block }
        } catch {
            throw LightClientError(.providerFailed, "The home can't be read: \(error). Restore it.", cause: error)
        }
        throw LightClientError(
            .providerFailed,
            "The home has no signed block of height \(height.map(String.init) ?? "any"). Ask for another height, or "
                + "another home."
        )
    }
}
