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
import Vault
import VaultEvents

@testable import ExternalStaking

/// A provider with a bank, a vault, and one external staking. Nothing of the consumer is proven: a `Switchboard`
/// stands in the place of Interchain, and tests say what the consumer does.
final class StakingChain {
    static let relayer = Address.named("relayer")
    static let authority = Address.named("authority")
    /// How long stake unbonds.
    static let period = TimeSpan.hours(1)

    let harness: ModuleHarness<ExternalStaking>
    let alice = Address.named("alice")
    let bob = Address.named("bob")
    let carol = Address.named("carol")
    let version: ControlVersion
    private(set) var channel = "channel-0"
    private var sequence: UInt64 = 0

    init(
        version: ControlVersion = .newest,
        settings: [(String, JSONValue)] = [],
        genesis: [(String, JSONValue)] = [],
        chainID: String = "provider-1",
        authority: Address? = StakingChain.authority,
        neighbours: [any ProtocolModule] = [],
        neighbourSettings: [(String, JSONValue)] = [],
        people: [Address] = [],
        limits: Execution.Limits = Execution.Limits(),
        replays: Bool = true,
        checks: Bool = true
    ) throws {
        self.version = version
        harness = try ModuleHarness(
            ExternalStaking(),
            neighbours: [Bank(), Vault(), Switchboard(peer: "consumer-1"), Witness()] + neighbours,
            options: HarnessOptions {
                $0.chainID = chainID
                $0.configuration = Self.configuration(version, settings)
                $0.neighbourConfigurations = ["vault": ["denom": "uosmo"]]
                for (label, settings) in neighbourSettings { $0.neighbourConfigurations[label] = settings }
                $0.limits = limits
                $0.replaysEveryBlock = replays
                $0.checksInvariants = checks
            }
        )
        let balances = try ([alice, bob, carol] + people).map { holder -> JSONValue in
            let text = try holder.text(prefix: "cosmos")
            return ["address": .string(text), "coins": [["denom": "uosmo", "amount": "1000000"]]]
        }
        var state = JSONObject()
        state["bank"] = ["balances": .array(balances)]
        for (name, section) in genesis { state[name] = section }
        try harness.given(.genesis(appState: .object(state)))
        if let authority { try harness.given(.authority(authority)) }
    }

    static func configuration(_ version: ControlVersion, _ settings: [(String, JSONValue)]) -> JSONValue {
        var object = JSONObject()
        object["vault"] = "vault"
        object["rewards_denom"] = "ujuno"
        object["unbonding_period"] = "1h0m0s"
        object["slash_ratio"] = ["double_sign": "0.2", "offline": "0.1"]
        object["remote_endpoint"] = ["connection": "connection-0", "port": "mesh.converter"]
        object["versions"] = ["minimum": .string(version.description), "maximum": .string(version.description)]
        for (name, value) in settings { object[name] = value }
        return .object(object)
    }

    /// A chain with an open channel, the active validators `v1` to `v4`, and users with collateral.
    static func ready(
        version: ControlVersion = .newest,
        settings: [(String, JSONValue)] = [],
        collateral: UInt64 = 1000,
        authority: Address? = StakingChain.authority,
        neighbours: [any ProtocolModule] = [],
        people: [Address] = []
    ) throws -> StakingChain {
        let chain = try StakingChain(
            version: version,
            settings: settings,
            authority: authority,
            neighbours: neighbours,
            people: people
        )
        try chain.connect()
        #expect(try chain.receive(chain.additions()).isSuccess)
        for user in [chain.alice, chain.bob] + people { try chain.bond(collateral, of: user) }
        return chain
    }

    func text(_ address: Address) -> String { harness.addresses.format(address, as: .account) }

    var port: String { "mesh.\(text(Address(moduleName: "external-staking")))" }

    /// Ends a block: burns are sent, and it is stored and replayed.
    @discardableResult
    func nextBlock(after interval: TimeSpan? = nil) throws -> [Ibc_Core_Channel_V1_Packet] {
        try harness.nextBlock(after: interval).ended.of(InterchainEvent.self).compactMap(\.sent)
    }
}

/// The channel.
extension StakingChain {
    @discardableResult
    func relay(_ message: InterchainMessage) throws -> Outcome<ExternalStaking> {
        try harness.when(message, to: Switchboard.self, from: Self.relayer)
    }

    func openTry(
        proposing version: String? = nil,
        port: String = "mesh.converter",
        connection: String = "connection-0",
        ordering: Ibc_Core_Channel_V1_Order = .unordered
    ) throws -> Outcome<ExternalStaking> {
        try relay(
            .with {
                $0.channelOpenTry.portID = self.port
                $0.channelOpenTry.connectionID = connection
                $0.channelOpenTry.ordering = ordering
                $0.channelOpenTry.counterparty.portID = port
                $0.channelOpenTry.counterparty.channelID = "channel-9"
                $0.channelOpenTry.counterpartyVersion = version ?? self.version.json
            }
        )
    }

    func openConfirm(_ channel: String) throws -> Outcome<ExternalStaking> {
        try relay(
            .with {
                $0.channelOpenConfirm.portID = port
                $0.channelOpenConfirm.channelID = channel
            }
        )
    }

    /// Opens the pairing's channel.
    func connect() throws {
        let tried = try openTry().thenSucceeded()
        channel = try #require(tried.events.of(InterchainEvent.self).first).channelOpenTry.channelID
        try openConfirm(channel).thenSucceeded()
    }

    /// What the client of the consumer is from here on: `active`, `expired` or `frozen`.
    func setClient(_ status: String) throws {
        try relay(.with { $0.createClient.clientState = Data(status.utf8) }).thenSucceeded()
    }

    func close(by sender: Address = StakingChain.authority) throws -> Outcome<ExternalStaking> {
        try harness.when(.with { $0.close = .init() }, from: sender)
    }

    /// The other end was closed.
    func closeCounterparty() throws {
        try relay(
            .with {
                $0.channelCloseConfirm.portID = port
                $0.channelCloseConfirm.channelID = channel
            }
        ).thenSucceeded()
    }

    /// Has a packet of the consumer received.
    func receive(_ packet: ConsumerPacket, sequence: UInt64? = nil) throws -> Received {
        try receive(packet.json(version: version), sequence: sequence)
    }

    /// The number of the next packet of the consumer.
    func nextSequence() -> UInt64 {
        sequence += 1
        return sequence
    }

    /// Has any bytes received.
    func receive(_ data: [UInt8], sequence: UInt64? = nil, over channel: String? = nil) throws -> Received {
        let number = sequence ?? nextSequence()
        let packet = Ibc_Core_Channel_V1_Packet.with {
            $0.sequence = number
            $0.sourcePort = "mesh.converter"
            $0.sourceChannel = "channel-9"
            $0.destinationPort = port
            $0.destinationChannel = channel ?? self.channel
            $0.data = Data(data)
            $0.timeoutHeight = Height.zero.protobuf
            $0.timeoutTimestamp = 2_000_000_000_000_000_000
        }
        return Received(outcome: try relay(.with { $0.receivePacket.packet = packet }).thenSucceeded())
    }

    /// Has a packet acknowledged: `{"result":"e30="}` unless there is an error.
    @discardableResult
    func acknowledge(_ packet: Ibc_Core_Channel_V1_Packet, error: String? = nil) throws -> Outcome<ExternalStaking> {
        let acknowledgement =
            error.map { Acknowledgement.error($0) } ?? .result(ControlAcknowledgement.emptyResult)
        return try relay(
            .with {
                $0.acknowledgePacket.packet = packet
                $0.acknowledgePacket.acknowledgement = Data(acknowledgement.json)
            }
        ).thenSucceeded().thenNothingFailed()
    }

    /// Has a packet time out.
    @discardableResult
    func timeOut(_ packet: Ibc_Core_Channel_V1_Packet) throws -> Outcome<ExternalStaking> {
        try relay(.with { $0.timeOutPacket.packet = packet }).thenSucceeded().thenNothingFailed()
    }
}

/// What came of a packet at its receiver.
struct Received {
    let outcome: Outcome<ExternalStaking>

    /// The acknowledgement; there is one for every packet.
    var acknowledgement: String {
        for event in outcome.events.of(InterchainEvent.self) {
            if case .acknowledgementWritten(let written) = event.event {
                return String(decoding: written.acknowledgement, as: UTF8.self)
            }
        }
        return "none"
    }

    var isSuccess: Bool { acknowledgement == #"{"result":"e30="}"# }
}

extension InterchainEvent {
    /// The packet that was sent.
    var sent: Ibc_Core_Channel_V1_Packet? {
        if case .packetSent(let sent) = event { sent.packet } else { nil }
    }
}

extension Ibc_Core_Channel_V1_Packet {
    var text: String { String(decoding: data, as: UTF8.self) }
}

extension Outcome {
    /// The one packet that was sent.
    func thenSent() throws -> Ibc_Core_Channel_V1_Packet {
        try #require(try thenSucceeded().events.of(InterchainEvent.self).compactMap(\.sent).first)
    }

    /// Makes sure that no reaction to a final event has failed.
    @discardableResult
    func thenNothingFailed() throws -> Self {
        let failures = events.of(HarnessEvent.self).filter {
            if case .reactionFailed = $0.event { true } else { false }
        }
        #expect(failures.isEmpty)
        return self
    }

    /// The names of all events of the module under test, but for its answers to Interchain.
    var kinds: [String] {
        events.compactMap { $0.event is Module.Event ? $0.kind.name : nil }.filter { $0 != "channel_answered" }
    }
}
