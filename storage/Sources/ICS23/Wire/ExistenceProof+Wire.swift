import Foundation
import SwiftProtobuf

extension ExistenceProof {
    /// Takes over a received proof.
    ///
    /// - Throws: `unknownField`, `unknownValue`, `missingField` or `tooLarge`.
    public init(_ wire: ProtoExistenceProof) throws(ICS23Error) {
        try wire.refuseUnknownFields()
        try checkCount(wire.path.count, ProofBounds.maximumStepCount, "steps of a path")
        self.init(
            key: Array(wire.key),
            value: Array(wire.value),
            leaf: try LeafOp(require(wire.hasLeaf ? wire.leaf : nil, "leaf in an existence proof")),
            path: try wire.path.map { (step) throws(ICS23Error) in try InnerOp(step) }
        )
    }

    /// Takes over a proof of a compressed batch, whose path holds positions in a table of steps.
    init(_ wire: ProtoCompressedExistenceProof, steps: [InnerOp]) throws(ICS23Error) {
        try wire.refuseUnknownFields()
        try checkCount(wire.path.count, ProofBounds.maximumStepCount, "steps of a path")
        self.init(
            key: Array(wire.key),
            value: Array(wire.value),
            leaf: try LeafOp(require(wire.hasLeaf ? wire.leaf : nil, "leaf in an existence proof")),
            path: try wire.path.map { (position) throws(ICS23Error) in
                guard steps.indices.contains(Int(position)) else {
                    throw ICS23Error(
                        .outOfRange,
                        "A path names step \(position) of a table of \(steps.count). Ask the sender for a whole batch."
                    )
                }
                return steps[Int(position)]
            }
        )
    }

    /// The message to send.
    public var wire: ProtoExistenceProof {
        .with {
            $0.key = Data(key)
            $0.value = Data(value)
            $0.leaf = leaf.wire
            $0.path = path.map(\.wire)
        }
    }
}

extension NonExistenceProof {
    /// Takes over a received proof.
    ///
    /// - Throws: `unknownField`, `unknownValue`, `missingField` or `tooLarge`.
    public init(_ wire: ProtoNonExistenceProof) throws(ICS23Error) {
        try wire.refuseUnknownFields()
        guard wire.hasLeft || wire.hasRight else { throw Self.withoutNeighbours }
        self.init(
            key: Array(wire.key),
            left: wire.hasLeft ? try ExistenceProof(wire.left) : nil,
            right: wire.hasRight ? try ExistenceProof(wire.right) : nil
        )
    }

    /// Takes over a proof of a compressed batch.
    init(_ wire: ProtoCompressedNonExistenceProof, steps: [InnerOp]) throws(ICS23Error) {
        try wire.refuseUnknownFields()
        guard wire.hasLeft || wire.hasRight else { throw Self.withoutNeighbours }
        self.init(
            key: Array(wire.key),
            left: wire.hasLeft ? try ExistenceProof(wire.left, steps: steps) : nil,
            right: wire.hasRight ? try ExistenceProof(wire.right, steps: steps) : nil
        )
    }

    /// The message to send.
    public var wire: ProtoNonExistenceProof {
        .with {
            $0.key = Data(key)
            if let left { $0.left = left.wire }
            if let right { $0.right = right.wire }
        }
    }
}
