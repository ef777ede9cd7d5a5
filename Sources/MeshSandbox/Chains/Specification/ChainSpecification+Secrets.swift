extension ChainSpecification {
    /// A secret of a sandbox, which is none: everybody can make it again from the seed.
    public struct Secret: Sendable, Hashable {
        /// The name of the account; for a consensus key that of the validator's account with `-consensus` behind it.
        public let name: String
        /// The seed of the Ed25519 key, 32 bytes.
        public let seed: [UInt8]
    }

    /// The secrets of the chain's validators, with their consensus keys, of its other accounts, and of its authority, where
    /// that is an account: what a home needs in which the chain goes on.
    ///
    /// - Parameter seed: what all keys of the sandbox are made from.
    public func secrets(seed: UInt64) -> [Secret] {
        func secret(_ use: String, _ name: String, ending: String = "") -> Secret {
            Secret(name: name + ending, seed: SandboxSeed.bytes(use, name, chainID: chainID, seed: seed))
        }
        let accounts = validatorNames + self.accounts.map(\.name)
        let isListed = governance != nil || accounts.contains(Self.authority)
        let others = isListed ? accounts : accounts + [Self.authority]
        return others.map { secret("account", $0) }
            + validatorNames.map { secret("consensus", $0, ending: "-consensus") }
    }
}
