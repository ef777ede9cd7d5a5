/// What a validator signs in consensus, in the engine's numbers.
public enum SignedMessageType: Int, Hashable, Sendable {
    /// A vote of the first step of a round.
    case prevote = 1
    /// A vote of the second step of a round.
    case precommit = 2
    /// A proposal for a block.
    case proposal = 32
}
