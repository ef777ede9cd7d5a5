import LocalStaking
import LocalStakingEvents
import ModuleKit
import ModuleTesting
import NativeStaking
import StakingEvents
import Testing
import Vault
import VaultEvents

/// Slashes of validators of this chain.
extension LocalChain {
    /// A chain whose powers are tokens, so that a fraction of a validator's power is that of its stake.
    static func exact(
        validators: Int = 3,
        params: [(String, JSONValue)] = [],
        people: [Address] = [.named("alice"), .named("bob"), .named("carol")]
    ) throws -> LocalChain {
        try LocalChain(validators: validators, params: params + [("power_reduction", "1")], people: people)
    }

    var height: UInt64 { harness.block.height }

    func tokens(_ validator: Int) throws -> UInt64 {
        let query = StakingQuery.with { $0.validator.operator = operatorText(validator) }
        return UInt64(try harness.query(query, of: NativeStaking.self).validator.stake.tokens) ?? 0
    }

    /// Slashes a validator for the power that it has now.
    @discardableResult
    func slash(_ validator: Int, _ fraction: String, since height: UInt64? = nil) throws -> Outcome<LocalStaking> {
        try punish(validator, fraction, since: height ?? self.height, power: try tokens(validator))
    }

    /// The lien that the desk has.
    func lienAfar(of owner: Address) throws -> String {
        let number = try harness.identity(of: Desk.self).number
        return try vaultAccount(of: owner).liens.first { $0.holder.number == number }?.amount.high ?? "0"
    }

    func collateral(of owner: Address) throws -> String { try vaultAccount(of: owner).bonded }

    var isRecounting: Bool {
        get throws { try !harness.module.recounts.entries(in: harness.state, limit: 1).isEmpty }
    }

    /// How much more is recorded of a user's stake than his sub-account has.
    func deficit(of owner: Address) throws -> Amount {
        let account = try harness.module.accounts.value(for: owner, in: harness.state) ?? StakeAccount()
        let subAccount = try self.account(of: owner).subAccount
        var deficit = Amount.zero
        for stake in account.stakes {
            let validator = harness.addresses.format(stake.validator, as: .validatorOperator)
            let delegations = try harness.query(
                .with {
                    $0.delegations.delegator = subAccount
                    $0.delegations.page.limit = 1_000
                },
                of: NativeStaking.self
            ).delegations.delegations
            let unbondings = try harness.query(
                .with {
                    $0.unbondingDelegations.delegator = subAccount
                    $0.unbondingDelegations.page.limit = 1_000
                },
                of: NativeStaking.self
            ).unbondingDelegations.records
            let worth = try delegations.filter { $0.validator == validator }.reduce(Amount.zero) {
                try $0.adding(try Amount($1.balance.amount))
            }
            let left = try unbondings.filter { $0.validator == validator }.flatMap(\.entries).reduce(Amount.zero) {
                try $0.adding(try Amount($1.balance))
            }
            deficit = try deficit.adding(stake.delegated.saturatingSubtracting(worth))
            deficit = try deficit.adding(stake.entries.saturatingSubtracting(left))
        }
        return deficit
    }

    /// More has been unbonding from a validator than a slash visits in one block.
    func slowDown(_ validator: Int, since height: UInt64) throws {
        let unbondings = (0..<510).map { number in
            StakingEvent.with {
                $0.unbondingImported.delegator = text(.named("delegator \(number)"))
                $0.unbondingImported.validator = operatorText(validator)
                $0.unbondingImported.entries = [
                    .with {
                        $0.creationHeight = height
                        $0.completionTimeNanoseconds = harness.block.time.nanoseconds + 1_000_000_000_000
                        $0.initialBalance = "10"
                        $0.balance = "0"
                    }
                ]
            }
        }
        try harness.when(recording: unbondings, of: NativeStaking.self).thenSucceeded()
    }
}
