import ModuleKit
import StakingEvents
import VirtualStakingEvents

/// Native staking, as far as an instance of virtual staking asks it.
struct NativeStake {
    let context: VirtualStaking.Context
    /// The number of the native staking instance.
    let staking: UInt32

    init(_ settings: VirtualStakingSettings, _ context: VirtualStaking.Context) {
        self.context = context
        staking = settings.staking
    }

    /// The denomination of stake.
    func bondDenom() throws(ModuleError) -> Denom {
        try Denom(try context.ask(StakingQuery.with { $0.parameters = .init() }, of: staking).parameters.bondDenom)
    }

    /// What the instance's delegation to a validator is worth; zero where there is none.
    func worth(at validator: Address) throws(ModuleError) -> Amount {
        let query = StakingQuery.with {
            $0.delegation.delegator = context.addresses.format(context.identity.address, as: .account)
            $0.delegation.validator = context.operatorText(validator)
        }
        do throws(ModuleError) {
            return try Amount(try context.ask(query, of: staking).delegation.balance.amount)
        } catch {
            guard error.code == .delegationNotFound || error.code == .validatorNotFound else { throw error }
            return .zero
        }
    }

    /// How a validator stands; nil where there is none.
    func standing(of validator: Address) throws(ModuleError) -> Standing? {
        let query = StakingQuery.with { $0.validator.operator = context.operatorText(validator) }
        do throws(ModuleError) {
            return Standing(try context.ask(query, of: staking).validator.stake)
        } catch {
            guard error.code == .validatorNotFound else { throw error }
            return nil
        }
    }

    /// What can be done with stake at a validator.
    enum Standing {
        /// It can be bonded and let go.
        case active
        /// It is to be let go.
        case inactive
        /// A slash goes on: nothing enters or leaves.
        case frozen

        init(_ stake: StakingStake) {
            if stake.slashesInProgress > 0 {
                self = .frozen
            } else if stake.status == .bonded, !stake.isJailed, !stake.isTombstoned {
                self = .active
            } else {
                self = .inactive
            }
        }
    }
}

extension ModuleContext<VirtualStaking> {
    /// The text of a validator's operator.
    func operatorText(_ validator: Address) -> String { addresses.format(validator, as: .validatorOperator) }

    /// Reads the text of a validator's operator.
    func operatorAddress(_ text: String) throws(ModuleError) -> Address {
        try addresses.parse(text, as: .validatorOperator)
    }
}
