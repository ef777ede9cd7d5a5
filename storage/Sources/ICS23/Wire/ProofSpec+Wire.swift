import Foundation
import SwiftProtobuf

extension ProofSpec {
    /// Reads a specification; only the canonical encoding is one.
    ///
    /// - Throws: `tooLarge`, `malformed` or `notCanonical`; as ``init(_:)``.
    public init(decoding bytes: [UInt8]) throws(ICS23Error) {
        self = try ProtoProofSpec.decoding(bytes) { (wire) throws(ICS23Error) in try ProofSpec(wire) }
    }

    /// Takes over a received specification.
    ///
    /// - Throws: `unknownField`, `unknownValue`, `missingField`, `tooLarge` or `invalidSpec`.
    public init(_ wire: ProtoProofSpec) throws(ICS23Error) {
        try wire.refuseUnknownFields()
        try self.init(
            leaf: LeafOp(require(wire.hasLeafSpec ? wire.leafSpec : nil, "specification of leaves")),
            inner: InnerSpec(require(wire.hasInnerSpec ? wire.innerSpec : nil, "specification of inner nodes")),
            minimumDepth: Int(wire.minDepth),
            maximumDepth: Int(wire.maxDepth),
            prehashesKeyBeforeComparison: wire.prehashKeyBeforeComparison
        )
    }

    /// The message to send.
    public var wire: ProtoProofSpec {
        .with {
            $0.leafSpec = leaf.wire
            $0.innerSpec = inner.wire
            $0.minDepth = Int32(clamping: minimumDepth)
            $0.maxDepth = Int32(clamping: maximumDepth)
            $0.prehashKeyBeforeComparison = prehashesKeyBeforeComparison
        }
    }

    /// The canonical encoding.
    ///
    /// - Throws: `tooLarge`.
    public func encoded() throws(ICS23Error) -> [UInt8] {
        try wire.encoded()
    }
}

extension InnerSpec {
    /// Takes over a received shape.
    ///
    /// - Throws: `unknownField`, `unknownValue` or `invalidSpec`.
    public init(_ wire: ProtoInnerSpec) throws(ICS23Error) {
        try wire.refuseUnknownFields()
        try self.init(
            childOrder: wire.childOrder.map { Int($0) },
            childSize: Int(wire.childSize),
            minimumPrefixLength: Int(wire.minPrefixLength),
            maximumPrefixLength: Int(wire.maxPrefixLength),
            emptyChild: Array(wire.emptyChild),
            hash: known(wire.hash, as: HashOp.self)
        )
    }

    /// The message to send. No number is out of its range, for none is over ``ProofBounds/maximumAffixByteCount``.
    public var wire: ProtoInnerSpec {
        .with {
            $0.childOrder = childOrder.map { Int32(clamping: $0) }
            $0.childSize = Int32(clamping: childSize)
            $0.minPrefixLength = Int32(clamping: minimumPrefixLength)
            $0.maxPrefixLength = Int32(clamping: maximumPrefixLength)
            $0.emptyChild = Data(emptyChild)
            $0.hash = hash.wire
        }
    }
}
