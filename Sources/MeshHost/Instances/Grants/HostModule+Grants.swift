internal import ModuleKit

/// Grants: the authority's decisions on which instance may record which privileged events, and up to what cap.
extension HostModule {
    /// Gives a grant, or gives a live one another cap; what goes beyond what its holder has is offered first.
    ///
    /// - Parameter actor: who decides; see `requireAuthority`.
    func grant(_ request: HostGrantPrivilege, by actor: Address, _ context: Context) throws(ModuleError) {
        try requireAuthority(actor, context)
        let instance = try record(try holder(request.instance, context), in: context)
        let grant = try checkedGrant(of: request.privilege, cap: request.cap, toModule: instance.module)
        let held = try self.grant(of: grant.privilege, to: instance.number, in: context)
        if held == grant {
            throw ModuleError(
                .alreadyExists,
                "\(instance.label) holds \(grant.privilege) already, with \(grant.cap.map { "a cap of \($0)" } ?? "no cap"): "
                    + "grant it with another cap to change it, or revoke it"
            )
        }
        if grant.exceeds(held) { try offer(grant, to: instance.number, context) }
        try requireWithinTotal(grant, to: instance.number, context)
        try emit(grant, to: instance.number, context)
    }

    /// Asks the instance whether it takes a grant; it vetoes it by throwing.
    private func offer(_ grant: Grant, to number: UInt32, _ context: Context) throws(ModuleError) {
        try context.emit(
            .with {
                $0.privilegeOffered = .with {
                    $0.number = number
                    $0.privilege = grant.privilege.name
                    $0.cap = grant.recordedCap
                }
            }
        )
    }

    /// Revokes a grant in two events: the cap falls to zero while the grant still lives, so that its holder can take back what
    /// it has by it; then the grant is gone.
    ///
    /// - Parameter actor: who decides; see `requireAuthority`.
    func revoke(_ request: HostRevokePrivilege, by actor: Address, _ context: Context) throws(ModuleError) {
        try requireAuthority(actor, context)
        let instance = try record(try holder(request.instance, context), in: context)
        let privilege = Privilege(request.privilege)
        guard try grant(of: privilege, to: instance.number, in: context) != nil else {
            let held = try privileges(heldBy: instance.number, in: context).joined(separator: ", ")
            throw ModuleError(
                .noSuchGrant,
                "\(instance.label) holds no grant of '\(privilege)'; it holds: \(held.isEmpty ? "none" : held)"
            )
        }
        try emitRevocation(of: privilege, from: instance.number, context)
    }

    /// Records that an instance's grant is gone, in the two events of every revocation.
    func emitRevocation(of privilege: Privilege, from number: UInt32, _ context: Context) throws(ModuleError) {
        try emit(Grant(privilege, cap: .zero), to: number, context)
        try context.emit(
            .with {
                $0.privilegeRevoked = .with {
                    $0.number = number
                    $0.privilege = privilege.name
                }
            }
        )
    }

    /// Records that an instance holds a grant from now on.
    func emit(_ grant: Grant, to number: UInt32, _ context: Context) throws(ModuleError) {
        try context.emit(
            .with {
                $0.privilegeGranted = .with {
                    $0.number = number
                    $0.privilege = grant.privilege.name
                    $0.height = context.block.height
                    $0.cap = grant.recordedCap
                }
            }
        )
    }

    func apply(_ granted: HostPrivilegeGranted, to state: StateWriter) throws(ModuleError) {
        let grant = try Grant(Privilege(granted.privilege), recordedCap: granted.cap)
        try grants.set(
            .with {
                $0.number = granted.number
                $0.privilege = grant.privilege.name
                $0.grantedHeight = granted.height
                $0.cap = grant.recordedCap
            },
            for: Pair(granted.number, granted.privilege),
            in: state
        )
        try revokedGrants.remove(Pair(granted.number, granted.privilege), in: state)
    }

    func apply(_ revoked: HostPrivilegeRevoked, to state: StateWriter) throws(ModuleError) {
        let key = Pair(revoked.number, revoked.privilege)
        try grants.remove(key, in: state)
        try revokedGrants.set(Unit(), for: key, in: state)
    }

    /// Whether an instance held a grant that was revoked, and may take back what it did under it.
    func hasHeld(_ privilege: Privilege, _ number: UInt32, in state: some StateReading) throws(ModuleError) -> Bool {
        try revokedGrants.contains(Pair(number, privilege.name), in: state)
    }

    /// The live grant of a privilege that an instance holds; nil when it holds none.
    func grant(of privilege: Privilege, to number: UInt32, in state: some StateReading) throws(ModuleError) -> Grant? {
        guard let stored = try grants.value(for: Pair(number, privilege.name), in: state) else { return nil }
        return try Grant(privilege, recordedCap: stored.cap)
    }

    /// Makes a grant of what was written down.
    ///
    /// - Parameter cap: a decimal text; empty for none.
    /// - Throws: `unknownPrivilege` when no registered version of the module has it; `invalidAmount` or `arithmeticOverflow`
    ///   for a cap that is no amount.
    func checkedGrant(of name: String, cap: String, toModule module: String) throws(ModuleError) -> Grant {
        let privilege = Privilege(name)
        let known = registry.modules.filter { $0.manifest.name == module }.flatMap(\.privileges)
        guard known.contains(privilege) else {
            let list = Set(known).sorted().map(\.name).joined(separator: ", ")
            throw ModuleError(
                .unknownPrivilege,
                "\(module) has no privilege '\(name)', so a grant of it would mean nothing; it has: "
                    + (list.isEmpty ? "none" : list)
            )
        }
        do throws(ModuleError) {
            return try Grant(privilege, recordedCap: cap)
        } catch {
            throw error.adding(context: "the cap of \(name)")
        }
    }

    /// The number of the instance that a decision is about; the host itself holds no grants.
    private func holder(_ reference: String, _ context: Context) throws(ModuleError) -> UInt32 {
        let number = try number(of: reference, in: context)
        guard number != Self.instanceNumber else {
            throw ModuleError(.unknownInstance, "the host itself holds no grants: name a deployed instance")
        }
        return number
    }

    /// All live grants, by instance, then privilege.
    func liveGrants(in state: some StateReading) throws(ModuleError) -> [HostGrant] {
        var found: [HostGrant] = []
        try grants.forEach(in: state) { (_, grant) throws(ModuleError) in
            found.append(grant)
            return true
        }
        return found
    }

    private func privileges(heldBy number: UInt32, in state: some StateReading) throws(ModuleError) -> [String] {
        var names: [String] = []
        try grants.forEach(startingWith: number, in: state) { (key, _) throws(ModuleError) in
            names.append(key.second)
            return true
        }
        return names
    }
}
