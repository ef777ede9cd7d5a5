import Bank
import BankEvents
import Converter
import ConverterEvents
import Foundation
import InterchainTesting
import ModuleKit
import ModuleTesting
import NativeStaking
import PriceFeed
import PriceFeedEvents
import RewardsEvents
import StakingEvents
import StakingTesting
import VirtualStaking
import VirtualStakingEvents

/// A consumer: a converter, virtual staking and a price feed, over a real bank and native staking. It has an epoch when a step
/// says so, and at no other time.
final class ConsumerChain: ReferenceChain {
    /// The port of its converter.
    static let port: String = {
        let prefixes = try? AddressPrefixes(account: "juno")
        return "mesh.\(prefixes?.format(Address(moduleName: "converter"), as: .account) ?? "")"
    }()
    /// A length of epochs that no scenario lives to see the end of.
    private static let never: UInt64 = 1_000_000

    let harness: ModuleHarness<Converter>
    let denom: String
    /// The validators that were there at any time.
    var validators: [String]
    /// Those who were to be paid here.
    var recipients: Set<String> = []

    init(_ transcript: Transcript, provider: ProviderChain, number: Int) throws {
        let consumer = transcript.consumer
        denom = consumer.denom
        validators = consumer.validators
        let prefixes = try AddressPrefixes(account: "juno")
        let port = provider.port(number)
        harness = try ModuleHarness(
            Converter(),
            neighbours: [
                Bank(), NativeStaking(), Treasury(), Conductor(), PriceFeed(), Switchboard(), VirtualStaking(),
            ],
            options: HarnessOptions {
                $0.chainID = "consumer-1"
                $0.addressPrefix = prefixes.account
                $0.genesisTime = Self.genesisTime
                $0.configuration = [
                    "price_feed": "price-feed", "virtual_staking": "virtual-staking",
                    "remote_denom": .string(transcript.provider.denom), "discount": .string(consumer.discount),
                    "remote_endpoint": ["connection": "connection-0", "port": .string(port)],
                    "versions": ["minimum": "0.11.0", "maximum": "0.11.0"], "rewards": ["route": "held"],
                ]
                $0.neighbourConfigurations = [
                    "staking": [
                        "slashing": "conductor",
                        "params": ["bond_denom": .string(consumer.denom), "unbonding_time": "1814400s"],
                    ],
                    "price-feed": [
                        "kind": "fixed", "price": .string(consumer.price), "maximum_age": "315360000s",
                    ],
                    "virtual-staking": ["converter": "converter", "epoch": .number(JSONNumber(Self.never))],
                ]
            }
        )
        harness.withhold(.mintVirtualStake, from: VirtualStaking.self)
        let operators = try (1...9).map { try Names.validator("cval\($0)") }
        try importGenesis(consumer.denom, operators + [RewardsAccount.distribution.address])
        for name in consumer.validators { try create(name).requireSuccess() }
    }

    func create(_ name: String) throws -> Happening {
        if !validators.contains(name) { validators.append(name) }
        let message = StakingMessage.creatingValidator(name, ProtoCoin(1_000_000, denom))
        return try send(message, to: NativeStaking.self, from: Names.validator(name))
    }
}

/// What governance and the chain do.
extension ConsumerChain {
    func setCap(_ cap: UInt64) throws -> Happening {
        let holder = try harness.identity(of: VirtualStaking.self)
        return Happening(try harness.when(granting: .mintVirtualStake, cap: Amount(UInt128(cap)), to: holder))
    }

    func setPrice(_ price: String, from sender: Address = .authority) throws -> Happening {
        try send(.with { $0.setPrice.price = price }, to: PriceFeed.self, from: sender)
    }

    func punish(_ events: [MagistrateEvent]) throws -> Happening {
        Happening(try harness.when(recording: events, of: Conductor.self))
    }

    /// Virtual stake at a validator earns so much.
    func reward(_ amount: UInt64, at validator: String) throws -> Happening {
        let name = operatorText(try Names.validator(validator))
        return Happening(try harness.when(recording: [Treasury.earned(amount, at: name)], of: Treasury.self))
    }

    /// Lets the next block begin with an epoch, and no block after it; it ends, too, as what is sent is sent at its end.
    func nextBlockWithEpoch() throws -> Happening {
        let shortened = try setEpoch(1)
        let epoch = try nextBlock(after: 4)
        return try shortened + epoch + setEpoch(Self.never) + nextBlock(after: 1)
    }

    private func setEpoch(_ blocks: UInt64) throws -> Happening {
        let configuration: JSONValue = ["epoch": .number(JSONNumber(blocks))]
        let message = ConductorMessage.with {
            $0.reconfigure.instance = (try? harness.identity(of: VirtualStaking.self).number) ?? 0
            $0.reconfigure.configuration = configuration.text()
        }
        return try send(message, to: Conductor.self, from: .authority)
    }
}

/// What can be seen.
extension ConsumerChain {
    func observe(_ names: Names) throws -> Observation {
        var seen = Observation()
        for target in try harness.query(.with { $0.targets = .init() }).targets.targets {
            seen.note("\(names.theirs(target.validator)) requested", amount: target.amount)
        }
        let stakes = try harness.query(.with { $0.stakes.limit = 30 }, of: VirtualStaking.self).stakes.stakes
        for stake in stakes { seen.note("\(names.theirs(stake.validator)) bonded", amount: stake.minted) }
        for validator in validators { seen.note("\(validator) delegated", amount: try delegated(to: validator)) }
        seen.note("escrow", amount: try balance(of: harness.identity.address))
        for name in recipients { seen.note("\(name) paid", amount: try balance(of: .named(name))) }
        return seen
    }

    private func balance(of address: Address) throws -> String {
        let query = BankQuery.with {
            $0.balance.address = text(address)
            $0.balance.denom = denom
        }
        return try harness.query(query, of: Bank.self).balance.amount
    }

    private func delegated(to validator: String) throws -> String {
        let account = try harness.identity(of: VirtualStaking.self).address
        let query = StakingQuery.with {
            $0.delegation.delegator = text(account)
            $0.delegation.validator = (try? operatorText(Names.validator(validator))) ?? ""
        }
        do {
            return try harness.query(query, of: NativeStaking.self).delegation.balance.amount
        } catch let error as ModuleError where error.code == .delegationNotFound {
            return "0"
        }
    }
}
