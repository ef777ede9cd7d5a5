import Bank
import BankEvents
import Converter
import ConverterEvents
import IBC
import InterchainEvents
import InterchainTesting
import ModuleKit
import ModuleTesting
import Rewards
import RewardsEvents
import Testing
import Transfer
import TransferEvents
import VirtualStakingEvents

/// A consumer chain on which virtual staking hands rewards over as tests say: real bank, rewards and transfers, with a channel for
/// tokens beside the control channel. Block provisions are off.
final class RewardChain {
    static let transferChannel = "channel-1"
    static let externalStaking = "osmo1external"

    let chain: ConsumerChain
    /// What was handed over in all.
    private(set) var collected: UInt64 = 0

    init(
        _ route: JSONValue? = nil,
        sections: [(String, JSONValue)] = [],
        isOpen: Bool = true,
        version: String = "1.0.0"
    ) throws {
        let holder = try AddressPrefixes(account: "cosmos").format(Address(moduleName: "virtual-staking"), as: .account)
        let coins: JSONValue = [
            ["denom": "other", "amount": "1000"], ["denom": "stake", "amount": "1000000000"],
        ]
        chain = try ConsumerChain(
            route.map { ["rewards": $0, "versions": Self.versions] } ?? ["versions": Self.versions],
            sections: sections,
            validatorCount: isOpen ? 3 : 0,
            others: [Rewards(), Transfer()],
            treasury: isOpen ? [["address": .string(holder), "coins": coins]] : []
        )
        chain.harness.withhold(.mintProvisions)
        guard isOpen else { return }
        try chain.openChannel(version: version)
        try openTransferChannel()
        try chain.setCap(1_000_000)
        try chain.settleAll()
    }

    private static let versions: JSONValue = ["minimum": "0.11.0", "maximum": "1.0.0"]

    /// The settings of a route; with the channel for tokens unless told otherwise.
    static func route(_ name: String, hasTransfer: Bool = true) -> JSONValue {
        guard hasTransfer else { return ["route": .string(name)] }
        return ["route": .string(name), "transfer": "transfer", "channel": .string(transferChannel)]
    }

    private func openTransferChannel() throws {
        try chain.relay(TransferHandshake.openInit).thenSucceeded()
        try chain.relay(TransferHandshake.openAck(Self.transferChannel, "channel-9")).thenSucceeded()
    }

    var harness: ModuleHarness<Converter> { chain.harness }

    func validator(_ number: Int) -> String { chain.validator(number) }
}

/// What happens.
extension RewardChain {
    /// Virtual staking hands over what a validator's stake has earned.
    func collect(_ amount: UInt64, at number: Int) throws {
        try tryCollect("\(amount)", at: number).thenSucceeded()
        collected += amount
    }

    func tryCollect(_ amount: String, _ denom: String = "stake", at number: Int) throws -> Outcome<Converter> {
        let event = VirtualStakingEvent.with {
            $0.rewardsCollected.validator = validator(number)
            $0.rewardsCollected.coin.denom = denom
            $0.rewardsCollected.coin.amount = amount
            $0.rewardsCollected.fromAddress = text(Address(moduleName: "virtual-staking"))
            $0.rewardsCollected.toAddress = text(Address(moduleName: "converter"))
            $0.rewardsCollected.converter = 1
        }
        return try harness.when(recording: [event], of: Understudy.self)
    }

    /// Ends a block and begins the next; what was sent.
    @discardableResult
    func next(after interval: TimeSpan = .seconds(5)) throws -> [Ibc_Core_Channel_V1_Packet] {
        let sent = try harness.nextBlock(after: interval).sentPackets
        try check()
        return sent
    }

    /// The only packet that the next block sends.
    func nextPacket(after interval: TimeSpan = .seconds(5)) throws -> Ibc_Core_Channel_V1_Packet {
        let sent = try next(after: interval)
        #expect(sent.count == 1)
        return try #require(sent.first)
    }

    func refuse(_ packet: Ibc_Core_Channel_V1_Packet, _ error: String = "no") throws {
        try chain.acknowledge(packet, #"{"error":"\#(error)"}"#)
    }

    func use(_ route: JSONValue) throws {
        try chain.reconfigure(["rewards": route]).thenSucceeded()
    }

    /// A packet of the provider, which asks for held rewards.
    @discardableResult
    func pay(_ amount: String, to recipient: String, _ transaction: UInt64, denom: String = "stake") throws
        -> Acknowledgement
    {
        try chain.receive(
            #"{"transfer_rewards":{"rewards":{"denom":"\#(denom)","amount":"\#(amount)"},"#
                + #""recipient":"\#(recipient)","tx_id":\#(transaction)}}"#
        )
    }

    func close() throws {
        try harness.when(.with { $0.close = .init() }, from: ConsumerChain.authority).thenSucceeded()
    }

    func give(_ validator: String = "", from sender: Address = ConsumerChain.authority) throws -> Outcome<Converter> {
        try harness.when(.with { $0.giveRewards.validator = validator }, from: sender)
    }
}

/// What there is.
extension RewardChain {
    func text(_ address: Address) -> String { harness.addresses.format(address, as: .account) }

    var rewards: ConverterRewards {
        get throws { try harness.query(.with { $0.rewards = .init() }).rewards }
    }

    var totals: ConverterRewardTotals {
        get throws { try rewards.totals }
    }

    var batches: [ConverterBatch] {
        get throws { try harness.query(.with { $0.batches = .init() }).batches.batches }
    }

    func rewards(at number: Int) throws -> ConverterValidatorRewards? {
        let name = validator(number)
        let page = try harness.query(.with { $0.validatorRewards = .init() }).validatorRewards.rewards
        return page.first { $0.validator == name }
    }

    func balance(_ address: Address, _ denom: String = "stake") throws -> UInt64 {
        let text = text(address)
        let query = BankQuery.with {
            $0.balance.address = text
            $0.balance.denom = denom
        }
        return try #require(UInt64(try harness.query(query, of: Bank.self).balance.amount))
    }

    /// What is in the escrow of the channel for tokens.
    var escrowed: UInt64 {
        get throws {
            let end = ChannelEndID(port: .transfer, channel: try ChannelID(Self.transferChannel))
            return try balance(try Address(bytes: EscrowAccount.address(of: end)))
        }
    }

    var communityPool: String {
        get throws {
            let pool = try harness.query(RewardsQuery.with { $0.communityPool = .init() }, of: Rewards.self)
                .communityPool.pool
            return pool.first { $0.denom == "stake" }?.amount ?? "0"
        }
    }

    /// What lies at the converter's address is what it says, and the escrow has what was delivered, has arrived, or is under way.
    func check(sourceLocation: SourceLocation = #_sourceLocation) throws {
        let rewards = try rewards
        let here = try balance(Address(moduleName: "converter"))
        #expect(rewards.here == "\(here)", sourceLocation: sourceLocation)
        #expect(rewards.totals.collected == "\(collected)", sourceLocation: sourceLocation)
        let (paid, given) = (UInt64(rewards.totals.paid) ?? 0, UInt64(rewards.totals.given) ?? 0)
        #expect(try here + escrowed + paid + given == collected, sourceLocation: sourceLocation)
    }
}

extension Ibc_Core_Channel_V1_Packet {
    /// Whether it carries tokens.
    var isTransfer: Bool { sourcePort == "transfer" }

    /// What it carries, of a transfer.
    var tokens: FungibleTokenPacketData {
        get throws { try FungibleTokenPacketData(json: [UInt8](data)) }
    }
}

/// What others do.
extension RewardChain {
    /// The settings, but for the name of virtual staking.
    func settings(naming virtualStaking: String) throws -> ConverterSettings {
        var settings = try harness.query(.with { $0.settings = .init() }).settings
        settings.virtualStaking = virtualStaking
        return settings
    }

    /// A validator sends coins to the converter, which nobody hands over.
    func sendToConverter(_ amount: UInt64) throws {
        let recipient = text(Address(moduleName: "converter"))
        let message = BankMessage.with {
            $0.send.toAddress = recipient
            $0.send.amount = [.with { ($0.denom, $0.amount) = ("stake", "\(amount)") }]
        }
        try harness.when(message, to: Bank.self, from: ConsumerChain.operatorAccount(1)).thenSucceeded()
    }
}
