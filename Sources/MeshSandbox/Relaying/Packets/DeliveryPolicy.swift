/// How a relayer treats what it has to deliver: promptly, or with faults that chance decides on.
///
/// Every packet has one fate, drawn when the relayer first sees it. Whatever a relayer does, a packet is received once or
/// times out; nothing here can change that.
public struct DeliveryPolicy: Sendable, Hashable {
    /// In which order a batch is delivered.
    public enum Order: String, Sendable, Hashable {
        /// As packets were sent.
        case sent
        /// By chance. Packets of ordered channels keep their order: any other would be refused.
        case random
    }

    /// What happens to a packet and its acknowledgement.
    public enum Fate: Sendable, Hashable {
        /// Each is delivered as soon as it can be proven.
        case prompt
        /// Each is held back for some steps.
        case delayed(steps: UInt64)
        /// Each is delivered twice.
        case duplicated
        /// The packet is never delivered, and so times out. The timeout is delivered.
        case dropped
        /// A forgery is submitted first, and must be refused; what is true follows later.
        case forged(Forgery)
    }

    /// A fate, and how often it is drawn in proportion to the others.
    public struct Share: Sendable, Hashable {
        /// The fate.
        public let fate: Fate
        /// Its weight.
        public let weight: UInt32

        /// Weighs a fate.
        public init(_ fate: Fate, weight: UInt32 = 1) {
            self.fate = fate
            self.weight = weight
        }
    }

    /// In which order a batch is delivered.
    public var order: Order
    /// The fates among which chance chooses; where there are none, or all weigh nothing, every packet goes promptly.
    public var shares: [Share]

    /// Describes a policy.
    public init(order: Order = .sent, _ shares: [Share]) {
        self.order = order
        self.shares = shares
    }

    /// Everything at once and in order.
    public static let prompt = DeliveryPolicy([Share(.prompt)])
    /// Everything at once, in random order.
    public static let shuffled = DeliveryPolicy(order: .random, [Share(.prompt)])
    /// Everything twice.
    public static let duplicated = DeliveryPolicy([Share(.duplicated)])
    /// No packet ever.
    public static let dropped = DeliveryPolicy([Share(.dropped)])
    /// Everything some steps later.
    public static func delayed(steps: UInt64) -> DeliveryPolicy { DeliveryPolicy([Share(.delayed(steps: steps))]) }
    /// Every kind of forgery before what is true.
    public static let forged = DeliveryPolicy(Forgery.allCases.map { Share(.forged($0)) })
    /// Some of everything, in random order.
    public static let hostile = DeliveryPolicy(
        order: .random,
        [
            Share(.prompt, weight: 6), Share(.delayed(steps: 3), weight: 2), Share(.duplicated, weight: 2),
            Share(.dropped),
        ]
            + Forgery.allCases.map { Share(.forged($0)) }
    )

    /// Draws a packet's fate.
    func fate(using generator: inout SplitMix64) -> Fate {
        let total = shares.reduce(UInt64(0)) { $0 + UInt64($1.weight) }
        guard total > 0 else { return .prompt }
        var drawn = UInt64.random(in: 0..<total, using: &generator)
        for share in shares {
            if drawn < UInt64(share.weight) { return share.fate }
            drawn -= UInt64(share.weight)
        }
        return .prompt
    }
}

/// How a relayer lies.
public enum Forgery: String, Sendable, Hashable, CaseIterable {
    /// One byte of the proof is another.
    case proof
    /// The packet says something else than what was sent.
    case packet
    /// The acknowledgement says something else than what was answered.
    case acknowledgement
    /// The proof is claimed to be of another height.
    case height
    /// The packet is said to have timed out, when it has not.
    case timeout
    /// A header names another state than the one that validators signed.
    case header
}
