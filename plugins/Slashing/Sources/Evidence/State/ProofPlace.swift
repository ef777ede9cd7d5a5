import EvidenceEvents
import Foundation
public import ModuleKit

/// Where a proof is kept: the instance that was told, the client, the validator's consensus address, and the height.
public typealias ProofPlace = Pair<UInt32, Triple<String, Address, UInt64>>

extension Pair where First == UInt32, Second == Triple<String, Address, UInt64> {
    /// The place of a proof.
    ///
    /// - Throws: `invalidAddress`.
    init(_ proof: EvidenceDuplicateVoteProven) throws(ModuleError) {
        let address = try Address(bytes: Array(proof.consensusAddress))
        self.init(proof.instanceNumber, Pair<String, Pair<Address, UInt64>>(proof.clientID, address, proof.height))
    }

    /// The place that somebody asks for, or an event names.
    ///
    /// - Throws: `invalidAddress`.
    init(_ key: EvidenceProofKey) throws(ModuleError) {
        let address = try Address(bytes: Array(key.consensusAddress))
        self.init(key.instanceNumber, Pair<String, Pair<Address, UInt64>>(key.clientID, address, key.height))
    }

    /// The same for answers and events.
    var key: EvidenceProofKey {
        .with {
            $0.instanceNumber = first
            $0.clientID = second.first
            $0.consensusAddress = Data(second.second.first.bytes)
            $0.height = second.second.second
        }
    }
}
