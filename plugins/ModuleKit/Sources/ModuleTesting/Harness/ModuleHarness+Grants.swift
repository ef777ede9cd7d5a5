public import ModuleKit

/// Decisions on grants, admins and the authority, as a chain makes them: with events in the log that other modules react to.
extension ModuleHarness {
    /// Grants a privilege to an instance, or gives a live grant another cap, in a transaction of its own.
    ///
    /// As on a chain, a grant that is new or goes beyond what the instance holds is offered first: a reaction that refuses it
    /// is the outcome's error, and the grant stays as it was. The grant itself is final: a reaction that fails does so alone,
    /// and stands in the outcome's events.
    ///
    /// - Parameters:
    ///   - cap: the grant's cap; nil for none.
    ///   - instance: who is granted; the module under test unless told otherwise.
    @discardableResult
    public func when(granting privilege: Privilege, cap: Amount? = nil, to instance: InstanceIdentity? = nil)
        throws(HarnessError) -> Outcome<Module>
    {
        let holder = if let instance { instance } else { try identity }
        let grant = Grant(privilege, cap: cap)
        let held = try HarnessError.wrapping(.storage, "the grants can't be read") {
            let host = machine.host
            let decision = try host.module.decision(on: privilege, of: holder, in: StateReader(host.state))
            return decision?.isGranted == true ? try Grant(privilege, recordedCap: decision?.cap ?? "") : nil
        }
        let offer: [HarnessEvent] = grant.exceeds(held) ? [.offered(grant, to: holder)] : []
        return try when(recording: offer + [.granted(grant, to: holder)], of: TestHost.self)
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

    /// Makes somebody the admin of an instance, or nobody, in a transaction of its own. Without it, no instance has one.
    ///
    /// - Parameter instance: whose admin; that of the module under test unless told otherwise.
    @discardableResult
    public func when(settingAdmin admin: Address?, of instance: InstanceIdentity? = nil) throws(HarnessError)
        -> Outcome<Module>
    {
        let administered = if let instance { instance } else { try identity }
        return try when(recording: [.adminChanged(admin, of: administered)], of: TestHost.self)
    }

    /// Makes somebody the chain's authority, or nobody, in a transaction of its own. Without it, there is none.
    @discardableResult
    public func when(settingAuthority authority: Address?) throws(HarnessError) -> Outcome<Module> {
        try when(recording: [.authorityChanged(authority)], of: TestHost.self)
    }
}

extension ModuleHarness.Given {
    /// Grants a privilege to the module under test, with an event.
    public static func grant(_ privilege: Privilege, cap: Amount? = nil) -> Self {
        Self(what: "the grant of \(privilege)") { (harness) throws(HarnessError) in
            try harness.when(granting: privilege, cap: cap).thenSucceeded()
        }
    }

    /// Makes somebody the admin of the module under test, with an event.
    public static func admin(_ admin: Address) -> Self {
        Self(what: "the admin") { (harness) throws(HarnessError) in
            try harness.when(settingAdmin: admin).thenSucceeded()
        }
    }

    /// Makes somebody the chain's authority, with an event.
    public static func authority(_ authority: Address) -> Self {
        Self(what: "the authority") { (harness) throws(HarnessError) in
            try harness.when(settingAuthority: authority).thenSucceeded()
        }
    }
}
