import CometBFT
import CometBFTTesting
import Foundation
import ModuleKit
import ModuleTesting
import Testing

/// Two blocks of CometBFT test network 1, and the evidence against one of its validators.
struct RealNetwork {
    let first: Header
    let block: LightBlock
    let evidence: [DuplicateVoteEvidence]

    init() throws {
        let folder = try #require(Bundle.module.resourceURL).appendingPathComponent("Vectors")
        let bytes = [UInt8](try Data(contentsOf: folder.appendingPathComponent("network-1.json")))
        let document = try JSONValue(rpc: bytes)
        first = try CommitResponse(rpc: document["commits"]["1"]).signedHeader.header
        block = try LightBlock(
            signedHeader: CommitResponse(rpc: document["commits"]["71"]).signedHeader,
            validators: ValidatorSet(pages: [ValidatorsPage(rpc: document["validators"]["71"])])
        )
        guard case .array(let list) = document["evidence"] else { throw RealNetworkError.noEvidence }
        evidence = try list.map {
            guard case .duplicateVote(let evidence) = try CometBFT.Evidence(rpc: $0) else {
                throw RealNetworkError.noEvidence
            }
            return evidence
        }
    }

    /// A scene whose client has verified the block.
    func scene() throws -> EvidenceScene {
        let scene = try EvidenceScene(trusting: first)
        try scene.harness.nextBlock(after: .minutes(1))
        try scene.update(to: block, from: 1)
        return scene
    }
}

enum RealNetworkError: Error { case noEvidence }

extension JSONValue {
    fileprivate subscript(name: String) -> JSONValue {
        guard case .object(let object) = self else { return .null }
        return object[name] ?? .null
    }
}
