public import ModuleKit

extension ChainSpecification {
    /// The label of the instance of rewards, which every chain has.
    static let rewardsLabel = "rewards"

    /// What a chain mints for those who stake on it.
    public struct Inflation: Sendable, Hashable {
        /// The part of the supply that is minted in a year; it stays the same, however much is bonded.
        public var rate: Decimal18
        /// The community pool's part of provisions and fees; nil for the Cosmos SDK's own, 0.02.
        public var communityTax: Decimal18?
        /// How many blocks a year has; nil for blocks every five seconds. Fewer make the provisions of each larger.
        public var blocksPerYear: UInt64?

        /// Describes an inflation.
        public init(_ rate: Decimal18, communityTax: Decimal18? = nil, blocksPerYear: UInt64? = nil) {
            self.rate = rate
            self.communityTax = communityTax
            self.blocksPerYear = blocksPerYear
        }

        /// The sections of a genesis document in the layout of Cosmos chains, by name.
        ///
        /// - Parameter denom: what is minted.
        public func sections(minting denom: String) -> [(name: String, value: JSONValue)] {
            let rate = JSONValue.string(rate.description)
            var minting = JSONObject()
            minting["mint_denom"] = .string(denom)
            minting["inflation_rate_change"] = .string(Decimal18.zero.description)
            (minting["inflation_max"], minting["inflation_min"]) = (rate, rate)
            if let blocksPerYear { minting["blocks_per_year"] = .string("\(blocksPerYear)") }
            var sections: [(name: String, value: JSONValue)] = [
                ("mint", ["minter": ["inflation": rate], "params": .object(minting)])
            ]
            if let communityTax {
                sections.append(("distribution", ["params": ["community_tax": .string(communityTax.description)]]))
            }
            return sections
        }

        /// Says what is wrong with it; nil for what a chain can have.
        public var fault: String? {
            guard rate <= .one else { return "an inflation is 1 at most, such as 0.1" }
            guard communityTax.map({ $0 <= .one }) != false else { return "a community tax is 1 at most, such as 0.02" }
            return blocksPerYear == 0 ? "a year has one block at least" : nil
        }
    }
}
