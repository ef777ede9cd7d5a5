import Foundation
import SwiftProtobuf

extension LeafOp {
    /// Takes over a received operation.
    ///
    /// - Throws: `unknownField`, `unknownValue` or `tooLarge`.
    public init(_ wire: ProtoLeafOp) throws(ICS23Error) {
        try wire.refuseUnknownFields()
        self.init(
            hash: try known(wire.hash, as: HashOp.self),
            prehashKey: try known(wire.prehashKey, as: HashOp.self),
            prehashValue: try known(wire.prehashValue, as: HashOp.self),
            length: try known(wire.length, as: LengthOp.self),
            prefix: try affix(wire.prefix, "prefix")
        )
    }

    /// The message to send.
    public var wire: ProtoLeafOp {
        .with {
            $0.hash = hash.wire
            $0.prehashKey = prehashKey.wire
            $0.prehashValue = prehashValue.wire
            $0.length = ProtoLengthOp(rawValue: length.rawValue) ?? .UNRECOGNIZED(length.rawValue)
            $0.prefix = Data(prefix)
        }
    }
}

extension InnerOp {
    /// Takes over a received step.
    ///
    /// - Throws: `unknownField`, `unknownValue` or `tooLarge`.
    public init(_ wire: ProtoInnerOp) throws(ICS23Error) {
        try wire.refuseUnknownFields()
        self.init(
            hash: try known(wire.hash, as: HashOp.self),
            prefix: try affix(wire.prefix, "prefix"),
            suffix: try affix(wire.suffix, "suffix")
        )
    }

    /// The message to send.
    public var wire: ProtoInnerOp {
        .with {
            $0.hash = hash.wire
            $0.prefix = Data(prefix)
            $0.suffix = Data(suffix)
        }
    }
}

extension HashOp {
    /// The value to send. Both enumerations have the same numbers.
    var wire: ProtoHashOp {
        ProtoHashOp(rawValue: rawValue) ?? .UNRECOGNIZED(rawValue)
    }
}

private func affix(_ data: Data, _ name: String) throws(ICS23Error) -> [UInt8] {
    try checkCount(data.count, ProofBounds.maximumAffixByteCount, "bytes of a \(name)")
    return Array(data)
}
