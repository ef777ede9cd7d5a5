import GovernanceEvents
import ModuleKit
import StakingEvents

// What governance asks native staking.
extension Governance {
    /// The module of that instance.
    static let stakingModuleName = "staking"

    /// The instance whose stake votes; nil where there is none of that label.
    func staking(_ context: Context) throws(ModuleError) -> InstanceIdentity? {
        context.instance(named: try collections.currentSettings(context).stakingInstance)
    }

    /// Asks the instance whose stake votes.
    ///
    /// - Throws: `notFound` when there is none; what it throws.
    func ask(_ query: StakingQuery, _ context: Context) throws(ModuleError) -> StakingAnswer {
        guard let staking = try staking(context) else {
            throw ModuleError(.notFound, "governance counts no instance's stake: configure it with an existing label")
        }
        return try context.ask(query, of: staking.number)
    }

    /// All delegations of an account.
    func stakes(of delegator: Address, _ context: Context) throws(ModuleError) -> [GovernanceStake] {
        var stakes: [GovernanceStake] = []
        var page = StakingPageRequest.with { $0.limit = 1_000 }
        repeat {
            let query = StakingQuery.with {
                $0.delegations.delegator = text(of: delegator, context)
                $0.delegations.page = page
            }
            let answer = try ask(query, context).delegations
            for delegation in answer.delegations {
                stakes.append(
                    .with {
                        $0.validator = delegation.validator
                        $0.shares = delegation.shares
                    }
                )
            }
            page.start = answer.next
        } while !page.start.isEmpty
        return stakes
    }

    /// What an account has at a validator; nothing where it has no delegation.
    func shares(of delegator: Address, at validator: Address, _ context: Context) throws(ModuleError) -> Decimal18 {
        do throws(ModuleError) {
            let query = StakingQuery.with {
                $0.delegation.delegator = text(of: delegator, context)
                $0.delegation.validator = context.addresses.format(validator, as: .validatorOperator)
            }
            return try Decimal18(try ask(query, context).delegation.shares)
        } catch {
            guard error.code == .delegationNotFound else { throw error }
            return .zero
        }
    }

    /// Whether an account is a validator's operator.
    func isValidator(_ account: Address, _ context: Context) throws(ModuleError) -> Bool {
        do throws(ModuleError) {
            let text = context.addresses.format(account, as: .validatorOperator)
            _ = try ask(.with { $0.validator.operator = text }, context)
            return true
        } catch {
            guard error.code == .validatorNotFound else { throw error }
            return false
        }
    }

    /// Visits all bonded validators: the active set.
    ///
    /// - Complexity: O(bonded validators). Anybody can make others, and they cost nothing here.
    func forEachBonded(
        _ context: Context,
        _ visit: (Address, StakingStake) throws(ModuleError) -> Void
    ) throws(ModuleError) {
        var page = StakingPageRequest.with { $0.limit = 1_000 }
        repeat {
            let answer = try ask(.with { $0.activeValidators.page = page }, context).activeValidators
            for power in answer.powers {
                let validator = try ask(.with { $0.validator.operator = power.operator }, context).validator
                try visit(try Address(bech32: validator.operator), validator.stake)
            }
            page.start = answer.next
        } while !page.start.isEmpty
    }

    /// An account as events carry it.
    func text(of account: Address, _ context: Context) -> String { context.addresses.format(account, as: .account) }
}
