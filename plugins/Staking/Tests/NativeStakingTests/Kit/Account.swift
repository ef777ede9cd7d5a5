import Foundation
import ModuleKit
import ModuleTesting
import StakingEvents
import StakingTesting

/// Accounts and keys of the tests.
enum Account {
    static let stranger = Address(moduleName: "stranger")

    /// An account by number.
    static func user(_ number: Int) -> Address { Address(moduleName: "user \(number)") }
    /// A validator's account by number.
    static func validator(_ number: Int) -> Address { Address(moduleName: "validator \(number)") }

    static func text(_ address: Address) -> String { StakingChain.prefixes.format(address, as: .account) }
    static func operatorText(_ address: Address) -> String {
        StakingChain.prefixes.format(address, as: .validatorOperator)
    }

    /// A validator's consensus key by number.
    static func key(_ number: Int) -> [UInt8] {
        [UInt8](repeating: 7, count: 24) + (0..<8).map { UInt8(truncatingIfNeeded: number >> ($0 * 8)) }
    }

    /// The address of a validator's consensus key.
    static func consensusAddress(_ number: Int) -> Data {
        Data((try? Address(ed25519PublicKey: key(number)))?.bytes ?? [])
    }
}

extension StakingMessage {
    static func createValidator(
        _ number: Int,
        _ amount: UInt64,
        minimum: UInt64 = 1,
        rate: String = "0.1",
        maxRate: String = "0.2",
        maxChange: String = "0.01"
    ) -> StakingMessage {
        .with {
            $0.createValidator = .with {
                $0.description_p.moniker = "validator \(number)"
                $0.commission.rate = rate
                $0.commission.maxRate = maxRate
                $0.commission.maxChangeRate = maxChange
                $0.minSelfDelegation = String(minimum)
                $0.consensusKey = Data(Account.key(number))
                $0.value = .stake(amount)
            }
        }
    }

    static func delegate(_ amount: UInt64, to validator: Int) -> StakingMessage {
        .with {
            $0.delegate.validator = Account.operatorText(Account.validator(validator))
            $0.delegate.amount = .stake(amount)
        }
    }

    static func undelegate(_ amount: UInt64, from validator: Int) -> StakingMessage {
        .with {
            $0.undelegate.validator = Account.operatorText(Account.validator(validator))
            $0.undelegate.amount = .stake(amount)
        }
    }

    static func redelegate(_ amount: UInt64, from source: Int, to destination: Int) -> StakingMessage {
        .with {
            $0.redelegate.source = Account.operatorText(Account.validator(source))
            $0.redelegate.destination = Account.operatorText(Account.validator(destination))
            $0.redelegate.amount = .stake(amount)
        }
    }

    static func cancelUnbonding(_ amount: UInt64, from validator: Int, since height: UInt64) -> StakingMessage {
        .with {
            $0.cancelUnbonding.validator = Account.operatorText(Account.validator(validator))
            $0.cancelUnbonding.amount = .stake(amount)
            $0.cancelUnbonding.creationHeight = height
        }
    }

    static let unjail = StakingMessage.with { $0.unjail = .init() }

    static func edit(_ change: (inout StakingEditValidator) -> Void) -> StakingMessage {
        .with { change(&$0.editValidator) }
    }
}

extension ProbeEvent {
    static func slash(_ validator: Int, _ fraction: String, since height: UInt64, power: UInt64) -> ProbeEvent {
        .with {
            $0.slashed.consensusAddress = Account.consensusAddress(validator)
            $0.slashed.fraction = fraction
            $0.slashed.infractionHeight = height
            $0.slashed.power = power
        }
    }

    static func jail(_ validator: Int, until time: UInt64 = 0) -> ProbeEvent {
        .with {
            $0.jailed.consensusAddress = Account.consensusAddress(validator)
            $0.jailed.untilNanoseconds = time
        }
    }

    static func tombstone(_ validator: Int) -> ProbeEvent {
        .with { $0.tombstoned.consensusAddress = Account.consensusAddress(validator) }
    }

    static func stake(_ amount: UInt64, at validator: Int, for owner: Address? = nil) -> ProbeEvent {
        .with {
            $0.staked.validator = Account.operatorText(Account.validator(validator))
            $0.staked.amount = .stake(amount)
            $0.staked.owner = owner.map(Account.text) ?? ""
        }
    }

    static func stakeOnGrant(_ amount: UInt64, at validator: Int, for owner: Address? = nil) -> ProbeEvent {
        .with {
            $0.stakedOnGrant.validator = Account.operatorText(Account.validator(validator))
            $0.stakedOnGrant.amount = .stake(amount)
            $0.stakedOnGrant.owner = owner.map(Account.text) ?? ""
        }
    }

    static func unstake(_ amount: UInt64, from validator: Int, for owner: Address? = nil) -> ProbeEvent {
        .with {
            $0.unstaked.validator = Account.operatorText(Account.validator(validator))
            $0.unstaked.amount = .stake(amount)
            $0.unstaked.owner = owner.map(Account.text) ?? ""
        }
    }

    static func unstakeAtOnce(_ amount: UInt64, from validator: Int, for owner: Address? = nil) -> ProbeEvent {
        .with {
            $0.unstakedAtOnce.validator = Account.operatorText(Account.validator(validator))
            $0.unstakedAtOnce.amount = .stake(amount)
            $0.unstakedAtOnce.owner = owner.map(Account.text) ?? ""
        }
    }

    static func restake(_ amount: UInt64, from source: Int, to destination: Int, for owner: Address? = nil)
        -> ProbeEvent
    {
        .with {
            $0.restaked.validator = Account.operatorText(Account.validator(source))
            $0.restaked.destination = Account.operatorText(Account.validator(destination))
            $0.restaked.amount = .stake(amount)
            $0.restaked.owner = owner.map(Account.text) ?? ""
        }
    }

    static func unjail(_ validator: Int) -> ProbeEvent {
        .with { $0.unjailed.consensusAddress = Account.consensusAddress(validator) }
    }
}
