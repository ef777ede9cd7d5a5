/// What an observer does about a fault at one place: a decision, nothing is submitted by it.
///
/// `Observer.reports(of:to:at:)` makes one for each External Staking instance that holds stake on the observed chain, or for
/// each client to be frozen, from how the told chain stands at that moment.
public struct ObserverReport: Sendable {
    /// What is to be done.
    public enum Action: Sendable, Hashable {
        /// These messages prove it: one transaction, all of it or nothing.
        case submit([SandboxMessage])
        /// These messages come before it, as a transaction of their own; then the fault has to be looked at again. The client
        /// has a long way to go to the header.
        case prepare([SandboxMessage])
        /// It is known there already, and how: proven before at that height, or the client is frozen. No failure.
        case known(String)
        /// It is too old, or older than the pairing: nobody owes anything for it there, and why. No failure either.
        case tooOld(String)
        /// It can't be proven there, and why: the fault's own problem, nobody who watches that chain, or headers that are missing
        /// on the way from what the client knows.
        case unprovable(String)
    }

    /// The fault.
    public let fault: ObservedFault
    /// Who is told: the label of an External Staking instance, or a client that is frozen; empty where nobody watches the
    /// chain.
    public let place: String
    /// What is to be done.
    public let action: Action

    /// Describes what is done.
    public init(fault: ObservedFault, place: String, action: Action) {
        self.fault = fault
        self.place = place
        self.action = action
    }
}
