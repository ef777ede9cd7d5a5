import Bank
import BankEvents
import Foundation
import IBC
import InterchainEvents
import InterchainTesting
import ModuleKit
import ModuleTesting
import Testing
import Transfer
import TransferEvents

/// A chain with a bank, transfers, and two kiosks that memos can call. Nothing on it is proven to others: a `Switchboard`
/// stands in the place of Interchain, and tests carry packets by hand.
final class TransferChain {
    static let relayer = Address.named("relayer")

    let harness: ModuleHarness<Transfer>

    init(
        _ chainID: String,
        prefix: String = "cosmos",
        firstChannel: UInt64 = 0,
        configuration: JSONValue = [:],
        bank: JSONValue = [:],
        balances: [(Address, String)] = [],
        sections: [(String, JSONValue)] = []
    ) throws {
        harness = try ModuleHarness(
            Transfer(),
            neighbours: [Bank(), Switchboard(), Kiosk(), Kiosk()],
            options: HarnessOptions {
                $0.chainID = chainID
                $0.addressPrefix = prefix
                $0.configuration = configuration
                $0.neighbourConfigurations = [
                    "bank": bank, "interchain": ["first_channel": .string(String(firstChannel))],
                ]
            }
        )
        let list = try (balances + [(Self.relayer, "500uatom")]).map { (holder, coins) -> JSONValue in
            [
                "address": .string(try holder.text(prefix: prefix)),
                "coins": .array(
                    try Coins(coins).map {
                        ["denom": .string($0.denom.text), "amount": .string($0.amount.description)]
                    }
                ),
            ]
        }
        var state = JSONObject()
        state["bank"] = ["balances": .array(list)]
        for (name, section) in sections { state[name] = section }
        try harness.given(.genesis(appState: .object(state)))
    }

    func text(_ address: Address) -> String { harness.addresses.format(address, as: .account) }

    /// The address of a kiosk, which memos call.
    var kiosk: Address { Address(moduleName: "kiosk") }

    func balance(_ address: Address, _ denom: String = "uatom") throws -> String {
        let text = text(address)
        let query = BankQuery.with {
            $0.balance.address = text
            $0.balance.denom = denom
        }
        return try harness.query(query, of: Bank.self).balance.amount
    }

    func supply(_ denom: String) throws -> String {
        try harness.query(.with { $0.supply.denom = denom }, of: Bank.self).supply.existing
    }

    /// The balance of a channel's escrow account at the bank.
    func escrowBalance(_ end: ChannelEndID, _ denom: String = "uatom") throws -> String {
        try balance(try Address(bytes: EscrowAccount.address(of: end)), denom)
    }

    /// What the module says that a channel's escrow holds.
    func escrowed(_ end: ChannelEndID) throws -> [String] {
        let answer = try harness.query(.with { $0.escrow.channelID = end.channel.text }).escrow
        return answer.tokens.map { "\($0.amount)\($0.denom)" }
    }

    /// Ends a block: it is stored and replayed, and all invariants are checked.
    func finish() throws { try harness.nextBlock() }
}

/// Channels and packets.
extension TransferChain {
    @discardableResult
    func relay(_ message: InterchainMessage) throws -> Outcome<Transfer> {
        try harness.when(message, to: Switchboard.self, from: Self.relayer)
    }

    /// Opens a channel to another chain; the ends on both.
    func connect(to other: TransferChain) throws -> (here: ChannelEndID, there: ChannelEndID) {
        let begun = try relay(
            .with {
                $0.channelOpenInit.portID = "transfer"
                $0.channelOpenInit.connectionID = "connection-0"
                $0.channelOpenInit.ordering = .unordered
                $0.channelOpenInit.counterpartyPortID = "transfer"
            }
        ).thenSucceeded()
        let here = try #require(begun.events.of(InterchainEvent.self).first).channelOpenInit.channelID
        let tried = try other.relay(
            .with {
                $0.channelOpenTry.portID = "transfer"
                $0.channelOpenTry.connectionID = "connection-0"
                $0.channelOpenTry.ordering = .unordered
                $0.channelOpenTry.counterparty.portID = "transfer"
                $0.channelOpenTry.counterparty.channelID = here
                $0.channelOpenTry.counterpartyVersion = "ics20-1"
            }
        ).thenSucceeded()
        let there = try #require(tried.events.of(InterchainEvent.self).first).channelOpenTry.channelID
        try relay(
            .with {
                $0.channelOpenAck.portID = "transfer"
                $0.channelOpenAck.channelID = here
                $0.channelOpenAck.counterpartyChannelID = there
                $0.channelOpenAck.counterpartyVersion = "ics20-1"
            }
        ).thenSucceeded()
        try other.relay(
            .with {
                $0.channelOpenConfirm.portID = "transfer"
                $0.channelOpenConfirm.channelID = there
            }
        ).thenSucceeded()
        return (
            ChannelEndID(port: .transfer, channel: try ChannelID(here)),
            ChannelEndID(port: .transfer, channel: try ChannelID(there))
        )
    }

    /// Asks for a transfer; what came of it.
    func trySend(
        _ coin: String,
        through end: ChannelEndID,
        from sender: Address,
        to receiver: String,
        memo: String = "",
        timeout: UInt64 = 2_000_000_000_000_000_000
    ) throws -> Outcome<Transfer> {
        let coin = try Coin(coin)
        let message = TransferMessage.with {
            $0.transfer.sourceChannel = end.channel.text
            $0.transfer.token = ProtoCoin(coin)
            $0.transfer.receiver = receiver
            $0.transfer.timeoutTimestamp = timeout
            $0.transfer.memo = memo
        }
        return try harness.when(message, from: sender)
    }

    /// Sends tokens; the packet.
    func send(
        _ coin: String,
        through end: ChannelEndID,
        from sender: Address,
        to receiver: String,
        memo: String = ""
    ) throws -> Ibc_Core_Channel_V1_Packet {
        let outcome = try trySend(coin, through: end, from: sender, to: receiver, memo: memo).thenSucceeded()
        return try #require(outcome.sentPackets.first)
    }

    /// Has a packet received; its acknowledgement.
    func receive(_ packet: Ibc_Core_Channel_V1_Packet) throws -> Received {
        Received(outcome: try relay(.with { $0.receivePacket.packet = packet }).thenSucceeded())
    }

    /// Has a packet acknowledged.
    @discardableResult
    func acknowledge(_ packet: Ibc_Core_Channel_V1_Packet, _ acknowledgement: String) throws -> Outcome<Transfer> {
        try relay(
            .with {
                $0.acknowledgePacket.packet = packet
                $0.acknowledgePacket.acknowledgement = Data(acknowledgement.utf8)
            }
        ).thenSucceeded()
    }

    /// Has a packet time out.
    @discardableResult
    func timeOut(_ packet: Ibc_Core_Channel_V1_Packet) throws -> Outcome<Transfer> {
        try relay(.with { $0.timeOutPacket.packet = packet }).thenSucceeded()
    }
}

/// Refunds that are owed.
extension TransferChain {
    /// Asks for a refund that is owed; what came of it.
    func retryRefund(_ packet: Ibc_Core_Channel_V1_Packet, from sender: Address) throws -> Outcome<Transfer> {
        let message = TransferMessage.with {
            $0.retryRefund.channelID = packet.sourceChannel
            $0.retryRefund.sequence = packet.sequence
        }
        return try harness.when(message, from: sender)
    }

    /// Asks for a refund that is owed, as somebody who has nothing to do with it.
    @discardableResult
    func retryRefund(_ refund: TransferOwedRefund) throws -> Outcome<Transfer> {
        let message = TransferMessage.with {
            $0.retryRefund.channelID = refund.parcel.channelID
            $0.retryRefund.sequence = refund.parcel.sequence
        }
        return try harness.when(message, from: Self.relayer)
    }

    /// All refunds that are owed.
    func owedRefunds() throws -> [TransferOwedRefund] {
        try harness.query(.with { $0.owedRefunds.limit = 1000 }).owedRefunds.refunds
    }
}

/// What came of a packet at its receiver.
struct Received {
    let outcome: Outcome<Transfer>

    /// The acknowledgement; there is one for every packet.
    var acknowledgement: String {
        for event in outcome.events.of(InterchainEvent.self) {
            if case .acknowledgementWritten(let written) = event.event {
                return String(decoding: written.acknowledgement, as: UTF8.self)
            }
        }
        return "none"
    }

    var isSuccess: Bool { acknowledgement == #"{"result":"AQ=="}"# }

    /// Whether the packet was refused with a code, and nothing of it is left here.
    func isRefused(_ code: ModuleError.Code) -> Bool {
        let text = "ABCI code: \(code.number): error handling packet: see events for details"
        return outcome.failedReactions == [code] && acknowledgement == #"{"error":"\#(text)"}"#
            && outcome.emitted.isEmpty
    }
}

extension Outcome {
    /// The packets that were sent.
    var sentPackets: [Ibc_Core_Channel_V1_Packet] {
        events.of(InterchainEvent.self).compactMap { event in
            if case .packetSent(let sent) = event.event { sent.packet } else { nil }
        }
    }

    /// Why reactions to final events failed.
    var failedReactions: [ModuleError.Code] {
        events.of(HarnessEvent.self).compactMap { event in
            guard case .reactionFailed(let failure) = event.event else { return nil }
            return ModuleError.Code(failure.codespace, failure.code)
        }
    }

    /// What kiosks were called for.
    var visits: [KioskVisited] {
        events.of(KioskEvent.self).compactMap { event in
            if case .visited(let visited) = event.event { visited } else { nil }
        }
    }

    /// The names of all events of the module under test.
    var kinds: [String] {
        events.compactMap { $0.event is Module.Event ? $0.kind.name : nil }
    }
}

extension SwitchboardChannel {
    /// An open channel of the transfer port, unordered and of the version that is spoken here.
    static func transfer(_ channel: String, sentCount: UInt64 = 0) -> Self {
        var known = Self(port: "transfer", channel: channel)
        (known.version, known.sentCount) = ("ics20-1", sentCount)
        return known
    }
}
