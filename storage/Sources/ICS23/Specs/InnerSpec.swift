/// The shape of a tree's inner nodes.
///
/// An instance never contradicts itself: the children are ordered once each, the bounds of the prefix are in order and
/// closer together than one child is long, so that the length of a prefix tells how many children it holds.
public struct InnerSpec: Hashable, Sendable {
    /// Which child stands at each place, the first in the order of keys being 0.
    public let childOrder: [Int]
    /// How long a child is, in bytes, with what separates it from the next.
    public let childSize: Int
    /// How long the prefix is at least, in bytes, without children.
    public let minimumPrefixLength: Int
    /// How long the prefix is at most, in bytes, without children.
    public let maximumPrefixLength: Int
    /// What stands in the place of a child that is not there; empty when there is always one.
    public let emptyChild: [UInt8]
    /// Hashes the inner nodes.
    public let hash: HashOp

    /// Makes a shape.
    ///
    /// - Throws: `invalidSpec`, saying what contradicts what.
    public init(
        childOrder: [Int],
        childSize: Int,
        minimumPrefixLength: Int,
        maximumPrefixLength: Int,
        emptyChild: [UInt8] = [],
        hash: HashOp
    ) throws(ICS23Error) {
        self.init(
            checked: childOrder,
            childSize: childSize,
            minimumPrefixLength: minimumPrefixLength,
            maximumPrefixLength: maximumPrefixLength,
            emptyChild: emptyChild,
            hash: hash
        )
        if let contradiction {
            throw ICS23Error(
                .invalidSpec,
                "A specification's inner nodes contradict themselves: \(contradiction). Use a published specification."
            )
        }
    }

    /// Makes a shape of values known to agree.
    init(
        checked childOrder: [Int],
        childSize: Int,
        minimumPrefixLength: Int,
        maximumPrefixLength: Int,
        emptyChild: [UInt8],
        hash: HashOp
    ) {
        self.childOrder = childOrder
        self.childSize = childSize
        self.minimumPrefixLength = minimumPrefixLength
        self.maximumPrefixLength = maximumPrefixLength
        self.emptyChild = emptyChild
        self.hash = hash
    }

    /// What is wrong with it, or nil. The order of the checks keeps the arithmetic from overflowing.
    private var contradiction: String? {
        let bound = ProofBounds.maximumAffixByteCount
        guard 2...ProofBounds.maximumChildCount ~= childOrder.count else {
            return "\(childOrder.count) children, where 2 to \(ProofBounds.maximumChildCount) are allowed"
        }
        guard childOrder.sorted() == Array(childOrder.indices) else {
            return "the order \(childOrder) does not name every child once"
        }
        guard 1...bound ~= childSize else {
            return "children of \(childSize) bytes"
        }
        guard 0...bound ~= minimumPrefixLength, minimumPrefixLength...bound ~= maximumPrefixLength else {
            return "a prefix of \(minimumPrefixLength) to \(maximumPrefixLength) bytes"
        }
        guard maximumPrefixLength < minimumPrefixLength + childSize else {
            return "a longest prefix could hide a child, for it is \(maximumPrefixLength) bytes long"
        }
        guard (childOrder.count - 1) * childSize + maximumPrefixLength <= bound else {
            return "nodes of more than \(bound) bytes"
        }
        if let digestByteCount = hash.digestByteCount, digestByteCount > childSize {
            return "children of \(childSize) bytes, where a hash has \(digestByteCount)"
        }
        guard emptyChild.isEmpty || emptyChild.count == childSize else {
            return "an empty child of \(emptyChild.count) bytes among children of \(childSize)"
        }
        return nil
    }
}
