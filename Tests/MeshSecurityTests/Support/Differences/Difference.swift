/// A difference from the reference that the specification explains: what our side shows instead.
struct Difference {
    /// The steps in which it shows.
    let steps: ClosedRange<Int>
    let reason: Reason
    /// Our texts, by the name of what is seen; empty for none.
    let ours: [String: String]

    init(_ steps: ClosedRange<Int>, _ reason: Reason, _ ours: [String: String]) {
        self.steps = steps
        self.reason = reason
        self.ours = ours
    }

    init(_ step: Int, _ reason: Reason, _ ours: [String: String]) { self.init(step...step, reason, ours) }

    /// What is listed for a cast and a scenario.
    static func listed(_ cast: Cast, _ scenario: String) -> [Difference] { table(cast)[scenario] ?? [] }

    /// All that is listed for a cast, by scenario.
    static func table(_ cast: Cast) -> [String: [Difference]] {
        switch cast {
        case .pairing: ofPairing.merging(rewardsOfPairing) { $0 + $1 }
        case .provider: ofProvider.merging(rewardsOfProvider) { $0 + $1 }
        case .consumer: ofConsumer.merging(rewardsOfConsumer) { $0 + $1 }
        }
    }
}

/// Why something differs. Sections are those of the specification of this project, D1 to D20 defects of the reference.
enum Reason: String, CaseIterable {
    // Provider.
    case flooredPerLien = "The slashable part is floored once per lien, not once per operation (section 4; D6)."
    case zeroRefused = "A stake of nothing is refused (section 5; D17), so there is no packet to carry."
    case refusedNotCounted = "A refused stake has no number, so the next one has it (section 5)."
    case localCounted =
        "The vault numbers all that it asks lien holders for, local stakes too; a number is an identifier alone."
    case noSlash = "No packet slashes; only evidence does (section 11)."
    case closingUnbonds = "Closing frees nothing before the unbonding period is over (section 2; D9)."
    case unbondsNormally = "What the consumer hands back unbonds for the normal time (section 5)."
    case noProxy = "There are no proxies whose owner could be another one: a release is about its sender's own coins."
    case noGovernance = "There is no governance on this small chain that could count a vote (section 12)."
    case reserved = "A claim in flight is reserved, and is paid once (section 10; D11)."
    case communityReceives =
        "What validators without committed stake have earned is the community's, and holds nothing up (section 10; D12)."
    case earnsUntilCertain =
        "An unstake in flight takes nothing of what was earned, and its stake earns on (section 10; D13)."
    case removedBeatsAdded = "Of what one packet says of a validator, removed goes before added (section 6)."
    case unjailedIsActive = "Unjailed stands above added, and takes a validator back into the active ones (section 6)."

    // Consumer.
    case powerFalls = "Power goes down in the block in which the pledge does, not at the next epoch (section 7)."
    case convertedAsWhole = "What is pledged is converted as a whole, at the price of the moment (section 7; D10)."
    case unstakeWorks =
        "An unstake of what is pledged succeeds whatever the price and the validator (section 7; D1, D10)."
    case priceZero = "A price of zero refuses stake and is worth nothing; no epoch fails for it (section 7; D17, D19)."
    case boundZero = "An epoch bonds no zero, and is not stopped by one (section 8; D17)."
    case capLowered = "A lower cap counts in the same block (section 8)."
    case handedBack =
        "A cap of zero unbonds at once and hands back once, in tokens of the provider (sections 7, 8; D7)."
    case zeroCapRefuses = "A cap of zero refuses stake (section 8; D7)."
    case inactive = "A validator that is jailed or tombstoned loses its virtual stake in that block (section 8)."
    case pledgeStays = "Only evidence on the provider lowers what is pledged to a validator (sections 7, 8)."
    case oneWord =
        "How a validator stands is one word, by precedence (section 6); what a slash costs is information only (section 9)."
    case returnsAtOnce =
        "A validator that leaves jail is in the active set in the same block, and is said to be (section 6)."
    case noCounterpart =
        "Nothing happens to the validator that the provider could be told, so nothing is sent (section 6)."
}
