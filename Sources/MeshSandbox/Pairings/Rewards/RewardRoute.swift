/// The way that rewards of virtual stake take from a consumer to a provider. (Spec section 10.)
public enum RewardRoute: String, Sendable, Hashable, CaseIterable {
    /// The tokens are transferred with a memo that says whose they are: one packet does it all, or comes back with all.
    case ics20Memo = "ics20-memo"
    /// The tokens are transferred; once they are there, a packet on the control channel says whose they are.
    case ics20Control = "ics20-control"
    /// The tokens stay at the Converter, and a packet on the control channel says whose they are.
    case held
}
