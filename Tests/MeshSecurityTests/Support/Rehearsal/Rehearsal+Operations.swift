import Bank
import BankEvents
import Converter
import ExternalStaking
import ExternalStakingEvents
import Foundation
import GovernanceEvents
import InterchainEvents
import LocalStaking
import LocalStakingEvents
import ModuleKit
import ModuleTesting
import NativeStaking
import StakingEvents
import Vault
import VaultEvents

/// Operations, by the names that the transcripts have for them.
extension Rehearsal {
    /// - Parameter answer: the acknowledgement that the transcript has for a packet that is delivered.
    func perform(_ op: String, _ arguments: Transcript.Arguments, answer: String?) throws -> Performance {
        switch op {
        case "deliver": return try deliver(arguments, answer: answer)
        case "ack": return try acknowledge(arguments)
        case "timeout": return try timeOut(arguments)
        case "close_channel": return try close()
        case "advance": return Performance()
        case "epoch", "set_max_cap", "set_price", "slash", "valset_update", "reward":
            guard cast.hasConsumer else { return .theirs }
            return try performOnConsumer(op, arguments)
        default:
            guard cast.hasProvider else { return .theirs }
            return op == "exec_raw" ? try carryOut(arguments) : .provider(try performOnProvider(op, arguments))
        }
    }

    private func performOnConsumer(_ op: String, _ arguments: Transcript.Arguments) throws -> Performance {
        let consumer = consumers[arguments.c ?? 0]
        switch op {
        case "epoch": return .consumer(try consumer.nextBlockWithEpoch())
        case "set_max_cap": return .consumer(try consumer.setCap(arguments.amount ?? 0))
        case "set_price":
            let sender = arguments.sender.map { Address.named($0) } ?? .authority
            return .consumer(try consumer.setPrice(arguments.price ?? "", from: sender))
        case "slash": return .consumer(try slash(arguments, consumer))
        case "valset_update": return .consumer(try change(arguments, consumer))
        default: return .consumer(try consumer.reward(arguments.amount ?? 0, at: arguments.validator ?? ""))
        }
    }

    private func performOnProvider(_ op: String, _ arguments: Transcript.Arguments) throws -> Happening {
        let user = provider.account(arguments.user ?? "")
        let coin = provider.coin(arguments)
        let validator = arguments.validator ?? ""
        switch op {
        case "fund":
            guard arguments.amount != 0 else { return Happening() }
            let address = provider.text(user)
            let send = BankMessage.with {
                $0.send.toAddress = address
                $0.send.amount = [coin]
            }
            return try provider.send(send, to: Bank.self, from: .faucet)
        case "bond": return try provider.send(.with { $0.bond.amount = coin }, to: Vault.self, from: user)
        case "unbond": return try provider.send(.with { $0.unbond.amount = coin }, to: Vault.self, from: user)
        case "stake_remote":
            let name = try consumerOperator(validator)
            let holder = ProviderChain.label(arguments.c ?? 0)
            let stake = VaultMessage.with {
                $0.stakeRemote.holder = holder
                $0.stakeRemote.validator = name
                $0.stakeRemote.amount = coin
            }
            return try provider.send(stake, to: Vault.self, from: user)
        case "stake_local":
            let name = try providerOperator(validator)
            let stake = VaultMessage.with {
                $0.stakeLocal.validator = name
                $0.stakeLocal.amount = coin
            }
            return try provider.send(stake, to: Vault.self, from: user)
        case "unstake":
            let name = try consumerOperator(validator)
            let unstake = ExternalStakingMessage.with {
                $0.unstake.validator = name
                $0.unstake.amount = coin
            }
            return try provider.send(unstake, to: ExternalStaking.self, from: user)
        case "withdraw_unbonded":
            return try provider.send(.with { $0.withdrawUnbonded = .init() }, to: ExternalStaking.self, from: user)
        case "withdraw_rewards":
            let name = try consumerOperator(validator)
            let recipient = recipientText(arguments.recipient ?? "")
            let withdrawal = ExternalStakingMessage.with {
                $0.withdrawRewards.validator = name
                $0.withdrawRewards.remoteRecipient = recipient
            }
            return try provider.send(withdrawal, to: ExternalStaking.self, from: user)
        case "unstake_local":
            let name = try providerOperator(validator)
            let unstake = LocalStakingMessage.with {
                $0.unstake.validator = name
                $0.unstake.amount = coin
            }
            return try provider.send(unstake, to: LocalStaking.self, from: user)
        case "release_unbonded":
            return try provider.send(.with { $0.release = .init() }, to: LocalStaking.self, from: user)
        default: throw Surprise("the operation \(op) is not known")
        }
    }

    func consumerOperator(_ name: String) throws -> String {
        consumers[0].operatorText(try Names.validator(name))
    }

    private func providerOperator(_ name: String) throws -> String {
        provider.operatorText(try Names.validator(name))
    }

    /// A message to the proxy that the reference has for each user.
    private func carryOut(_ arguments: Transcript.Arguments) throws -> Performance {
        let user = provider.account(arguments.sender ?? "")
        guard let message = arguments.msg else { throw Surprise("there is no message") }
        if let restake = message.restake {
            let (source, destination) = (
                try providerOperator(restake.srcValidator), try providerOperator(restake.dstValidator)
            )
            let request = LocalStakingMessage.with {
                $0.restake.source = source
                $0.restake.destination = destination
                $0.restake.amount = ProtoCoin(50, provider.denom)
            }
            return .provider(try provider.send(request, to: LocalStaking.self, from: user))
        }
        if let vote = message.vote {
            let request = LocalStakingMessage.with {
                $0.vote.proposal = vote.proposalId
                $0.vote.options = [.with { ($0.option, $0.weight) = (.yes, "1") }]
            }
            return .provider(try provider.send(request, to: LocalStaking.self, from: user))
        }
        guard message.releaseUnbonded != nil else { throw Surprise("the message is not known") }
        return .provider(try provider.send(.with { $0.release = .init() }, to: LocalStaking.self, from: user))
    }
}
