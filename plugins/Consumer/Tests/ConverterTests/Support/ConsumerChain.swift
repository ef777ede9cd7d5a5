import Bank
import ControlChannel
import Converter
import ConverterEvents
import Foundation
import IBC
import InterchainEvents
import InterchainTesting
import ModuleKit
import ModuleTesting
import NativeStaking
import PriceFeed
import PriceFeedEvents
import StakingEvents
import Testing
import VirtualStakingEvents

/// A consumer chain with a converter: real bank, native staking and price feed; an `Understudy` as virtual staking, and
/// a `Switchboard` as Interchain, whose packets tests carry by hand. Three validators are active.
final class ConsumerChain {
    static let relayer = Address.named("relayer")
    static let authority = Address.named("authority")
    static let providerPort = "mesh.osmo1external"

    let harness: ModuleHarness<Converter>

    /// - Parameters:
    ///   - virtualStaking: its other half; an understudy unless told otherwise.
    ///   - behindStaking: modules that follow staking, as on a real chain.
    ///   - others: further modules, behind all these.
    ///   - neighbourConfigurations: of all of them, by label.
    init(
        _ changes: [String: JSONValue] = [:],
        price: String = "1",
        converterOfPair: String = "converter",
        sections: [(String, JSONValue)] = [],
        validatorCount: Int = 3,
        authority: Address? = ConsumerChain.authority,
        virtualStaking: any ProtocolModule = Understudy(),
        behindStaking: [any ProtocolModule] = [],
        others: [any ProtocolModule] = [],
        treasury: [JSONValue] = [],
        neighbourConfigurations: [String: JSONValue] = [:],
        replays: Bool = true
    ) throws {
        let prefixes = try AddressPrefixes(account: "cosmos")
        let account = { (address: Address) in prefixes.format(address, as: .account) }
        var configuration = JSONObject()
        configuration["price_feed"] = "price-feed"
        configuration["virtual_staking"] = "virtual-staking"
        configuration["remote_denom"] = "uosmo"
        configuration["remote_endpoint"] = ["connection": "connection-0", "port": .string(Self.providerPort)]
        // What is null is left out.
        for name in changes.keys.sorted() { configuration[name] = changes[name] == .null ? nil : changes[name] }
        let settings = configuration
        harness = try ModuleHarness(
            Converter(),
            neighbours: [Bank(), NativeStaking()] + behindStaking
                + [PriceFeed(), Switchboard(), virtualStaking, Administrator()] + others,
            options: HarnessOptions {
                $0.configuration = .object(settings)
                $0.neighbourConfigurations = [
                    "price-feed": [
                        "kind": "fixed", "maximum_age": "1h", "price": .string(price),
                    ],
                    "virtual-staking": ["converter": .string(converterOfPair)],
                ].merging(neighbourConfigurations) { $1 }
                $0.replaysEveryBlock = replays
            }
        )
        let balances: [JSONValue] = (1...max(9, validatorCount)).map { number in
            [
                "address": .string(account(Self.operatorAccount(number))),
                "coins": [["denom": "stake", "amount": "100000000"]],
            ]
        }
        var state = JSONObject()
        state["bank"] = ["balances": .array(balances + treasury)]
        for (name, section) in sections { state[name] = section }
        try harness.given(.genesis(appState: .object(state)))
        if let authority { try harness.given(.authority(authority)) }
        guard validatorCount > 0 else { return }
        for number in 1...validatorCount { try addValidator(number) }
        try harness.nextBlock()
    }

    /// A chain whose pairing has its channel, and may bond up to a cap. The provider has been told of the active set.
    static func paired(
        _ changes: [String: JSONValue] = [:],
        price: String = "1",
        version: String = "1.0.0",
        cap: Amount = 1_000_000,
        authority: Address? = ConsumerChain.authority
    ) throws -> ConsumerChain {
        let chain = try ConsumerChain(changes, price: price, authority: authority)
        try chain.openChannel(version: version)
        try chain.setCap(cap)
        try chain.settleAll()
        return chain
    }

    /// Ends the block, and has all that it sends acknowledged.
    func settleAll() throws {
        for packet in try harness.nextBlock().sentPackets { try acknowledge(packet) }
    }

    var port: String {
        get throws { "mesh." + harness.addresses.format(try harness.identity.address, as: .account) }
    }
}

/// Validators, prices, caps.
extension ConsumerChain {
    static func operatorAccount(_ number: Int) -> Address { Address.named("validator \(number)") }

    static func key(_ number: Int) -> [UInt8] { [UInt8](repeating: UInt8(truncatingIfNeeded: number), count: 32) }

    func validator(_ number: Int) -> String {
        harness.addresses.format(Self.operatorAccount(number), as: .validatorOperator)
    }

    func addValidator(_ number: Int, stake: Int = 2_000_000) throws {
        let message = StakingMessage.with {
            $0.createValidator.description_p.moniker = "validator \(number)"
            $0.createValidator.commission.rate = "0.1"
            $0.createValidator.commission.maxRate = "0.2"
            $0.createValidator.commission.maxChangeRate = "0.01"
            $0.createValidator.minSelfDelegation = "1"
            $0.createValidator.consensusKey = Data(Self.key(number))
            $0.createValidator.value.denom = "stake"
            $0.createValidator.value.amount = String(stake)
        }
        try harness.when(message, to: NativeStaking.self, from: Self.operatorAccount(number)).thenSucceeded()
    }

    /// Has native staking record something about a validator.
    func record(_ events: StakingEvent...) throws {
        try harness.when(recording: events, of: NativeStaking.self).thenSucceeded()
    }

    func jail(_ number: Int) throws { try record(.with { $0.validatorJailed.validator = validator(number) }) }
    func unjail(_ number: Int) throws { try record(.with { $0.validatorUnjailed.validator = validator(number) }) }
    func tombstone(_ number: Int) throws { try record(.with { $0.validatorTombstoned.validator = validator(number) }) }

    func setPrice(_ price: String) throws {
        let message = PriceFeedMessage.with { $0.setPrice.price = price }
        try harness.when(message, to: PriceFeed.self, from: Self.authority).thenSucceeded()
    }

    @discardableResult
    func setCap(_ cap: Amount) throws -> Outcome<Converter> {
        let event = VirtualStakingEvent.with { $0.capChanged.cap = cap.description }
        return try harness.when(recording: [event], of: Understudy.self).thenSucceeded()
    }

    /// From here on, virtual staking can't let go of anything.
    func makeVirtualStakingFail() throws {
        let event = VirtualStakingEvent.with { $0.bondFailed.reason = "for a test" }
        try harness.when(recording: [event], of: Understudy.self).thenSucceeded()
    }

    func setClientFrozen(_ isFrozen: Bool) throws {
        let event = InterchainEvent.with {
            if isFrozen { $0.clientFrozen = .init() } else { $0.clientUnfrozen = .init() }
        }
        try harness.when(recording: [event], of: Switchboard.self).thenSucceeded()
    }
}

/// What the converter answers.
extension ConsumerChain {
    func pledge(_ delegator: String, at number: Int) throws -> String {
        let validator = validator(number)
        return try harness.query(
            .with {
                $0.pledge.validator = validator
                $0.pledge.delegator = delegator
            }
        ).pledge.amount
    }

    /// The pledges of validators, by number.
    func pledged(_ number: Int) throws -> String {
        let found = try harness.query(.with { $0.validatorPledges = .init() }).validatorPledges.pledges
        return found.first { $0.validator == validator(number) }?.amount ?? "0"
    }

    var targets: ConverterTargets {
        get throws { try harness.query(.with { $0.targets = .init() }).targets }
    }

    func target(_ number: Int) throws -> String {
        try targets.targets.first { $0.validator == validator(number) }?.amount ?? "0"
    }

    var notices: [ConverterNoticeRecord] {
        get throws { try harness.query(.with { $0.notices = .init() }).notices.notices }
    }

    var handBack: ConverterHandBack {
        get throws { try harness.query(.with { $0.handBack = .init() }).handBack }
    }
}
