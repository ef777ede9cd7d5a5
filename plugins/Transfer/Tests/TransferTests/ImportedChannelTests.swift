import Foundation
import IBC
import InterchainTesting
import ModuleKit
import ModuleTesting
import Testing
import TransferEvents

@Suite("Channels of the genesis")
struct ImportedChannelTests {
    let alice = Address.named("alice")
    let here = ChannelEndID(port: .transfer, channel: ChannelID(number: 3))
    let there = ChannelEndID(port: .transfer, channel: ChannelID(number: 7))

    /// A chain with a channel that its module was never offered, and a voucher that came through it.
    func chain(_ channel: SwitchboardChannel, _ section: [(String, JSONValue)] = []) throws -> TransferChain {
        var transfer = JSONObject()
        transfer["port_id"] = "transfer"
        transfer["denom_traces"] = [["path": "transfer/channel-3", "base_denom": "uosmo"]]
        for (name, value) in section { transfer[name] = value }
        return try TransferChain(
            "hub-1",
            balances: [(alice, "50\(try voucher()),100uatom")],
            sections: [("switchboard", [channel.json]), ("transfer", .object(transfer))]
        )
    }

    func voucher() throws -> String { try DenominationTrace(path: "\(here)/uosmo").denomination }

    @Test("Tokens that leave over an empty one go to an account that is claimed first, and come back after a timeout")
    func timeout() throws {
        let chain = try chain(.transfer("channel-3"))
        let sent = try chain.trySend("30uatom", through: here, from: alice, to: "osmo1x").thenSucceeded()
        #expect(sent.kinds == ["escrow_declared", "tokens_escrowed", "channel_answered", "sent"])
        let again = try chain.trySend("5uatom", through: here, from: alice, to: "osmo1x").thenSucceeded()
        #expect(again.kinds == ["tokens_escrowed", "channel_answered", "sent"])
        #expect(try chain.escrowBalance(here) == "35")
        for packet in sent.sentPackets + again.sentPackets {
            #expect(try chain.timeOut(packet).kinds == ["tokens_released", "refunded"])
        }
        #expect(try chain.balance(alice) == "100")
        try chain.finish()
    }

    @Test("Tokens that leave over an empty one come back when the other chain returns them")
    func comeBack() throws {
        let chain = try chain(.transfer("channel-3"))
        _ = try chain.send("30uatom", through: here, from: alice, to: "osmo1x")
        let data = chain.data(denom: "\(there)/uatom", amount: "30", to: chain.text(alice))
        #expect(try chain.receive(data, from: there, at: here).isSuccess)
        #expect(try chain.balance(alice) == "100")
        try chain.finish()
    }

    @Test("What is received first claims the account as well, so that nobody can be paid into it")
    func receivedFirst() throws {
        let chain = try chain(.transfer("channel-3"))
        let escrow = try Address(bytes: EscrowAccount.address(of: here))
        let data = chain.data(to: chain.text(escrow))
        #expect(try chain.receive(data, from: there, at: here).isRefused(.blockedReceiver))
        let received = try chain.receive(chain.data(to: chain.text(alice)), from: there, at: here)
        #expect(received.isSuccess)
        #expect(received.outcome.kinds.first == "escrow_declared")
        try chain.finish()
    }

    static let unfitChannels: [(SwitchboardChannel, ModuleError.Code)] = {
        var ordered = SwitchboardChannel.transfer("channel-3")
        ordered.isOrdered = true
        var charging = SwitchboardChannel.transfer("channel-3")
        charging.version = #"{"fee_version":"ics29-1","app_version":"ics20-1"}"#
        return [(ordered, .unsupportedOrdering), (charging, .unsupportedTransferVersion)]
    }()

    @Test("Nothing is sent over one that keeps an order or takes fees, and nothing received", arguments: unfitChannels)
    func unfit(channel: SwitchboardChannel, code: ModuleError.Code) throws {
        let chain = try chain(channel)
        try chain.trySend("30uatom", through: here, from: alice, to: "osmo1x").thenFailed(code)
        try chain.trySend("30\(voucher())", through: here, from: alice, to: "osmo1x").thenFailed(code)
        #expect(try chain.receive(chain.data(to: chain.text(alice)), from: there, at: here).isRefused(code))
        #expect(try chain.balance(alice) == "100")
        #expect(try chain.balance(alice, voucher()) == "50")
        try chain.finish()
    }

    @Test(
        "A section that has tokens in escrow for one that keeps an order or takes fees is refused",
        arguments: unfitChannels
    )
    func unfitEscrow(channel: SwitchboardChannel, code: ModuleError.Code) throws {
        let escrowed: JSONValue = [["channel_id": "channel-3", "denom": "uatom", "amount": "5"]]
        let error = #expect(throws: HarnessError.self) { try chain(channel, [("escrowed", escrowed)]) }
        #expect(error?.description.contains("app_state.transfer.escrowed[]") == true)
    }

    @Test("An error over one that takes fees moves nothing, because it may be a success; a timeout is one anywhere")
    func unreadableAcknowledgement() throws {
        let chain = try chain(Self.unfitChannels[1].0)
        let data = chain.data(denom: "\(here)/uosmo", to: "osmo1x")
            .replacing("osmo1somebody", with: chain.text(alice))
        var packet = Ibc_Core_Channel_V1_Packet()
        packet.sequence = 1
        (packet.sourcePort, packet.sourceChannel) = (here.port.text, here.channel.text)
        (packet.destinationPort, packet.destinationChannel) = (there.port.text, there.channel.text)
        packet.data = Data(data.utf8)
        packet.timeoutHeight = Height.zero.protobuf
        packet.timeoutTimestamp = 2_000_000_000_000_000_000
        let success = #"{"app_acknowledgement":"eyJyZXN1bHQiOiJBUT09In0=","underlying_app_success":true}"#
        let settled = try chain.acknowledge(packet, success)
        #expect(settled.failedReactions == [.unsupportedTransferVersion])
        #expect(settled.kinds.isEmpty)
        #expect(try chain.balance(alice, voucher()) == "50")
        #expect(try chain.timeOut(packet).kinds == ["voucher_minted", "refunded"])
        #expect(try chain.balance(alice, voucher()) == "55")
    }
}
