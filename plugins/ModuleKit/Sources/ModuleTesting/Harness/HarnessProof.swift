/// What a harness's chain held under a key at a height, or that it held nothing, with the proof that another chain needs.
public struct HarnessProof: Sendable, Hashable {
    /// The height whose state is proven.
    public let height: UInt64
    /// The value, as it is stored; nil when there was none.
    public let value: [UInt8]?
    /// Where a verifier looks: the name of the state's root, then the key that the state tree commits to. For an entry of a
    /// published collection that is the encoded key alone.
    public let path: [[UInt8]]
    /// The encoded `ibc.core.commitment.v1.MerkleProof` (ICS-23).
    public let proof: [UInt8]
    /// The app hash of that height, 32 bytes: what a light client of the chain trusts.
    public let appHash: [UInt8]
}
