/// A denomination as people write it: by the way that a token came, without hashes.
///
/// `uatom` is a token at home on the chain where it is asked for. `uatom over main` is what that chain calls the token
/// `uatom` of the chain beyond the channel `main`, and `uatom over east over west` one that came over `east` first. A path
/// such as `transfer/channel-0/uatom` says the same with the chain's own names.
public struct ScenarioDenomination: Hashable, Sendable, CustomStringConvertible {
    /// What the token is called at home, or a path.
    public let base: String
    /// The channels over which it came, the first one first, each with the end by which it entered a chain.
    public let entries: [Entry]

    /// An entry into a chain.
    public struct Entry: Hashable, Sendable {
        /// The channel's name in the scenario.
        public let channel: String
        /// The chain that the token entered.
        public let chain: String
    }

    /// Follows the way back from the chain where the token is.
    ///
    /// - Throws: `invalidValue` when the channels make no way that ends there.
    init(base: String, over way: [ScenarioChannel], on chain: String) throws(ScenarioError) {
        var entries: [Entry] = []
        var place = chain
        for channel in way.reversed() {
            guard let origin = channel.opposite(of: place) else {
                throw ScenarioError(
                    .invalidValue,
                    "the channel \(channel.name) does not lead to \(place): name the channels in the order of the way"
                )
            }
            entries.append(Entry(channel: channel.name, chain: place))
            place = origin.chain
        }
        self.base = base
        self.entries = entries.reversed()
    }

    /// As it is written.
    public var description: String { entries.reduce(base) { "\($0) over \($1.channel)" } }
}
