/// To whom a deployer hands its power over the instances of a pairing, before any of them may have power itself.
public enum PairingHandover: String, Sendable, Hashable, CaseIterable {
    /// To nobody: what was looked at stays as it is, for good.
    case nobody
    /// To the chain's authority, which decides on grants as well.
    case authority
}
