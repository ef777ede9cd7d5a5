import ArgumentParser
import BankEvents
import MeshHost
import ModuleKit
import StakingEvents

/// `meshd query account`.
struct QueryAccount: ChainQuery {
    static let configuration = CommandConfiguration(
        commandName: "account",
        abstract: "Shows an account's sequence, balances and stake.",
        discussion: """
            Example:
              meshd query account alice
            """
    )

    @OptionGroup var global: GlobalOptions

    @Argument(help: "The address, or the name of a key.")
    var account: String

    func report(_ chain: ChainView) throws(CommandError) -> Report {
        let address = try references(chain).account(account)
        let text = chain.addresses.format(address, as: .account)
        let sequence = try CommandError.wrapping { try chain.host.nextSequence(of: address) }
        let balances = try chain.balances(of: text)
        let hasStaking = chain.instances.contains { $0.module == "staking" }
        let delegations = hasStaking ? try chain.delegations(of: text) : []
        let json: JSONValue = [
            "address": .string(text),
            "sequence": .whole(sequence),
            "balances": .array(balances.map(\.document)),
            "delegations": .array(
                delegations.map {
                    ["validator": .string($0.validator), "balance": $0.balance.document, "shares": .string($0.shares)]
                }
            ),
        ]
        return Report(json) { style in
            var facts = Facts(("address", .init(text, .bold)), ("sequence", .init(sequence.grouped)))
            for coin in balances { facts.add("balance", .init(coin.text)) }
            if balances.isEmpty { facts.add("balance", .init("none", .dim)) }
            for delegation in delegations {
                facts.add("delegated", .init("\(delegation.balance.text) to \(delegation.validator)"))
            }
            return facts.text(style)
        }
    }
}

extension ProtoCoin {
    /// `1,234 uatom`.
    var text: String { "\(amount.groupingDigits) \(denom)" }

    /// The coin as programs read it.
    var document: JSONValue { ["denom": .string(denom), "amount": .string(amount)] }
}
