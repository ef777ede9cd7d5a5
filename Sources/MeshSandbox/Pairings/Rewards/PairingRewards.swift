public import ModuleKit

/// What has become of all rewards of a pairing, by the books of both chains.
///
/// The Converter knows where everything is that virtual stake has earned; External Staking knows what of it has come, and
/// whose it is. Each has to account for all of its own, always; and what the one has sent, the other has, as soon as nothing is
/// under way. (Spec section 10.)
public struct PairingRewards: Sendable, Hashable {
    /// What the Converter knows. The figures behind the first add up to it.
    public struct ConsumerTotals: Sendable, Hashable {
        /// The coin, as the consumer calls it; empty while nothing was collected.
        public internal(set) var denom = ""
        /// All that virtual stake has earned.
        public internal(set) var collected = Amount.zero
        /// What waits at the Converter.
        public internal(set) var waiting = Amount.zero
        /// What is in batches, under way or coming back.
        public internal(set) var batched = Amount.zero
        /// What has arrived, and the provider does not know yet whose it is.
        public internal(set) var arrived = Amount.zero
        /// What lies at the Converter for claims that the provider knows of.
        public internal(set) var held = Amount.zero
        /// What the provider has, and knows whose it is.
        public internal(set) var delivered = Amount.zero
        /// What was paid out on the provider's word.
        public internal(set) var paid = Amount.zero
        /// What went to the consumer's community pool.
        public internal(set) var given = Amount.zero
    }

    /// What External Staking knows of the rewards of one denomination. What was received is the sum of the six after it.
    public struct ProviderTotals: Sendable, Hashable {
        /// Vouchers by the bank's name, or the consumer's own coin where it holds them.
        public internal(set) var denom: String
        /// Whether the consumer holds them.
        public internal(set) var isHeld: Bool
        /// What was shared out among stakes, or given to the community.
        public internal(set) var received = Amount.zero
        /// What was paid out to stakers.
        public internal(set) var paid = Amount.zero
        /// What became a claim of vouchers after the pairing had closed.
        public internal(set) var converted = Amount.zero
        /// What went to the community, as nobody had staked.
        public internal(set) var community = Amount.zero
        /// What the consumer is to pay, and has not answered.
        public internal(set) var inFlight = Amount.zero
        /// What stakers can claim, fractions included.
        public internal(set) var claimable = Decimal18.zero
        /// What was too little for a point for each unit of stake.
        public internal(set) var remainder = Decimal18.zero
        /// Vouchers of which no batch has said whose they are.
        public internal(set) var unattributed = Amount.zero
        /// The part of the community's that was not passed on yet.
        public internal(set) var communityWaiting = Amount.zero
        /// The part of the community's that is on its way to the consumer's pool.
        public internal(set) var communityInFlight = Amount.zero
    }

    /// What the Converter knows.
    public internal(set) var consumer = ConsumerTotals()
    /// What External Staking knows, by denomination.
    public internal(set) var provider: [ProviderTotals] = []
    /// Whether both ends of the control channel are open.
    public internal(set) var isOpen = false

    /// What a figure of External Staking comes to, all denominations together.
    public func sum(_ figure: (ProviderTotals) -> Amount) -> Amount {
        provider.reduce(.zero) { $0.saturatingAdding(figure($1)) }
    }

    /// Whether no rewards are on their way between the two chains.
    public var isSettled: Bool {
        consumer.batched.isZero && provider.allSatisfy { $0.inFlight.isZero && $0.communityInFlight.isZero }
    }
}
