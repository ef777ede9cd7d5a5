public import ModuleKit

extension ChainSpecification {
    /// How long validators may be offline, before a chain jails them.
    public struct Downtime: Sendable, Hashable {
        /// How many blocks are looked at. A validator has to sign half of them.
        public var windowBlocks: UInt64
        /// How long a validator is jailed at least.
        public var jailed: TimeSpan

        /// Describes a downtime.
        public init(windowBlocks: UInt64, jailed: TimeSpan) {
            self.windowBlocks = windowBlocks
            self.jailed = jailed
        }

        /// The section of a genesis document in the layout of Cosmos chains; what is not named there is the Cosmos SDK's own.
        var section: JSONValue {
            [
                "params": [
                    "signed_blocks_window": .string("\(windowBlocks)"),
                    "downtime_jail_duration": .string(jailed.description),
                ]
            ]
        }

        /// Says what is wrong with it; nil for what a chain can have.
        var fault: String? {
            guard windowBlocks > 0 else { return "a window has one block at least" }
            return jailed > .zero ? nil : "a validator is jailed for longer than no time"
        }
    }
}
