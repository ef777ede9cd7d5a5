import CometBFT

extension ConsensusParameters {
    /// The parameters that headers of a sandbox name: the engine's defaults (CometBFT 0.38, `DefaultConsensusParams`).
    static func sandbox() throws(CometBFTError) -> ConsensusParameters {
        try ConsensusParameters(
            maximumBlockByteCount: 22_020_096,
            maximumBlockGas: -1,
            maximumEvidenceAgeBlocks: 100_000,
            maximumEvidenceAgeNanoseconds: 172_800_000_000_000,
            maximumEvidenceByteCount: 1_048_576,
            keyTypes: ["ed25519"],
            appVersion: 0,
            voteExtensionsEnableHeight: 0
        )
    }
}
