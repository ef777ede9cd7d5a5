import Bank
import BankEvents
import ConverterEvents
import Foundation
import ModuleKit
import ModuleTesting
import NativeStaking
import StakingEvents
import StakingTesting
import Testing
import VirtualStaking
import VirtualStakingEvents

/// A consumer's chain: the bank, native staking, a magistrate who punishes, and one or two pairs of a converter and virtual
/// staking. One unit of stake is one unit of power.
final class StakeChain {
    typealias Harness = ModuleHarness<VirtualStaking>

    let harness: Harness
    let validatorCount: Int
    /// The second instance of virtual staking; there only where it was asked for.
    let second = InstanceIdentity(
        number: 6,
        address: Address(moduleName: "virtual-staking-2"),
        label: "virtual-staking-2",
        module: "virtual-staking",
        version: "1.0.0"
    )
    /// Accounts that have 10 units each, and delegate them to validator 0 in the beginning.
    let delegators: [Address]
    /// What is reported as supply while nothing was burned by a slash.
    private(set) var realSupply = Amount.zero
    /// The powers that the consensus engine knows, by public key.
    private(set) var powers: [[UInt8]: UInt64] = [:]
    /// Whether some validator has been slashed: from then on a delegation may be worth more than is minted for it.
    private(set) var hasSlashed = false
    /// Whether block provisions are minted, for rewards.
    let isMinting: Bool

    /// Starts with validators of so much stake of their own.
    ///
    /// - Parameter followers: modules that record something of their own for what others record.
    init(
        validators: [UInt64],
        cap: UInt64? = nil,
        epoch: UInt64 = 5,
        maxValidators: UInt64 = 200,
        pairs: Int = 1,
        delegators: Int = 0,
        followers: [any ProtocolModule] = [],
        isMinting: Bool = false,
        replays: Bool = true
    ) throws {
        self.isMinting = isMinting
        validatorCount = validators.count
        harness = try Self.harness(
            epoch: epoch,
            maxValidators: maxValidators,
            pairs: pairs,
            replays: replays,
            followers: followers
        )
        self.delegators = (0..<delegators).map { Address(moduleName: "person/delegator \($0)") }
        var balances = [Self.balance(Account.user, 1_000_000_000)] + self.delegators.map { Self.balance($0, 10) }
        for (number, amount) in validators.enumerated() {
            balances.append(Self.balance(Account.validators[number], amount))
        }
        try harness.given(.genesis(appState: ["bank": ["balances": .array(balances)]]))
        realSupply = try supply().reported
        for number in validators.indices { try create(number, validators[number]) }
        for delegator in self.delegators { try send(.delegating(10, to: 0), from: delegator) }
        try next()
        if let cap { try grant(cap) }
    }

    /// Starts from what another chain has exported, with a converter that has these pledges.
    init(importing state: JSONValue, pledges: [UInt64]) throws {
        validatorCount = pledges.count
        delegators = []
        isMinting = false
        harness = try Self.harness(epoch: 5, maxValidators: 200, pairs: 1, replays: true, pledges: pledges)
        let options = harness.options
        let document = GenesisDocument(chainID: options.chainID, time: options.genesisTime, appState: state)
        for update in try harness.when(importing: document).thenSucceeded().validatorUpdates {
            powers[update.publicKey] = update.power
        }
        realSupply = try supply().reported
    }

    private static func harness(
        epoch: UInt64,
        maxValidators: UInt64,
        pairs: Int,
        replays: Bool,
        pledges: [UInt64] = [],
        followers: [any ProtocolModule] = []
    ) throws -> Harness {
        let others: [any ProtocolModule] = pairs == 1 ? [] : [VirtualStaking(), StandInConverter<SecondPlace>()]
        let length = JSONValue.number(JSONNumber(epoch))
        return try Harness(
            VirtualStaking(),
            neighbours: [Bank(), NativeStaking(), Magistrate(), StandInConverter<FirstPlace>()] + others
                + [StandInPriceFeed()] + followers,
            options: HarnessOptions {
                $0.configuration = ["converter": "converter", "epoch": length]
                $0.neighbourConfigurations = [
                    "staking": [
                        "slashing": "magistrate",
                        "params": [
                            "power_reduction": "1", "max_validators": .number(JSONNumber(maxValidators)),
                            "unbonding_time": "1814400s",
                        ],
                    ],
                    "converter": [
                        "virtual_staking": "virtual-staking",
                        "pledges": .array(pledges.map { .string(String($0)) }),
                    ],
                ]
                if pairs > 1 {
                    $0.neighbourConfigurations["virtual-staking-2"] = ["converter": "converter-2", "epoch": length]
                    $0.neighbourConfigurations["converter-2"] = [
                        "virtual_staking": "virtual-staking-2", "pledges": [],
                    ]
                }
                // Enough provisions that each validator earns something in each block.
                if followers.contains(where: { type(of: $0).manifest.name == "rewards" }) {
                    $0.neighbourConfigurations["rewards"] = [
                        "mint": [
                            "inflation_min": "0.1", "inflation_max": "0.2", "inflation_rate_change": "0.13",
                            "blocks_per_year": "5000",
                        ]
                    ]
                }
                $0.replaysEveryBlock = replays
            }
        )
    }

    private static func balance(_ address: Address, _ amount: UInt64) -> JSONValue {
        ["address": .string(address.text), "coins": [["denom": "stake", "amount": .string("\(amount)")]]]
    }

    private func create(_ number: Int, _ amount: UInt64) throws {
        let message = StakingMessage.with {
            $0.createValidator = .with {
                $0.description_p.moniker = "\(number)"
                $0.commission.rate = "0.1"
                $0.commission.maxRate = "0.2"
                $0.commission.maxChangeRate = "0.01"
                $0.minSelfDelegation = "1"
                $0.consensusKey = Data(Account.key(number))
                $0.value = .stake(amount)
            }
        }
        try send(message, from: Account.validators[number])
    }

    /// Takes over what the consensus engine is told.
    func follow(_ updates: [ValidatorUpdate]) {
        for update in updates { powers[update.publicKey] = update.power == 0 ? nil : update.power }
    }

    func noteSlash() { hasSlashed = true }
}
