import BankEvents
internal import Foundation
import ModuleKit
import RewardsEvents
import StakingEvents

/// The bank and native staking, as far as rewards ask them.
struct StakeSource {
    let context: Rewards.Context
    private let bank: UInt32
    private let staking: UInt32

    /// - Throws: `rewardsNotReady` when one of them is not deployed.
    init(_ settings: RewardsSettings?, _ context: Rewards.Context) throws(ModuleError) {
        let label = settings?.stakingInstance ?? ""
        guard let bank = context.firstInstance(ofModule: "bank"), let staking = context.instance(named: label) else {
            throw ModuleError(
                .rewardsNotReady,
                "there is no bank, or no instance \(label) whose delegations earn: deploy it"
            )
        }
        self.context = context
        self.bank = bank.number
        self.staking = staking.number
    }

    /// The denomination of stake.
    func bondDenom() throws(ModuleError) -> Denom {
        try Denom(try context.ask(StakingQuery.with { $0.parameters = .init() }, of: staking).parameters.bondDenom)
    }

    /// The coins of bonded validators, virtual stake included.
    func bonded() throws(ModuleError) -> Amount {
        try Amount(try context.ask(StakingQuery.with { $0.pool = .init() }, of: staking).pool.bonded.amount)
    }

    /// The reported supply, in which virtual stake does not count.
    func supply(of denom: Denom) throws(ModuleError) -> Amount {
        let query = BankQuery.with { $0.supply.denom = denom.text }
        return try Amount(try context.ask(query, of: bank).supply.reported.amount)
    }

    /// What an account holds from a denomination on, of a number of denominations at most, and which one would be next.
    func balances(of account: Address, from start: Denom?, limit: UInt32) throws(ModuleError)
        -> (coins: Coins, next: Denom?)
    {
        let query = BankQuery.with {
            $0.allBalances.address = context.addresses.format(account, as: .account)
            $0.allBalances.startDenom = start?.text ?? ""
            $0.allBalances.limit = limit
        }
        let page = try context.ask(query, of: bank).allBalances
        return (try Coins(page.balances), page.nextDenom.isEmpty ? nil : try Denom(page.nextDenom))
    }

    /// What an account holds of a denomination.
    func balance(of account: Address, _ denom: Denom) throws(ModuleError) -> Amount {
        let query = BankQuery.with {
            $0.balance.address = context.addresses.format(account, as: .account)
            $0.balance.denom = denom.text
        }
        return try Amount(try context.ask(query, of: bank).balance.amount)
    }

    /// Whether an account takes no coins from others.
    func isBlocked(_ account: Address) throws(ModuleError) -> Bool {
        let query = BankQuery.with { $0.receiving.address = context.addresses.format(account, as: .account) }
        return try context.ask(query, of: bank).receiving.blocked
    }

    /// What a validator has.
    func tokens(of validator: Address) throws(ModuleError) -> Amount {
        let query = StakingQuery.with { $0.validator.operator = context.operatorText(validator) }
        return try Amount(try context.ask(query, of: staking).validator.stake.tokens)
    }

    /// The operator of the validator with a consensus key; nil where there is none.
    func validator(withConsensusAddress address: Address) throws(ModuleError) -> Address? {
        let text = context.addresses.format(address, as: .consensus)
        do throws(ModuleError) {
            let query = StakingQuery.with { $0.validator.consensusAddress = text }
            return try Address(bech32: try context.ask(query, of: staking).validator.operator)
        } catch {
            guard error.code == .validatorNotFound else { throw error }
            return nil
        }
    }
}

extension Rewards {
    /// The bank and native staking.
    func stakeSource(_ context: Context) throws(ModuleError) -> StakeSource {
        try StakeSource(try collections.settings.value(in: context), context)
    }
}

extension ModuleContext<Rewards> {
    /// The text of a validator's operator.
    func operatorText(_ validator: Address) -> String { addresses.format(validator, as: .validatorOperator) }
    /// The text of an account.
    func accountText(_ account: Address) -> String { addresses.format(account, as: .account) }
}
