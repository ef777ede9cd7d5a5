import Bank
import BankEvents
import Foundation
import ModuleKit
import ModuleTesting
import NativeStaking
import Rewards
import RewardsEvents
import StakingEvents
import StakingTesting

/// A chain with a bank, staking, rewards, and a clerk who punishes and orders; 30 people and the clerk have 10^12 stake each, and
/// as much of `fee`, which is shared out unless the configuration names others.
///
/// The harness checks the invariants of all modules after every message and block, and replays every block.
struct RewardsScene {
    let harness: ModuleHarness<Rewards>

    static let prefixes: AddressPrefixes = {
        guard let prefixes = try? AddressPrefixes(account: "cosmos") else { preconditionFailure("a valid prefix") }
        return prefixes
    }()

    /// An inflation that mints about 1600 stake a block.
    static let minting: JSONValue = [
        "inflation_min": "0.1", "inflation_max": "0.2", "inflation_rate_change": "0.13",
        "blocks_per_year": "2000000000",
    ]

    init(
        _ configuration: JSONValue = [:],
        staking params: JSONValue = ["unbonding_time": "40s"],
        sections: JSONValue? = nil,
        strictness: GenesisReport.Strictness = .refuse,
        isMinting: Bool = true,
        replays: Bool = true,
        prefixes: AddressPrefixes = RewardsScene.prefixes
    ) throws {
        harness = try Self.harness(configuration, staking: params, replays: replays, prefixes: prefixes)
        if !isMinting { harness.withhold(.mintProvisions) }
        let document = GenesisDocument(
            chainID: "test-1",
            time: harness.options.genesisTime,
            appState: sections ?? ["bank": ["balances": .array(Self.balances)]]
        )
        try harness.when(importing: document, strictness: strictness).thenSucceeded()
    }

    static func harness(
        _ configuration: JSONValue = [:],
        staking params: JSONValue = [:],
        replays: Bool = true,
        prefixes: AddressPrefixes = RewardsScene.prefixes
    ) throws(HarnessError) -> ModuleHarness<Rewards> {
        try ModuleHarness(
            Rewards(),
            neighbours: [Bank(), NativeStaking(), Clerk()],
            options: HarnessOptions {
                $0.configuration = sharingFees(configuration)
                $0.neighbourConfigurations = ["staking": ["slashing": "clerk", "params": params]]
                $0.replaysEveryBlock = replays
                $0.addressPrefix = prefixes.account
                $0.operatorPrefix = prefixes.validatorOperator
                $0.consensusPrefix = prefixes.consensus
            }
        )
    }

    private static func sharingFees(_ configuration: JSONValue) -> JSONValue {
        guard case .object(var object) = configuration else { return configuration }
        var shares = JSONObject()
        if case .object(let named)? = object["distribution"] { shares = named }
        if shares["fee_denoms"] == nil { shares["fee_denoms"] = ["fee"] }
        object["distribution"] = .object(shares)
        return .object(object)
    }

    /// What everybody has.
    static var balances: [JSONValue] {
        ((0..<30).map(person) + [Clerk.address]).map { account in
            [
                "address": .string(text(account)),
                "coins": [
                    ["denom": "fee", "amount": "1000000000000"], ["denom": "stake", "amount": "1000000000000"],
                ],
            ]
        }
    }

    static func person(_ number: Int) -> Address { .named("\(number)") }
    static func text(_ account: Address) -> String { prefixes.format(account, as: .account) }
    static func operatorText(_ account: Address) -> String { prefixes.format(account, as: .validatorOperator) }
    static func key(_ number: Int) -> [UInt8] { [UInt8](repeating: 9, count: 31) + [UInt8(truncatingIfNeeded: number)] }
    static func consensusAddress(_ number: Int) throws -> Address { try Address(ed25519PublicKey: key(number)) }

    // MARK: What people do

    /// Makes a person a validator.
    func addValidator(_ number: Int, _ amount: UInt64, rate: String = "0.1") throws {
        try harness.when(
            .with {
                $0.createValidator = .with {
                    $0.description_p.moniker = "validator \(number)"
                    $0.commission.rate = rate
                    $0.commission.maxRate = "1"
                    $0.commission.maxChangeRate = "1"
                    $0.minSelfDelegation = "1"
                    $0.consensusKey = Data(Self.key(number))
                    $0.value = .stake(amount)
                }
            },
            to: NativeStaking.self,
            from: Self.person(number)
        ).thenSucceeded()
    }

    @discardableResult
    func stake(_ message: StakingMessage, by person: Int) throws -> Outcome<Rewards> {
        try harness.when(message, to: NativeStaking.self, from: Self.person(person))
    }

    @discardableResult
    func tell(_ message: RewardsMessage, by person: Int) throws -> Outcome<Rewards> {
        try harness.when(message, from: Self.person(person))
    }

    @discardableResult
    func clerk(_ event: ClerkEvent) throws -> Outcome<Rewards> {
        try harness.when(.with { $0.event = event }, to: Clerk.self, from: .named("anybody"))
    }

    /// Has the clerk pay fees.
    func payFees(_ coins: ProtoCoin...) throws {
        try clerk(
            .with {
                $0.paid.recipient = Self.text(RewardsAccount.feeCollector.address)
                $0.paid.amount = coins
            }
        ).thenSucceeded()
    }

    // MARK: What there is

    func balance(of account: Address, _ denom: String = "stake") throws -> Amount {
        let query = BankQuery.with {
            $0.balance.address = Self.text(account)
            $0.balance.denom = denom
        }
        return try Amount(try harness.query(query, of: Bank.self).balance.amount)
    }

    /// What a person's delegation has earned, of one denomination.
    func rewards(of delegator: Address, at validator: Int, _ denom: String = "stake") throws -> String {
        let answer = try harness.query(
            .with {
                $0.delegation.delegator = Self.text(delegator)
                $0.delegation.validator = Self.operatorText(Self.person(validator))
            }
        ).delegation
        return answer.rewards.first { $0.denom == denom }?.amount ?? "0"
    }

    func rewards(of person: Int, at validator: Int, _ denom: String = "stake") throws -> String {
        try rewards(of: Self.person(person), at: validator, denom)
    }

    func validator(_ number: Int) throws(ModuleError) -> RewardsValidatorAnswer {
        try harness.query(.with { $0.validator.validator = Self.operatorText(Self.person(number)) }).validator
    }

    func communityPool(_ denom: String = "stake") throws -> String {
        let pool = try harness.query(.with { $0.communityPool = .init() }).communityPool.pool
        return pool.first { $0.denom == denom }?.amount ?? "0"
    }

    func totals() throws -> [RewardsDenominationTotals] {
        try harness.query(.with { $0.totals = .init() }).totals.totals
    }
}

extension ProtoCoin {
    static func fee(_ amount: UInt64) -> ProtoCoin { .of(amount, "fee") }
}

extension StakingMessage {
    static func delegate(_ amount: UInt64, to validator: Int) -> StakingMessage {
        .with {
            $0.delegate.validator = RewardsScene.operatorText(RewardsScene.person(validator))
            $0.delegate.amount = .stake(amount)
        }
    }

    static func undelegate(_ amount: UInt64, from validator: Int) -> StakingMessage {
        .with {
            $0.undelegate.validator = RewardsScene.operatorText(RewardsScene.person(validator))
            $0.undelegate.amount = .stake(amount)
        }
    }

    static func redelegate(_ amount: UInt64, from source: Int, to destination: Int) -> StakingMessage {
        .with {
            $0.redelegate.source = RewardsScene.operatorText(RewardsScene.person(source))
            $0.redelegate.destination = RewardsScene.operatorText(RewardsScene.person(destination))
            $0.redelegate.amount = .stake(amount)
        }
    }

    static func cancelUnbonding(_ amount: UInt64, from validator: Int, since height: UInt64) -> StakingMessage {
        .with {
            $0.cancelUnbonding.validator = RewardsScene.operatorText(RewardsScene.person(validator))
            $0.cancelUnbonding.amount = .stake(amount)
            $0.cancelUnbonding.creationHeight = height
        }
    }

    static func commission(_ rate: String) -> StakingMessage { .with { $0.editValidator.commissionRate = rate } }
}

extension RewardsMessage {
    static func withdraw(_ validator: Int) -> RewardsMessage {
        .with { $0.withdraw.validator = RewardsScene.operatorText(RewardsScene.person(validator)) }
    }

    static func withdrawAll(limit: UInt32 = 0) -> RewardsMessage { .with { $0.withdrawAll.limit = limit } }

    static let withdrawCommission = RewardsMessage.with { $0.withdrawCommission = .init() }

    static func payTo(_ account: Address) -> RewardsMessage {
        .with { $0.setWithdrawAddress.address = RewardsScene.text(account) }
    }

    static func fund(_ coins: ProtoCoin...) -> RewardsMessage { .with { $0.fundCommunityPool.amount = coins } }

    static func spend(_ coin: ProtoCoin, for recipient: Address) -> RewardsMessage {
        .with {
            $0.spend.recipient = RewardsScene.text(recipient)
            $0.spend.amount = [coin]
        }
    }
}

extension ClerkEvent {
    static func slash(_ validator: Int, _ fraction: String, since height: UInt64, power: UInt64) throws -> ClerkEvent {
        let address = try RewardsScene.consensusAddress(validator)
        return .with {
            $0.slashed.consensusAddress = Data(address.bytes)
            $0.slashed.fraction = fraction
            $0.slashed.infractionHeight = height
            $0.slashed.power = power
        }
    }

    static func jail(_ validator: Int) throws -> ClerkEvent {
        let address = try RewardsScene.consensusAddress(validator)
        return .with { $0.jailed.consensusAddress = Data(address.bytes) }
    }

    static func stake(_ amount: UInt64, at validator: Int, for owner: Address? = nil) -> ClerkEvent {
        .with { $0.staked = .of(amount, validator, owner) }
    }

    static func unstake(_ amount: UInt64, from validator: Int, for owner: Address? = nil) -> ClerkEvent {
        .with { $0.unstaked = .of(amount, validator, owner) }
    }

    static func withdraw(_ validator: Int, for owner: Address? = nil) -> ClerkEvent {
        .with {
            $0.withdrew.validator = RewardsScene.operatorText(RewardsScene.person(validator))
            $0.withdrew.owner = owner.map(RewardsScene.text) ?? ""
        }
    }
}

extension StandInStake {
    fileprivate static func of(_ amount: UInt64, _ validator: Int, _ owner: Address?) -> StandInStake {
        .with {
            $0.validator = RewardsScene.operatorText(RewardsScene.person(validator))
            $0.amount = .stake(amount)
            $0.owner = owner.map(RewardsScene.text) ?? ""
        }
    }
}
