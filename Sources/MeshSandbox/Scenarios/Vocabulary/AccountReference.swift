/// An account of a scenario, on its chain.
public struct AccountReference: Hashable, Sendable, CustomStringConvertible {
    /// The chain's name in the scenario.
    public let chain: String
    /// The account's name on it.
    public let name: String

    /// `chain/account`.
    public var description: String { "\(chain)/\(name)" }
}
