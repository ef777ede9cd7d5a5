import CometBFT
import CometBFTTesting
import EvidenceEvents
import Foundation
import ModuleKit
import ModuleTesting
import Testing

/// Validator 2 signs with key 2 up to height 3, and with key 9 from height 4 on; the client has verified heights 3, 4 and 6.
@Suite("Evidence with a key that was rotated out")
struct RotatedKeyTests {
    let before: TestValidators
    let chain: TestChain
    let scene: EvidenceScene

    init() throws {
        before = try TestValidators([(1, 5), (2, 7), (3, 11), (4, 13)])
        var chain = TestChain(chainID: AccusedTestChain.chainID, validators: before)
        try chain.grow(to: 2)
        try chain.append(next: TestValidators([(1, 5), (9, 7), (3, 11), (4, 13)]))
        try chain.grow(to: 6)
        self.chain = chain
        scene = try EvidenceScene(trusting: #require(chain.block(at: 1)).signedHeader.header)
        for (height, trusted) in [(3, 1), (4, 3), (6, 4)] as [(Int64, Int64)] {
            try scene.update(to: #require(chain.block(at: height)), from: trusted)
        }
    }

    /// Two votes of a height that a key of the old set has signed, and the set's statements about it.
    private func evidence(height: Int64) throws -> DuplicateVoteEvidence {
        let rotated = try TestValidators([(2, 7)]).signers[0].address
        return try before.duplicateVote(
            by: #require(before.signers.firstIndex { $0.address == rotated }),
            height: height,
            time: #require(chain.block(at: height)).time,
            chainID: chain.chainID
        )
    }

    @Test("Of a height at which it was in use, it is taken, whatever the present set is")
    func inUse() throws {
        let proven = try scene.prove(.proving(evidence(height: 3), #require(chain.block(at: 3)))).thenSucceeded()
        let key = try TestValidators([(2, 7)]).set.validators[0].key
        #expect(proven.emitted.first?.duplicateVoteProven.key == Data(key.bytes))
    }

    @Test("Of a height since the rotation, it is refused: the header's set does not have it", arguments: [4, 6])
    func rotatedOut(height: Int64) throws {
        let (evidence, block) = (try evidence(height: height), try #require(chain.block(at: height)))
        try scene.prove(.proving(evidence, block)).thenFailed(.unknownVoter)
        // With the old set the header does not agree, and the old header is of another height.
        for (header, validators, code) in try [
            (block, #require(chain.block(at: 3)), .wrongInfractionValidators),
            (#require(chain.block(at: 3)), #require(chain.block(at: 3)), .wrongInfractionHeader),
        ] as [(LightBlock, LightBlock, ModuleError.Code)] {
            var request = EvidenceMessage.proving(evidence, block).proveDuplicateVote
            request.header = Data(header.signedHeader.header.encoded)
            request.validators = Data(validators.validators.encoded)
            try scene.prove(.with { $0.proveDuplicateVote = request }).thenFailed(code)
        }
        #expect(try scene.told().isEmpty)
    }
}
