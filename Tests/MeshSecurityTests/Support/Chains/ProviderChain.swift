import Bank
import BankEvents
import ExternalStaking
import ExternalStakingEvents
import Foundation
import InterchainTesting
import LocalStaking
import LocalStakingEvents
import ModuleKit
import ModuleTesting
import NativeStaking
import StakingEvents
import Vault
import VaultEvents

/// The provider: a vault, local staking, and an external staking for each consumer, over a real bank and native staking.
final class ProviderChain: ReferenceChain {
    let harness: ModuleHarness<ExternalStaking>
    let denom: String

    init(_ transcript: Transcript) throws {
        let provider = transcript.provider
        denom = provider.denom
        let prefixes = try AddressPrefixes(account: "osmo")
        let settings = (0..<transcript.consumers).map { Self.settings(transcript, prefixes, consumer: $0) }
        let more: [any ProtocolModule] = (1..<transcript.consumers).map { _ in ExternalStaking() }
        harness = try ModuleHarness(
            ExternalStaking(),
            neighbours: [Bank(), NativeStaking(), Conductor(), Switchboard(), Vault(), LocalStaking()] + more,
            options: HarnessOptions {
                $0.chainID = "provider-1"
                $0.addressPrefix = prefixes.account
                $0.genesisTime = Self.genesisTime
                $0.configuration = settings[0]
                $0.neighbourConfigurations = [
                    "staking": [
                        "slashing": "conductor",
                        "params": ["bond_denom": .string(provider.denom), "unbonding_time": "1814400s"],
                    ],
                    "vault": ["denom": .string(provider.denom), "local_staking": "local-staking"],
                    "local-staking": [
                        "vault": "vault",
                        "slash_ratio": ["double_sign": .string(provider.localSlash), "offline": "0.1"],
                    ],
                ]
                for (number, more) in settings.enumerated().dropFirst() {
                    $0.neighbourConfigurations["external-staking-\(number + 1)"] = more
                }
            }
        )
        let operators = try provider.validators.map(Names.validator)
        try importGenesis(provider.denom, operators)
        for (name, account) in zip(provider.validators, operators) {
            let message = StakingMessage.creatingValidator(name, ProtoCoin(1_000_000, provider.denom))
            try harness.when(message, to: NativeStaking.self, from: account).thenSucceeded()
        }
    }

    private static func settings(_ transcript: Transcript, _ prefixes: AddressPrefixes, consumer: Int) -> JSONValue {
        let ratio = JSONValue.string(transcript.consumer.extSlashDoubleSign)
        return [
            "vault": "vault", "rewards_denom": .string(transcript.consumer.denom),
            "unbonding_period": .string("\(transcript.consumer.unbondingPeriod)s"),
            "slash_ratio": ["double_sign": ratio, "offline": "0.1"],
            "remote_endpoint": [
                "connection": .string("connection-\(consumer)"), "port": .string(ConsumerChain.port),
            ],
            "versions": ["minimum": "0.11.0", "maximum": "0.11.0"],
            "packet_timeout": "600s",
            "rewards": ["route": "held", "timeout": "600s"],
        ]
    }

    /// The label of the external staking for a consumer.
    static func label(_ consumer: Int) -> String {
        consumer == 0 ? "external-staking" : "external-staking-\(consumer + 1)"
    }

    /// The port of the external staking for a consumer.
    func port(_ consumer: Int) -> String { "mesh.\(text(Address(moduleName: Self.label(consumer))))" }

    func account(_ user: String) -> Address { Address.named(user) }

    func coin(_ arguments: Transcript.Arguments) -> ProtoCoin {
        ProtoCoin(arguments.amount ?? 0, arguments.denom ?? denom)
    }
}

/// What can be seen.
extension ProviderChain {
    func observe(_ users: [String], _ names: Names) throws -> Observation {
        var seen = Observation()
        for user in users { try observe(user, names, &seen) }
        let validators = try harness.query(.with { $0.validators.limit = 30 }).validators.validators
        for validator in validators { seen[names.theirs(validator.validator)] = validator.state.name }
        return seen
    }

    private func observe(_ user: String, _ names: Names, _ seen: inout Observation) throws {
        let address = text(account(user))
        let balance = BankQuery.with {
            $0.balance.address = address
            $0.balance.denom = denom
        }
        let details = try harness.query(.with { $0.account.address = address }, of: Vault.self).account
        seen.note(
            account: user,
            bonded: details.bonded,
            wallet: try harness.query(balance, of: Bank.self).balance.amount
        )
        seen.note("\(user) free", details.free.low, details.free.high)
        seen.note("\(user) max lien", details.maxLien.low, details.maxLien.high)
        seen.note("\(user) slashable", details.totalSlashable.low, details.totalSlashable.high)
        for lien in details.liens {
            let name = "\(user) lien \(Self.contract(lien.holder.label))"
            seen.note(lien: name, lien.amount.low, lien.amount.high, slashable: lien.slashable)
        }
        for stake in try harness.query(.with { $0.stakes.owner = address }).stakes.stakes {
            let name = "\(user) at \(names.theirs(stake.validator))"
            let pending = stake.pendingUnbonds.map(\.amount)
            seen.note(stake: name, stake.amount.low, stake.amount.high, pending: pending)
        }
        let earned = try harness.query(.with { $0.allPendingRewards.owner = address }).allPendingRewards.rewards
        for earned in earned {
            for reward in earned.rewards {
                // Like the reference, what is to be paid and was not acknowledged counts here.
                let sum = try Amount(reward.claimable.amount).adding(try Amount(reward.inFlight))
                seen.note("\(user) earned at \(names.theirs(earned.validator))", amount: sum.description)
            }
        }
    }

    /// What the reference calls a lien holder.
    private static func contract(_ label: String) -> String {
        switch label {
        case "local-staking": "pcontract1"
        case "external-staking": "pcontract2"
        default: "pcontract3"
        }
    }
}

extension ExternalStakingValidatorState {
    fileprivate var name: String {
        switch self {
        case .active: "active"
        case .unbonded: "unbonded"
        case .jailed: "jailed"
        case .tombstoned: "tombstoned"
        case .unknown, .UNRECOGNIZED: "unknown"
        }
    }
}
