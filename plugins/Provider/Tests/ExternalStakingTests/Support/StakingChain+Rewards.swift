import Bank
import BankEvents
import ControlChannel
import ExternalStakingEvents
import Foundation
import IBC
import InterchainEvents
import InterchainTesting
import ModuleKit
import ModuleTesting
import Testing
import Transfer
import TransferEvents

@testable import ExternalStaking

/// Rewards, and what users do with them.
extension StakingChain {
    /// The channel over which vouchers come: the second that is opened.
    static let vouchersChannel = "channel-1"

    static func rewardSettings(_ route: String, channel: String = vouchersChannel) -> (String, JSONValue) {
        ("rewards", ["route": .string(route), "transfer": "transfer", "channel": .string(channel)])
    }

    /// A chain as ``ready`` makes it, where rewards come by a route, and where `carol` has collateral as well.
    static func earning(
        _ route: String = "held",
        collateral: UInt64 = 10_000,
        settings: [(String, JSONValue)] = [],
        neighbours: [any ProtocolModule] = [],
        neighbourSettings: [(String, JSONValue)] = [],
        replays: Bool = true
    ) throws -> StakingChain {
        let chain = try StakingChain(
            settings: [rewardSettings(route)] + settings,
            neighbours: [Transfer()] + neighbours,
            neighbourSettings: neighbourSettings,
            replays: replays
        )
        try chain.connect()
        #expect(try chain.openTransfers() == vouchersChannel)
        #expect(try chain.receive(chain.additions()).isSuccess)
        for user in [chain.alice, chain.bob, chain.carol] { try chain.bond(collateral, of: user) }
        return chain
    }

    /// Opens a channel of the transfer module to the consumer.
    func openTransfers() throws -> String {
        let tried = try relay(TransferHandshake.openTry("channel-7")).thenSucceeded()
        let channel = try #require(tried.events.of(InterchainEvent.self).first).channelOpenTry.channelID
        try relay(TransferHandshake.openConfirm(channel)).thenSucceeded()
        return channel
    }

    /// The address of the external staking.
    var staking: String { text(Address(moduleName: "external-staking")) }

    /// What the bank calls vouchers that came over a channel.
    func voucher(_ channel: String = vouchersChannel, base: String = "ujuno") throws -> String {
        try DenominationTrace(path: "transfer/\(channel)/\(base)").denomination
    }

    /// The consumer announces rewards on the control channel.
    func announce(_ rewards: [(String, UInt64)], denom: String = "ujuno") throws -> Received {
        let shares = try rewards.map {
            try DistributeBatchPacket.Share(validator: $0.0, reward: Amount(UInt128($0.1)))
        }
        return try receive(.distributeBatch(DistributeBatchPacket(rewards: shares, denom: try Denom(denom))))
    }

    /// Rewards that succeed.
    func distributed(_ amount: UInt64, to validator: String = "v1") throws {
        #expect(try announce([(validator, amount)]).isSuccess)
    }

    /// The consumer transfers tokens to the external staking, perhaps with a memo.
    func transfer(
        _ amount: UInt64,
        memo: String = "",
        from sender: String = "converter",
        over channel: String = vouchersChannel,
        denom: String = "ujuno",
        to receiver: String? = nil
    ) throws -> Transferred {
        let data = try FungibleTokenPacketData(
            trace: DenominationTrace(path: denom),
            amount: UInt128(amount),
            sender: sender,
            receiver: receiver ?? staking,
            memo: memo
        )
        let sequence = nextSequence()
        let packet = Ibc_Core_Channel_V1_Packet.with {
            $0.sequence = sequence
            $0.sourcePort = "transfer"
            $0.sourceChannel = "channel-7"
            $0.destinationPort = "transfer"
            $0.destinationChannel = channel
            $0.data = Data(data.json)
            $0.timeoutHeight = Height.zero.protobuf
            $0.timeoutTimestamp = 2_000_000_000_000_000_000
        }
        return Transferred(outcome: try relay(.with { $0.receivePacket.packet = packet }).thenSucceeded())
    }

    /// The memo by which the converter says whose rewards are.
    func memo(_ rewards: [(String, UInt64)], to receiver: String? = nil) -> String {
        let parts = rewards.map { #"{"validator":"\#($0.0)","reward":"\#($0.1)"}"# }.joined(separator: ",")
        return memo(#"{"distribute_rewards":{"validators":[\#(parts)]}}"#, to: receiver)
    }

    func memo(_ message: String, to receiver: String? = nil) -> String {
        #"{"wasm":{"contract":"\#(receiver ?? staking)","msg":\#(message)}}"#
    }

    /// Asks for rewards; what came of it.
    func tryClaim(
        _ validator: String = "v1",
        of user: Address? = nil,
        to recipient: Address? = nil,
        remote: String = "juno1user"
    ) throws -> Outcome<ExternalStaking> {
        let recipient = recipient.map(text)
        return try harness.when(
            .with {
                $0.withdrawRewards.validator = validator
                $0.withdrawRewards.recipient = recipient ?? ""
                $0.withdrawRewards.remoteRecipient = remote
            },
            from: user ?? alice
        )
    }

    /// Orders the consumer to pay; the packet.
    func claim(_ validator: String = "v1", of user: Address? = nil) throws -> Ibc_Core_Channel_V1_Packet {
        try tryClaim(validator, of: user).thenSent()
    }

    /// Claims vouchers; how many.
    func claimVouchers(_ validator: String = "v1", of user: Address? = nil) throws -> String {
        let outcome = try tryClaim(validator, of: user, remote: "").thenSucceeded()
        return try #require(outcome.emitted.first?.rewardsPaid.coins.first).amount
    }
}

/// What there is of rewards.
extension StakingChain {
    /// What can be claimed, and what is in flight: `7ujuno`, `3ujuno+4`; `none` where there is nothing.
    func pendingRewards(_ validator: String = "v1", of user: Address? = nil) throws -> String {
        let owner = text(user ?? alice)
        let answer = try harness.query(
            .with {
                $0.pendingRewards.owner = owner
                $0.pendingRewards.validator = validator
            }
        ).pendingRewards
        let texts = answer.rewards.map {
            "\($0.claimable.amount)\($0.held ? "held" : "")" + ($0.inFlight == "0" ? "" : "+\($0.inFlight)")
        }
        return texts.isEmpty ? "none" : texts.joined(separator: " ")
    }

    func totals(_ denom: String = "ujuno") throws -> ExternalStakingRewardTotals? {
        try harness.query(.with { $0.rewards = .init() }).rewards.totals.first { $0.denom == denom }
    }

    func reserves(_ denom: String) throws -> ExternalStakingRewardReserves? {
        try harness.query(.with { $0.rewards = .init() }).rewards.reserves.first { $0.denom == denom }
    }

    func balance(_ address: String, _ denom: String) throws -> String {
        try harness.query(
            .with {
                $0.balance.address = address
                $0.balance.denom = denom
            },
            of: Bank.self
        ).balance.amount
    }

    /// The authority sets how rewards come.
    func reroute(_ route: String, channel: String = vouchersChannel) throws {
        try tryRerouting(route, channel: channel, by: Self.authority).thenSucceeded()
    }

    /// The admin of the instance sets how rewards come.
    func tryRerouting(_ route: String, channel: String = vouchersChannel, by admin: Address) throws
        -> Outcome<ExternalStaking>
    {
        try harness.given(.admin(admin))
        let settings = Self.rewardSettings(route, channel: channel)
        return try harness.when(reconfiguring: [settings.0: settings.1], from: admin)
    }
}

/// What came of a transfer at its receiver.
struct Transferred {
    let outcome: Outcome<ExternalStaking>

    var isSuccess: Bool {
        outcome.events.of(InterchainEvent.self).contains { event in
            guard case .acknowledgementWritten(let written) = event.event else { return false }
            return String(decoding: written.acknowledgement, as: UTF8.self) == #"{"result":"AQ=="}"#
        }
    }

    /// Why the transfer was refused, so that its tokens go back; nil where it was not.
    var refusal: ModuleError.Code? {
        for event in outcome.events.of(HarnessEvent.self) {
            guard case .reactionFailed(let failure) = event.event else { continue }
            return ModuleError.Code(failure.codespace, failure.code)
        }
        return nil
    }
}
