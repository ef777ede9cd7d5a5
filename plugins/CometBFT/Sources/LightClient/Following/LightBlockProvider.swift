public import CometBFT

/// Where light blocks come from: a node, a file, a relayer.
///
/// Nothing that a provider returns is trusted, not even that it is the block that was asked for.
public protocol LightBlockProvider {
    /// The block of a height, or the latest one.
    ///
    /// - Parameter height: The height; nil for the latest block.
    /// - Throws: `providerFailed` when there is no such block or the provider can't be asked.
    func lightBlock(at height: Int64?) throws(LightClientError) -> LightBlock
}

/// Asks a provider and counts the questions, so that no provider can keep a client busy for ever.
struct BoundedProvider<Provider: LightBlockProvider> {
    let provider: Provider
    let chainID: String
    var stepsLeft: Int

    /// The block of a height; checked to be of that height and chain, and nothing else.
    mutating func lightBlock(at height: Int64?) throws(LightClientError) -> LightBlock {
        guard stepsLeft > 0 else {
            throw LightClientError(
                .tooManySteps,
                "More blocks are needed than were allowed. What was verified so far is kept: call again, "
                    + "raise the limit, or ask another provider."
            )
        }
        stepsLeft -= 1
        let block = try provider.lightBlock(at: height)
        if let height, block.height != height {
            throw LightClientError(
                .wrongAnswer,
                "The provider was asked for height \(height) and returned \(block.height). Ask another provider."
            )
        }
        guard block.signedHeader.header.chainID == chainID else {
            throw LightClientError(
                .wrongChain,
                "The provider returned a block of chain \(block.signedHeader.header.chainID), not of \(chainID). "
                    + "Ask another provider."
            )
        }
        return block
    }
}
