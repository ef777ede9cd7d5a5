public import ModuleKit

/// Decisions on grants, as a chain's authority makes them: with events in the log that other modules react to.
extension ModuleHarness {
    /// Grants a privilege to an instance, or gives a live grant another cap, in a transaction of its own.
    ///
    /// As on a chain, the event is final: a reaction that fails does so alone, and stands in the outcome's events.
    ///
    /// - Parameters:
    ///   - cap: the grant's cap; nil for none.
    ///   - instance: who is granted; the module under test unless told otherwise.
    @discardableResult
    public func when(granting privilege: Privilege, cap: Amount? = nil, to instance: InstanceIdentity? = nil)
        throws(HarnessError) -> Outcome<Module>
    {
        let holder = if let instance { instance } else { try identity }
        return try when(recording: [.granted(Grant(privilege, cap: cap), to: holder)], of: TestHost.self)
    }

    /// Revokes an instance's grant of a privilege, in a transaction of its own.
    ///
    /// As on a chain it is told twice: the cap falls to zero while the grant still lives, and then the grant is gone.
    ///
    /// - Parameter instance: who holds the grant; the module under test unless told otherwise.
    @discardableResult
    public func when(revoking privilege: Privilege, from instance: InstanceIdentity? = nil) throws(HarnessError)
        -> Outcome<Module>
    {
        let holder = if let instance { instance } else { try identity }
        let events: [HarnessEvent] = [
            .granted(Grant(privilege, cap: .zero), to: holder), .revoked(privilege, from: holder),
        ]
        return try when(recording: events, of: TestHost.self)
    }
}

extension ModuleHarness.Given {
    /// Grants a privilege to the module under test, with an event.
    public static func grant(_ privilege: Privilege, cap: Amount? = nil) -> Self {
        Self(what: "the grant of \(privilege)") { (harness) throws(HarnessError) in
            try harness.when(granting: privilege, cap: cap).thenSucceeded()
        }
    }
}
