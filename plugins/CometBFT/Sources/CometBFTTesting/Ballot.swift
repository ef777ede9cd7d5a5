/// How a validator behaves when a block of a ``TestChain`` is decided.
public enum Ballot: Hashable, Sendable {
    /// It signs the block.
    case block
    /// It signs a vote for nil.
    case `nil`
    /// Nothing is heard of it.
    case absent
    /// Its entry stands for the block, with a signature that one bit was flipped in.
    case forged
}
