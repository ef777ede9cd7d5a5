import CometBFT
import CometBFTTesting
import EvidenceEvents
import Testing

/// A signed chain of six blocks whose validators can be accused, and a scene with a client at its first block.
struct AccusedTestChain {
    static let chainID = "consumer-1"

    let validators: TestValidators
    let chain: TestChain

    init(chainID: String = chainID, validators powers: [(UInt64, Int64)] = [(1, 5), (2, 7), (3, 11), (4, 13)]) throws {
        validators = try TestValidators(powers)
        var chain = TestChain(chainID: chainID, validators: validators)
        try chain.grow(to: 6)
        self.chain = chain
    }

    func block(_ height: Int64) throws -> LightBlock { try #require(chain.block(at: height)) }

    /// A scene whose client has verified block 4.
    func scene(failing: Bool = false, ownChainID: String = "provider-1") throws -> EvidenceScene {
        let scene = try EvidenceScene(trusting: block(1).signedHeader.header, failing: failing, ownChainID: ownChainID)
        try scene.update(to: block(4), from: 1)
        return scene
    }

    /// Evidence that the validator at an index voted twice.
    func evidence(
        by index: Int = 1,
        height: Int64 = 4,
        type: SignedMessageType = .precommit,
        round: Int32 = 0,
        signedFor chainID: String? = nil
    ) throws -> DuplicateVoteEvidence {
        try validators.duplicateVote(
            by: index,
            type: type,
            height: height,
            round: round,
            blockIDs: (.numbered(1), .nil),
            time: block(height).time,
            chainID: chainID ?? chain.chainID
        )
    }

    /// The message that brings it.
    func message(by index: Int = 1, height: Int64 = 4, to instance: String = EvidenceScene.listener) throws
        -> EvidenceMessage
    {
        .proving(try evidence(by: index, height: height), try block(height), to: instance)
    }
}
