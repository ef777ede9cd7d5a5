/// That a tree holds nothing under a key: the two neighbours between which the key would be.
///
/// Left out is the neighbour on the side on which there is none. The proof holds for every key of the gap.
public struct NonExistenceProof: Hashable, Sendable {
    /// The key that the prover was asked about: a note, which decides nothing, for the gap alone proves.
    public let key: [UInt8]
    /// The last leaf before the gap.
    public let left: ExistenceProof?
    /// The first leaf after the gap.
    public let right: ExistenceProof?

    /// Makes a proof from its parts.
    public init(key: [UInt8], left: ExistenceProof?, right: ExistenceProof?) {
        self.key = key
        self.left = left
        self.right = right
    }

    /// The root to which the proof leads, by the first neighbour it has. It is only a claim until it has been compared
    /// with a trusted one, and says nothing about the other neighbour.
    ///
    /// - Throws: as ``ExistenceProof/root()``; `missingField` when there is no neighbour.
    public func root() throws(ICS23Error) -> [UInt8] {
        guard let neighbour = left ?? right else { throw Self.withoutNeighbours }
        return try neighbour.root()
    }

    static let withoutNeighbours = ICS23Error(
        .missingField,
        "A non-existence proof has neither a left nor a right neighbour. Ask the sender for a whole proof."
    )
}
