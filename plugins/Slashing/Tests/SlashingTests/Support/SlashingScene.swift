import Bank
import Foundation
import ModuleKit
import ModuleTesting
import NativeStaking
import SlashingEvents
import StakingEvents

@testable import Slashing

/// A chain with a bank, staking and slashing, and an engine in its place: 30 people have 10^12 stake each.
///
/// The harness checks the invariants of all modules after every message and block, and replays every block.
final class SlashingScene {
    let harness: ModuleHarness<Slashing>
    /// Who signs the block in progress, and the one after: powers by validator.
    private(set) var signers: [Int: UInt64] = [:]
    private(set) var nextSigners: [Int: UInt64] = [:]
    /// Which validators there are, by consensus key.
    private var numbers: [[UInt8]: Int] = [:]

    static let prefixes: AddressPrefixes = {
        guard let prefixes = try? AddressPrefixes(account: "cosmos") else { preconditionFailure("a valid prefix") }
        return prefixes
    }()

    init(
        _ configuration: JSONValue = [:],
        staking params: JSONValue = ["unbonding_time": "10m"],
        slashing label: String = "slashing",
        sections: JSONValue? = nil,
        consensus: JSONValue = .null,
        strictness: GenesisReport.Strictness = .refuse,
        replays: Bool = true,
        prefixes: AddressPrefixes = SlashingScene.prefixes
    ) throws {
        harness = try ModuleHarness(
            Slashing(),
            neighbours: [Bank(), NativeStaking()],
            options: HarnessOptions {
                $0.configuration = configuration
                $0.neighbourConfigurations = ["staking": ["slashing": .string(label), "params": params]]
                $0.replaysEveryBlock = replays
                $0.addressPrefix = prefixes.account
                $0.operatorPrefix = prefixes.validatorOperator
                $0.consensusPrefix = prefixes.consensus
            }
        )
        for number in 0..<30 { numbers[Self.key(number)] = number }
        let document = GenesisDocument(
            chainID: "test-1",
            time: harness.options.genesisTime,
            appState: sections ?? ["bank": ["balances": .array(Self.balances)]],
            consensusParameters: consensus
        )
        let updates = try harness.when(importing: document, strictness: strictness).thenSucceeded().validatorUpdates
        follow(updates)
        signers = nextSigners
    }

    /// A chain with some validators of the same stake, all of which sign by now.
    static func running(_ count: Int, _ configuration: JSONValue = [:], stake: UInt64 = 100_000_000) throws
        -> SlashingScene
    {
        let scene = try SlashingScene(configuration)
        for number in 0..<count { try scene.addValidator(number, stake) }
        for _ in 0..<3 { try scene.nextBlock() }
        return scene
    }

    static var balances: [JSONValue] {
        (0..<30).map(person).map { account in
            [
                "address": .string(text(account)), "coins": [["denom": "stake", "amount": "1000000000000"]],
            ]
        }
    }

    static func person(_ number: Int) -> Address { .named("\(number)") }
    static func text(_ account: Address) -> String { prefixes.format(account, as: .account) }
    static func operatorText(_ number: Int) -> String { prefixes.format(person(number), as: .validatorOperator) }
    static func key(_ number: Int) -> [UInt8] { [UInt8](repeating: 9, count: 31) + [UInt8(truncatingIfNeeded: number)] }
    static func consensusAddress(_ number: Int) throws -> Address { try Address(ed25519PublicKey: key(number)) }

    // MARK: The engine

    /// Ends the block in progress and begins the next, with the votes for the one that ended.
    @discardableResult
    func nextBlock(
        absent: Set<Int> = [],
        misbehavior: [EngineReport.Misbehavior] = [],
        after interval: TimeSpan? = nil
    ) throws -> BlockOutcome {
        var votes: [EngineReport.Vote] = []
        for (number, power) in signers.sorted(by: { ($1.value, $0.key) < ($0.value, $1.key) }) {
            let address = try Self.consensusAddress(number)
            votes.append(.init(validator: address, power: power, hasSigned: !absent.contains(number)))
        }
        return try nextBlock(votes: votes, misbehavior: misbehavior, after: interval)
    }

    /// The same, with votes that a test makes up.
    @discardableResult
    func nextBlock(
        votes: [EngineReport.Vote],
        misbehavior: [EngineReport.Misbehavior] = [],
        after interval: TimeSpan? = nil
    ) throws -> BlockOutcome {
        let report = EngineReport(votes: votes, misbehavior: misbehavior)
        let outcome = try harness.nextBlock(after: interval, report: report)
        signers = nextSigners
        follow(outcome.validatorUpdates)
        return outcome
    }

    /// What the engine holds against a validator for a block.
    func doubleSign(of number: Int, at height: UInt64, power: UInt64 = 100, age: TimeSpan = .seconds(5)) throws
        -> EngineReport.Misbehavior
    {
        .init(
            validator: try Self.consensusAddress(number),
            power: power,
            height: height,
            time: harness.block.time.saturatingSubtracting(age)
        )
    }

    private func follow(_ updates: [ValidatorUpdate]) {
        for update in updates {
            guard let number = numbers[update.publicKey] else { continue }
            nextSigners[number] = update.power == 0 ? nil : update.power
        }
    }

    // MARK: What people do

    func addValidator(_ number: Int, _ amount: UInt64, minSelfDelegation: UInt64 = 1) throws {
        try stake(
            .with {
                $0.createValidator = .with {
                    $0.description_p.moniker = "validator \(number)"
                    $0.commission.rate = "0.1"
                    $0.commission.maxRate = "1"
                    $0.commission.maxChangeRate = "1"
                    $0.minSelfDelegation = String(minSelfDelegation)
                    $0.consensusKey = Data(Self.key(number))
                    $0.value = .stake(amount)
                }
            },
            by: number
        ).thenSucceeded()
    }

    @discardableResult
    func stake(_ message: StakingMessage, by person: Int) throws -> Outcome<Slashing> {
        try harness.when(message, to: NativeStaking.self, from: Self.person(person))
    }

    @discardableResult
    func unjail(_ number: Int) throws -> Outcome<Slashing> {
        try harness.when(.with { $0.unjail = .init() }, from: Self.person(number))
    }

    // MARK: What there is

    func info(_ number: Int) throws -> SlashingSigningInfoAnswer {
        let address = try Self.consensusAddress(number)
        return try harness.query(
            .with { $0.signingInfo.consensusAddress = Self.prefixes.format(address, as: .consensus) }
        ).signingInfo
    }

    func validator(_ number: Int) throws -> StakingValidator {
        let query = StakingQuery.with { $0.validator.operator = Self.operatorText(number) }
        return try harness.query(query, of: NativeStaking.self).validator
    }
}

extension StakingMessage {
    static func delegate(_ amount: UInt64, to validator: Int) -> StakingMessage {
        .with {
            $0.delegate.validator = SlashingScene.operatorText(validator)
            $0.delegate.amount = .stake(amount)
        }
    }

    static func undelegate(_ amount: UInt64, from validator: Int) -> StakingMessage {
        .with {
            $0.undelegate.validator = SlashingScene.operatorText(validator)
            $0.undelegate.amount = .stake(amount)
        }
    }
}

extension [RecordedEvent] {
    /// The module's own events.
    var slashing: [SlashingEvent] { of(SlashingEvent.self) }

    var downtimes: [SlashingDowntimePunished] {
        slashing.compactMap { if case .downtimePunished(let event) = $0.event { event } else { nil } }
    }

    var doubleSigns: [SlashingDoubleSignPunished] {
        slashing.compactMap { if case .doubleSignPunished(let event) = $0.event { event } else { nil } }
    }

    var ignored: [SlashingIgnoredReason] {
        slashing.compactMap { if case .misbehaviorIgnored(let event) = $0.event { event.reason } else { nil } }
    }

    /// What native staking burned from validators themselves.
    var burned: [String] {
        of(StakingEvent.self).compactMap { event in
            if case .validatorSlashed(let event) = event.event { event.burned.amount } else { nil }
        }
    }
}
