import LocalStakingEvents
import ModuleKit
import StakingEvents

/// What native staking is asked.
extension LocalStaking {
    /// The instance of native staking.
    ///
    /// - Throws: `noNativeStaking`.
    func nativeStaking(_ context: Context) throws(ModuleError) -> InstanceIdentity {
        guard let staking = context.firstInstance(ofModule: "staking") else {
            throw ModuleError(.noNativeStaking, "this chain has no native staking: deploy it before local staking")
        }
        return staking
    }

    /// The denomination that can be staked.
    func bondDenom(_ context: Context) throws(ModuleError) -> String {
        let query = StakingQuery.with { $0.parameters = .init() }
        return try context.ask(query, of: try nativeStaking(context).number).parameters.bondDenom
    }

    /// What the delegation of a user's sub-account is worth; zero where there is none.
    func worth(of owner: Address, at validator: Address, _ context: Context) throws(ModuleError) -> Amount {
        let query = StakingQuery.with {
            $0.delegation.delegator = subAccountText(of: owner, context)
            $0.delegation.validator = context.addresses.format(validator, as: .validatorOperator)
        }
        do {
            return try Amount(try context.ask(query, of: try nativeStaking(context).number).delegation.balance.amount)
        } catch {
            guard error.code == .delegationNotFound else { throw error }
            return .zero
        }
    }

    /// What of a user's sub-account is unbonding from a validator, after all slashes.
    func unbonding(of owner: Address, at validator: Address, _ context: Context) throws(ModuleError) -> Amount {
        var sum = Amount.zero
        for entry in try unbondings(of: owner, at: validator, context) {
            sum = try sum.adding(try Amount(entry.balance))
        }
        return sum
    }

    /// The entries of a user's sub-account that are unbonding from a validator.
    func unbondings(of owner: Address, at validator: Address, _ context: Context) throws(ModuleError)
        -> [StakingUnbondingEntry]
    {
        let text = context.addresses.format(validator, as: .validatorOperator)
        let query = StakingQuery.with {
            $0.unbondingDelegations.delegator = subAccountText(of: owner, context)
            $0.unbondingDelegations.page.start = text
            $0.unbondingDelegations.page.limit = 1
        }
        let answer = try context.ask(query, of: try nativeStaking(context).number).unbondingDelegations
        return answer.records.first { $0.validator == text }?.entries ?? []
    }

    private func subAccountText(of owner: Address, _ context: Context) -> String {
        context.addresses.format(Address(instance: context.identity.address, account: owner), as: .account)
    }
}
