import MeshSandbox
import ModuleKit
import RewardsEvents

extension PairingRewards.ProviderTotals {
    /// The totals as programs read them.
    func document(_ path: String?) -> JSONValue {
        [
            "denom": .string(denom), "path": .optional(path), "is_held": .bool(isHeld),
            "received": .string(received.description), "paid": .string(paid.description),
            "converted": .string(converted.description), "community": .string(community.description),
            "in_flight": .string(inFlight.description), "claimable": .string(claimable.shortDescription),
            "remainder": .string(remainder.shortDescription), "unattributed": .string(unattributed.description),
        ]
    }
}

extension PairingRewards.ConsumerTotals {
    /// The totals as programs read them.
    var document: JSONValue {
        [
            "denom": .string(denom), "collected": .string(collected.description),
            "waiting": .string(waiting.description), "batched": .string(batched.description),
            "arrived": .string(arrived.description), "held": .string(held.description),
            "delivered": .string(delivered.description), "paid": .string(paid.description),
            "given": .string(given.description),
        ]
    }
}

extension RewardsDecimalCoin {
    /// The coin as programs read it.
    var document: JSONValue { ["denom": .string(denom), "amount": .string(amount)] }
}

extension [RewardsDecimalCoin] {
    /// `1,234.5 uatom, 3 uother`, or a dash; what is below a thousandth is left to programs.
    var text: String {
        let texts = map { coin in
            let parts = coin.amount.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
            let fraction = parts.count > 1 ? "." + parts[1].prefix(3) : ""
            return "\((parts.first ?? "").groupingDigits)\(fraction) \(coin.denom)"
        }
        return texts.isEmpty ? "–" : texts.joined(separator: ", ")
    }
}
