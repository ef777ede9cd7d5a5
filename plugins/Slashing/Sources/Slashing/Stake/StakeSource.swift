import ModuleKit
import SlashingEvents
import StakingEvents

/// Native staking, as far as slashing asks it.
struct StakeSource {
    /// A validator, as native staking has it.
    struct Validator {
        let operatorAddress: Address
        let consensusAddress: Address
        let status: StakingBondStatus
        let isJailed: Bool
        let isTombstoned: Bool
        let jailedUntil: Timestamp
        let minSelfDelegation: Amount
    }

    let context: Slashing.Context
    private let staking: UInt32

    /// - Throws: `slashingNotReady` when the instance that the settings name is not deployed.
    init(_ settings: SlashingSettings?, _ context: Slashing.Context) throws(ModuleError) {
        let label = settings?.stakingInstance ?? "staking"
        guard let staking = context.instance(named: label) else {
            throw ModuleError(.slashingNotReady, "there is no instance \(label) whose validators could sign: deploy it")
        }
        self.context = context
        self.staking = staking.number
    }

    /// The validator with a consensus key; nil where there is none.
    func validator(withConsensusAddress address: Address) throws(ModuleError) -> Validator? {
        try validator(.with { $0.consensusAddress = context.consensusText(address) })
    }

    /// The validator of an operator; nil where there is none.
    func validator(of operatorAddress: Address) throws(ModuleError) -> Validator? {
        try validator(.with { $0.operator = context.operatorText(operatorAddress) })
    }

    /// What an operator's own delegation is worth; nil where there is none.
    func selfDelegation(of operatorAddress: Address) throws(ModuleError) -> Amount? {
        let query = StakingQuery.with {
            $0.delegation.delegator = context.addresses.format(operatorAddress, as: .account)
            $0.delegation.validator = context.operatorText(operatorAddress)
        }
        do throws(ModuleError) {
            return try Amount(try context.ask(query, of: staking).delegation.balance.amount)
        } catch {
            guard error.code == .delegationNotFound else { throw error }
            return nil
        }
    }

    private func validator(_ query: StakingValidatorQuery) throws(ModuleError) -> Validator? {
        let answer: StakingValidator
        do throws(ModuleError) {
            answer = try context.ask(StakingQuery.with { $0.validator = query }, of: staking).validator
        } catch {
            guard error.code == .validatorNotFound else { throw error }
            return nil
        }
        return Validator(
            operatorAddress: try Address(bech32: answer.operator),
            consensusAddress: try Address(ed25519PublicKey: [UInt8](answer.consensusKey)),
            status: answer.stake.status,
            isJailed: answer.stake.isJailed,
            isTombstoned: answer.stake.isTombstoned,
            jailedUntil: Timestamp(nanoseconds: answer.stake.jailedUntilNanoseconds),
            minSelfDelegation: try Amount(answer.minSelfDelegation)
        )
    }
}

extension Slashing {
    /// Native staking.
    func stakeSource(_ context: Context) throws(ModuleError) -> StakeSource {
        try StakeSource(try collections.settings.value(in: context), context)
    }
}

extension ModuleContext<Slashing> {
    /// The text of a validator's operator.
    func operatorText(_ validator: Address) -> String { addresses.format(validator, as: .validatorOperator) }
    /// The text of a consensus address.
    func consensusText(_ address: Address) -> String { addresses.format(address, as: .consensus) }
}
