import Bank
import ModuleKit
import NativeStaking
import StakingEvents
import Testing

extension StakingChain {
    /// A chain on which 20 users and 20 validators' accounts have 1000 stake each (10^9 units), and these parameters.
    static func fresh(_ params: JSONValue = [:]) throws -> StakingChain {
        let accounts = (0..<20).flatMap { [Account.user($0), Account.validator($0)] } + [ProbeEvent.address]
        let balances = accounts.map { account in
            [
                "address": .string(Account.text(account)),
                "coins": [["denom": "stake", "amount": "1000000000"]],
            ] as JSONValue
        }
        return try StakingChain(
            ["bank": ["balances": .array(balances)]],
            configuration: ["slashing": "probe", "params": params]
        )
    }

    /// Makes validators 0, 1, … with this much stake of their own, in one block.
    func addValidators(_ amounts: [UInt64]) throws {
        try block {
            for (number, amount) in amounts.enumerated() {
                try send(.createValidator(number, amount), from: Account.validator(number))
            }
        }
    }

    func stake(of validator: Int) throws -> StakingStake {
        try ask(
            .with { $0.validator.operator = Account.operatorText(Account.validator(validator)) }
        ).validator.stake
    }

    func delegation(of delegator: Address, at validator: Int) throws(ModuleError) -> StakingDelegation {
        try ask(
            .with {
                $0.delegation.delegator = Account.text(delegator)
                $0.delegation.validator = Account.operatorText(Account.validator(validator))
            }
        ).delegation
    }

    func unbondings(of delegator: Address) throws -> [StakingUnbondingRecord] {
        try ask(.with { $0.unbondingDelegations.delegator = Account.text(delegator) }).unbondingDelegations.records
    }

    func activeSet() throws -> [String] {
        try ask(.with { $0.activeSet = .init() }).activeSet.powers.map { "\($0.moniker): \($0.power)" }
    }

    /// Expects a message to be refused with a code, and to change nothing.
    func expectRefusal(
        _ code: ModuleError.Code,
        of message: StakingMessage,
        from sender: Address,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let before = execution.events.entries.count
        let error = #expect(throws: ModuleError.self, sourceLocation: sourceLocation) {
            try send(message, from: sender)
        }
        #expect(error?.code == code, "\(error?.description ?? "")", sourceLocation: sourceLocation)
        #expect(execution.events.entries.count == before, sourceLocation: sourceLocation)
    }
}
