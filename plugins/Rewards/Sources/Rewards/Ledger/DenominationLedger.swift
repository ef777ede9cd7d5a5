import ModuleKit
import RewardsEvents

/// What is kept of one denomination as a whole, beside what one unit of power has earned.
struct DenominationLedger: StoredValue, Hashable {
    /// The community pool, with the fractions that nobody else has a claim to.
    var communityPool: Decimal36 = .zero
    /// What the module's account holds.
    var held: Amount = .zero
    /// What came in since the beginning; the largest amount at most.
    private(set) var received: Amount = .zero
    /// What went out since the beginning; the largest amount at most.
    private(set) var paid: Amount = .zero

    init() {}

    init(_ stored: RewardsDenomination) throws(ModuleError) {
        communityPool = try Decimal36(stored.communityPool)
        held = try Amount(stored.held)
        received = try Amount(stored.received)
        paid = try Amount(stored.paid)
    }

    /// Without the power's part, which stands in the power index.
    var stored: RewardsDenomination {
        .with {
            $0.communityPool = communityPool.description
            $0.held = held.description
            $0.received = received.description
            $0.paid = paid.description
        }
    }

    /// Notes that coins came in.
    mutating func receive(_ amount: Amount) throws(ModuleError) {
        held = try held.adding(amount)
        received = received.saturatingAdding(amount)
    }

    /// Notes that coins went out.
    mutating func pay(_ amount: Amount) throws(ModuleError) {
        held = try held.subtracting(amount)
        paid = paid.saturatingAdding(amount)
    }
}
