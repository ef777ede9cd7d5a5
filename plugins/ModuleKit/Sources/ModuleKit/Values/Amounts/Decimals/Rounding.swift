/// What happens to the part of a result that can't be represented.
///
/// There is no default: who gains from the rounding is a decision of the caller.
@frozen
public enum Rounding: Hashable, Sendable {
    /// Down, towards zero.
    case floor
    /// Up, away from zero.
    case ceiling
}
