public import ModuleKit

extension VirtualStaking {
    /// What must always hold: stakes add up to their totals, nothing of zero is stored, no more is owed than is bonded,
    /// nothing that was given back is left unburned, what is bonded and not owed is within the cap, and no validator with stake
    /// is a former one.
    ///
    /// Of two things more the state of others is a part: minted = minus the supply's offset, and no delegation is worth less
    /// than is minted for it. A delegation to a validator that was never slashed is worth exactly that. After a slash,
    /// roundings of other delegators may leave it worth more, by less than a unit each.
    ///
    /// A walk over everything, to be asked between transactions.
    public func invariants(_ state: StateReader) throws(ModuleError) -> [InvariantViolation] {
        var violations: [InvariantViolation] = []
        func expect(_ holds: Bool, _ name: String, _ detail: @autoclosure () -> String) {
            if !holds { violations.append(InvariantViolation(name, detail())) }
        }
        var sum = Amount.zero
        try minted.forEach(in: state) { (validator, amount) throws(ModuleError) in
            sum = sum.saturatingAdding(amount)
            expect(!amount.isZero, "stakes-above-zero", "\(validator) has an entry of 0")
            return true
        }
        var debt = Amount.zero
        try owed.forEach(in: state) { (validator, amount) throws(ModuleError) in
            debt = debt.saturatingAdding(amount)
            let bonded = try minted.value(for: validator, in: state) ?? .zero
            expect(!amount.isZero, "debts-above-zero", "\(validator) has an entry of 0")
            expect(amount <= bonded, "debts-within-stakes", "\(validator) has \(bonded), and \(amount) is owed")
            return true
        }
        try formerValidators.forEach(in: state) { (validator, _) throws(ModuleError) in
            let isFormer = try !minted.contains(validator, in: state)
            expect(isFormer, "former-without-stake", "\(validator) has stake")
            return true
        }
        let (mintedTotal, owedTotal) = (try self.sum(of: mintedTotal, state), try self.sum(of: owedTotal, state))
        let cap = try self.sum(of: cap, state)
        let free = mintedTotal.saturatingSubtracting(owedTotal)
        expect(sum == mintedTotal, "stakes-add-up", "validators have \(sum), the total is \(mintedTotal)")
        expect(debt == owedTotal, "debts-add-up", "at validators \(debt) is owed, the total is \(owedTotal)")
        expect(free <= cap, "stake-within-cap", "\(free) is bonded under a cap of \(cap)")
        expect(try returned.value(in: state) == nil, "nothing-unburned", "what was given back is not burned")
        return violations
    }
}
