public import ModuleKit
import VaultEvents

extension Vault {
    /// What must always hold: every account's own invariants, holders that are known, and no request without an answer.
    ///
    /// A walk over everything: for audits and tests. It is to be asked between transactions, because within one a request
    /// may be open.
    public func invariants(_ state: StateReader) throws(ModuleError) -> [InvariantViolation] {
        var violations: [InvariantViolation] = []
        try accounts.forEach(in: state) { (owner, record) throws(ModuleError) in
            let account = try VaultAccount(record)
            violations += account.faults.map { InvariantViolation($0.name, "\(owner): \($0.detail)") }
            if account.isEmpty {
                violations.append(InvariantViolation("accounts-hold-something", "\(owner) has an empty account"))
            }
            for lien in account.liens where try !holders.contains(lien.holder, in: state) {
                violations.append(
                    InvariantViolation("holders-known", "\(owner) has a lien of the unknown instance \(lien.holder)")
                )
            }
            return true
        }
        for request in try openRequests.value(in: state)?.requests ?? [] {
            violations.append(
                InvariantViolation(
                    "requests-answered",
                    "transaction \(request.transaction) waits for a holder's answer"
                )
            )
        }
        return violations
    }

    /// What the vault's module account has to hold: what belongs to users or is to be destroyed, without what is lent.
    ///
    /// - Throws: `arithmeticOverflow` for more than can exist.
    public func coinsHeld(_ state: some StateReading) throws(ModuleError) -> Amount {
        var sum = Amount.zero
        try accounts.forEach(in: state) { (_, record) throws(ModuleError) in
            let account = try VaultAccount(record)
            sum = try sum.adding(account.collateral).adding(account.unburned).subtracting(account.lent)
            return true
        }
        return sum
    }
}
