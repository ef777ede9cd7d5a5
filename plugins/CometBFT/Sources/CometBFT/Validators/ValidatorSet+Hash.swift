import CometBFTProtobuf

extension ValidatorSet {
    /// The `validators_hash` of a header: the Merkle root over key and power of each validator. O(n) hashes.
    public var hash: Hash32 {
        MerkleTree.root(
            of: validators.map { validator in
                var leaf = Tendermint_Types_SimpleValidator()
                leaf.pubKey = validator.key.protobuf
                leaf.votingPower = validator.power
                return leaf.encodedBytes
            }
        )
    }
}
