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
