public import ModuleKit
import VaultEvents

/// What somebody gets of what was slashed, and has not got yet: it is paid before anything is destroyed, as soon as the coins
/// are in the vault.
public struct Bounty: Sendable, Hashable {
    /// How many an account keeps; of a slash beyond, all is destroyed.
    public static let countMax = 8

    /// Who.
    public let beneficiary: Address
    /// How much.
    public var amount: Amount

    /// Describes a bounty.
    public init(beneficiary: Address, amount: Amount) {
        self.beneficiary = beneficiary
        self.amount = amount
    }

    /// As much of it as there is; nil for nothing.
    func limited(to amount: Amount) -> Bounty? {
        let part = min(self.amount, amount)
        return part.isZero ? nil : Bounty(beneficiary: beneficiary, amount: part)
    }
}

extension VaultAccount {
    /// Promises a part of what was slashed, as much of it as is there.
    mutating func promise(_ bounty: Bounty) {
        let amount = min(bounty.amount, unburned.saturatingSubtracting(promised))
        guard !amount.isZero, bounties.count < Bounty.countMax else { return }
        bounties.append(Bounty(beneficiary: bounty.beneficiary, amount: amount))
    }

    /// Forgets so much of the oldest promise to somebody; coins that were paid are not to be destroyed any more.
    ///
    /// - Throws: `inconsistentVaultEvent` or `arithmeticUnderflow` for more than was promised.
    mutating func settle(_ amount: Amount, to beneficiary: Address, isPaid: Bool) throws(ModuleError) {
        guard let index = bounties.firstIndex(where: { $0.beneficiary == beneficiary }) else {
            throw ModuleError(.inconsistentVaultEvent, "nothing is promised to \(beneficiary): the log is damaged")
        }
        bounties[index].amount = try bounties[index].amount.subtracting(amount)
        if bounties[index].amount.isZero { bounties.remove(at: index) }
        if isPaid { unburned = try unburned.subtracting(amount) }
    }

    /// Takes back promises, the newest first, until all of them together are within what was slashed.
    mutating func trimBounties() {
        while let last = bounties.indices.last, promised > unburned {
            let excess = min(bounties[last].amount, promised.saturatingSubtracting(unburned))
            bounties[last].amount = bounties[last].amount.saturatingSubtracting(excess)
            if bounties[last].amount.isZero { bounties.removeLast() }
        }
    }

    /// All that is promised: part of `unburned`.
    var promised: Amount { bounties.reduce(.zero) { $0.saturatingAdding($1.amount) } }
}
