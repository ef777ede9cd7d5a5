import CometBFT
import Foundation
import IBC
import InterchainEvents
import ModuleKit

extension InterchainVerifiedHeader {
    /// What is kept of the header that a client is started from: nobody has seen the header itself.
    init(_ state: TendermintConsensusState, at height: IBC.Height) {
        self.init()
        self.height = height.protobuf
        time = state.time.protobuf
        root = Data(state.root)
        nextValidatorsHash = Data(state.nextValidatorsHash.bytes)
    }

    /// What is kept of a header.
    ///
    /// - Throws: `malformedInput` for a header of no height of a chain, or with an app hash that proves nothing.
    init(_ header: Header) throws(ModuleError) {
        let (height, state) = try ModuleError.wrapping { () throws(IBCError) in
            (try IBC.Height(ofBlock: header.height, chainID: header.chainID), try TendermintConsensusState(header))
        }
        self.init(state, at: height)
        hash = Data(header.hash.bytes)
        lastHeaderHash = Data(header.lastBlockID.hash?.bytes ?? [])
    }

    /// The same as IBC keeps it.
    ///
    /// - Throws: `malformedInput`; in what this module has recorded, only when it is damaged.
    var consensusState: TendermintConsensusState {
        get throws(ModuleError) {
            let (time, hash) = try ModuleError.reading("a verified header") { () throws(CometBFTError) in
                (try BlockTime(protobuf: self.time), try Hash32(Array(nextValidatorsHash)))
            }
            return try ModuleError.wrapping { () throws(IBCError) in
                try TendermintConsensusState(time: time, root: Array(root), nextValidatorsHash: hash)
            }
        }
    }

    /// Whether both can be of the same header: they are of the same height, and differ in nothing that both know.
    func agrees(with other: Self) -> Bool {
        height == other.height && time == other.time && root == other.root
            && nextValidatorsHash == other.nextValidatorsHash
            && (hash.isEmpty || other.hash.isEmpty || hash == other.hash)
    }
}
