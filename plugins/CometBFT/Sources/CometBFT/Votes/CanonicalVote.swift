import CometBFTProtobuf
import Foundation
import SwiftProtobuf

/// What a validator signs of a vote.
///
/// Takes anything, votes that are not well formed too: the bytes are settled for those as well.
/// Source: CometBFT 0.38, `types/canonical.go`.
package enum CanonicalVote {
    /// The canonical vote in protobuf, behind its length. Validator and extension are not in it.
    package static func signBytes(
        type: Int,
        height: Int64,
        round: Int32,
        blockID: BlockID,
        timestamp: BlockTime,
        chainID: String
    ) -> [UInt8] {
        var vote = Tendermint_Types_CanonicalVote()
        vote.type = Tendermint_Types_SignedMsgType(rawValue: type) ?? .unknown
        vote.height = height
        vote.round = Int64(round)
        if let canonical = blockID.canonical { vote.blockID = canonical }
        vote.timestamp = timestamp.protobuf
        vote.chainID = chainID
        return vote.lengthPrefixedBytes
    }
}

/// What a validator signs of a proposal.
package enum CanonicalProposal {
    /// The canonical proposal in protobuf, behind its length.
    package static func signBytes(of proposal: Proposal, chainID: String) -> [UInt8] {
        var canonical = Tendermint_Types_CanonicalProposal()
        canonical.type = .proposal
        canonical.height = proposal.height
        canonical.round = Int64(proposal.round)
        canonical.polRound = Int64(proposal.proofOfLockRound)
        if let blockID = proposal.blockID.canonical { canonical.blockID = blockID }
        canonical.timestamp = proposal.timestamp.protobuf
        canonical.chainID = chainID
        return canonical.lengthPrefixedBytes
    }
}

extension BlockID {
    /// The block id as it is signed: left out altogether where it is nil.
    fileprivate var canonical: Tendermint_Types_CanonicalBlockID? {
        guard !isNil else { return nil }
        var canonical = Tendermint_Types_CanonicalBlockID()
        canonical.hash = Data(hash?.bytes ?? [])
        canonical.partSetHeader.total = partSetHeader.total
        canonical.partSetHeader.hash = Data(partSetHeader.hash?.bytes ?? [])
        return canonical
    }
}
