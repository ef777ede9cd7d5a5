import BankEvents
import ModuleKit

/// What is asked of the bank.
extension Transfer {
    /// Checks that a denomination can be sent.
    ///
    /// - Throws: `sendDisabled`.
    func requireSendEnabled(_ denom: Denom, _ context: Context) throws(ModuleError) {
        let answer = try askBank(.with { $0.denom.denom = denom.text }, context)
        guard answer.denom.sendEnabled else {
            throw ModuleError(.sendDisabled, "\(denom) can't be sent on this chain: the bank's admin has to enable it")
        }
    }

    /// Whether an account takes nothing from others.
    func isBlocked(_ address: Address, _ context: Context) throws(ModuleError) -> Bool {
        let text = context.addresses.format(address, as: .account)
        return try askBank(.with { $0.receiving.address = text }, context).receiving.blocked
    }

    /// What an account holds.
    func balance(of address: Address, _ denom: Denom, _ context: Context) throws(ModuleError) -> Amount {
        let text = context.addresses.format(address, as: .account)
        let query = BankQuery.with {
            $0.balance.address = text
            $0.balance.denom = denom.text
        }
        return try askBank(query, context).balance.coin().amount
    }

    private func askBank(_ query: BankQuery, _ context: Context) throws(ModuleError) -> BankAnswer {
        guard let bank = context.firstInstance(ofModule: "bank") else {
            throw ModuleError(.notFound, "this chain has no bank: deploy one before transfers")
        }
        return try context.ask(query, of: bank.number)
    }
}
