import ModuleKit

/// That the consumer has named a key for a validator.
///
/// Namings are ordered by the sequence of the packet, which the consumer can't choose afterwards, then by the height
/// that it claims, then by the keys.
struct KeyNaming: Hashable {
    /// The key; nil where the consumer tells none, as the reference does.
    let key: ConsensusKey?
    /// The key that has signed for the change to this one; nil where none has.
    let vouchingKey: ConsensusKey?
    /// Of the packet.
    let sequence: UInt64
    /// From which height on the key is in use.
    let height: UInt64

    /// Whether both say the same of the same keys.
    func isSameStatement(as other: KeyNaming) -> Bool { key == other.key && vouchingKey == other.vouchingKey }

    /// Whether this one takes effect later: of what the consumer has in use, the last one is present.
    func takesEffect(after other: KeyNaming) -> Bool {
        if height != other.height { return height > other.height }
        return other < self
    }
}

extension KeyNaming: Comparable {
    static func < (left: Self, right: Self) -> Bool {
        if left.sequence != right.sequence { return left.sequence < right.sequence }
        if left.height != right.height { return left.height < right.height }
        if left.key != right.key { return precedes(left.key, right.key) }
        return precedes(left.vouchingKey, right.vouchingKey)
    }

    private static func precedes(_ left: ConsensusKey?, _ right: ConsensusKey?) -> Bool {
        (left?.bytes ?? []).lexicographicallyPrecedes(right?.bytes ?? [])
    }
}

/// Which validator a key belongs to, for ever: the one for which the consumer named it first.
///
/// A register that keeps the least claim: one on which somebody has relied, then by sequence, then height, then the
/// validator's text.
struct KeyClaim: Hashable, Sendable {
    let validator: String
    let sequence: UInt64
    let height: UInt64
    /// Whether somebody has staked on the validator by this key. At most one claim of a key ever is: the one that held.
    var isReliedUpon = false
}

extension KeyClaim: Comparable {
    static func < (left: Self, right: Self) -> Bool {
        if left.isReliedUpon != right.isReliedUpon { return left.isReliedUpon }
        if left.sequence != right.sequence { return left.sequence < right.sequence }
        if left.height != right.height { return left.height < right.height }
        return left.validator.utf8.lexicographicallyPrecedes(right.validator.utf8)
    }
}
