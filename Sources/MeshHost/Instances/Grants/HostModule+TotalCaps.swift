internal import ModuleKit

/// Total caps: what the caps of all grants of a privilege may add up to.
///
/// A cap bounds one instance. Where anybody may deploy many, the authority bounds them together: all virtual stake on a chain,
/// say. Invariant: where a privilege has a total cap, each of its grants has a cap, and these add up to no more.
extension HostModule {
    /// Bounds a privilege's grants together, changes the bound, or lifts it.
    ///
    /// - Parameter actor: who decides; see `requireAuthority`.
    func setTotalCap(_ request: HostSetTotalCap, by actor: Address, _ context: Context) throws(ModuleError) {
        try requireAuthority(actor, context)
        let cap = request.cap.isEmpty ? nil : try amount(request.cap, of: request.privilege)
        guard try totalCap(of: Privilege(request.privilege), in: context) != cap else {
            let current = cap.map { "is \($0)" } ?? "is none"
            throw ModuleError(.alreadyExists, "the total cap of \(request.privilege) \(current) already: set another")
        }
        try emitTotalCap(cap, of: request.privilege, context)
    }

    /// Records a total cap once it is certain that the live grants keep to it.
    ///
    /// - Throws: `unknownPrivilege` when no registered module has it; `totalCapExceeded`.
    func emitTotalCap(_ cap: Amount?, of name: String, _ context: Context) throws(ModuleError) {
        let privilege = Privilege(name)
        let known = Set(registry.modules.flatMap(\.privileges)).sorted()
        guard known.contains(privilege) else {
            let list = known.map(\.name).joined(separator: ", ")
            throw ModuleError(
                .unknownPrivilege,
                "no module has a privilege '\(name)', so a total cap would mean nothing; there are: "
                    + (list.isEmpty ? "none" : list)
            )
        }
        if let cap { try requireSum(of: privilege, plus: nil, atMost: cap, in: context) }
        try context.emit(
            .with {
                $0.totalCapSet.privilege = name
                $0.totalCapSet.cap = cap?.description ?? ""
            }
        )
    }

    func apply(_ change: HostTotalCapSet, to state: StateWriter) throws(ModuleError) {
        guard !change.cap.isEmpty else { return try totalCaps.remove(change.privilege, in: state) }
        let total = HostTotalCap.with {
            $0.privilege = change.privilege
            $0.cap = change.cap
        }
        try totalCaps.set(total, for: change.privilege, in: state)
    }

    /// Makes sure that a grant, beside all others of its privilege, keeps to the total cap.
    ///
    /// - Parameter number: the instance that is to hold it; what it holds by now does not count.
    /// - Throws: `totalCapExceeded`.
    func requireWithinTotal(_ grant: Grant, to number: UInt32, _ context: Context) throws(ModuleError) {
        guard let total = try totalCap(of: grant.privilege, in: context) else { return }
        guard let cap = grant.cap else {
            throw ModuleError(
                .totalCapExceeded,
                "all grants of \(grant.privilege) together are capped at \(total), so none goes without a cap: give it one"
            )
        }
        try requireSum(of: grant.privilege, plus: (number, cap), atMost: total, in: context)
    }

    /// What the caps of a privilege's grants may add up to; nil where nothing bounds them.
    func totalCap(of privilege: Privilege, in state: some StateReading) throws(ModuleError) -> Amount? {
        try totalCaps.value(for: privilege.name, in: state).map { (total) throws(ModuleError) in try Amount(total.cap) }
    }

    /// All total caps, by privilege.
    func allTotalCaps(in state: some StateReading) throws(ModuleError) -> [HostTotalCap] {
        var found: [HostTotalCap] = []
        try totalCaps.forEach(in: state) { (_, total) throws(ModuleError) in
            found.append(total)
            return true
        }
        return found
    }

    /// The privileges whose grants do not keep to the total cap.
    func totalCapViolations(in state: some StateReading) throws(ModuleError) -> [InvariantViolation] {
        var violations: [InvariantViolation] = []
        for total in try allTotalCaps(in: state) {
            do throws(ModuleError) {
                let cap = try Amount(total.cap)
                try requireSum(of: Privilege(total.privilege), plus: nil, atMost: cap, in: state)
            } catch {
                violations.append(InvariantViolation("grants-keep-to-total-caps", error.message))
            }
        }
        return violations
    }

    /// Adds up the caps of a privilege's grants.
    ///
    /// - Parameter change: an instance and the cap that it is to have.
    /// - Throws: `totalCapExceeded` when they are over the limit, or one has no cap.
    /// - Complexity: O(live grants). Only the authority adds any, or asks.
    private func requireSum(
        of privilege: Privilege,
        plus change: (number: UInt32, cap: Amount)?,
        atMost limit: Amount,
        in state: some StateReading
    ) throws(ModuleError) {
        var left: Amount? = limit
        if let change { left = try? limit.subtracting(change.cap) }
        try grants.forEach(in: state) { (key, stored) throws(ModuleError) in
            guard key.second == privilege.name, key.first != change?.number else { return true }
            guard let cap = try Grant(privilege, recordedCap: stored.cap).cap else {
                let holder = try record(key.first, in: state).label
                throw ModuleError(
                    .totalCapExceeded,
                    "\(holder) holds \(privilege) without a cap, so no total is kept to: grant it with a cap first"
                )
            }
            left = left.flatMap { try? $0.subtracting(cap) }
            return left != nil
        }
        guard left != nil else {
            throw ModuleError(
                .totalCapExceeded,
                "the caps of all grants of \(privilege) would add up to more than \(limit): lower a cap, revoke a grant, or "
                    + "set another total"
            )
        }
    }

    private func amount(_ text: String, of privilege: String) throws(ModuleError) -> Amount {
        do throws(ModuleError) {
            return try Amount(text)
        } catch {
            throw error.adding(context: "the total cap of \(privilege)")
        }
    }
}
