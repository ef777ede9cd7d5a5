import ConverterEvents
import ModuleKit

/// What has become of all rewards, as numbers.
///
/// Invariant: each coin that was ever collected counts in exactly one of the others.
struct RewardAmounts: Hashable {
    let denom: String
    var collected = Amount.zero
    var waiting = Amount.zero
    var batched = Amount.zero
    var arrived = Amount.zero
    var held = Amount.zero
    var delivered = Amount.zero
    var paid = Amount.zero
    var given = Amount.zero

    /// What is in no batch at a place.
    subscript(place: ConverterRewardPlace) -> Amount {
        get {
            switch place {
            case .there: arrived
            case .held: held
            default: waiting
            }
        }
        set {
            switch place {
            case .there: arrived = newValue
            case .held: held = newValue
            default: waiting = newValue
            }
        }
    }

    /// All coins, wherever they are.
    func sum() throws(ModuleError) -> Amount {
        var sum = Amount.zero
        for amount in [waiting, batched, arrived, held, delivered, paid, given] { sum = try sum.adding(amount) }
        return sum
    }

    /// As it is stored.
    var totals: ConverterRewardTotals {
        .with {
            $0.denom = denom
            $0.collected = collected.description
            $0.waiting = waiting.description
            $0.batched = batched.description
            $0.arrived = arrived.description
            $0.held = held.description
            $0.delivered = delivered.description
            $0.paid = paid.description
            $0.given = given.description
        }
    }
}

extension ConverterRewardTotals {
    /// As numbers.
    func amounts() throws(ModuleError) -> RewardAmounts {
        var amounts = RewardAmounts(denom: denom)
        amounts.collected = try Amount(collected)
        amounts.waiting = try Amount(waiting)
        amounts.batched = try Amount(batched)
        amounts.arrived = try Amount(arrived)
        amounts.held = try Amount(held)
        amounts.delivered = try Amount(delivered)
        amounts.paid = try Amount(paid)
        amounts.given = try Amount(given)
        return amounts
    }
}
