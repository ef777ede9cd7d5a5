import CometBFT
import CometBFTTesting
import Foundation
import IBC
import Interchain
import InterchainEvents
import ModuleKit
import ModuleTesting

/// A chain with Interchain on it, played by a harness, and signed by validators for the clients that other chains have of it.
///
/// Every stored block is followed by a signed header, as on a chain of CometBFT: the header of height `h` has the time of
/// block `h`, which is in progress, and the app hash after block `h - 1`.
final class PlayedChain {
    /// What the chain proves, and to which header of it.
    struct StateProof {
        /// What stands under the path; nil for nothing.
        let value: [UInt8]?
        /// An encoded `MerkleProof`.
        let bytes: Data
        /// The height of the header whose app hash it leads to.
        let height: Ibc_Core_Client_V1_Height
    }

    /// Who sends the messages, unless said otherwise.
    static let relayer = Address.named("relayer")

    /// The chain's state machine.
    let harness: ModuleHarness<Interchain>
    /// The numbers of the validators' keys; the set does not change.
    let validators: Range<UInt64>
    /// The headers that are signed; the last is that of the block in progress. A copy of it is a fork.
    private(set) var signed: TestChain

    /// Starts a chain; its block 1 is in progress.
    ///
    /// - Parameters:
    ///   - chainID: the identifier, which names the revision too: `left-1`.
    ///   - validators: the numbers of the validators' keys.
    ///   - neighbours: the modules beside Interchain: applications of channels.
    ///   - change: what is different from the harness's defaults.
    init(
        _ chainID: String,
        validators: Range<UInt64>,
        neighbours: [any ProtocolModule] = [],
        options change: (inout HarnessOptions) -> Void = { _ in }
    ) throws {
        let options = HarnessOptions {
            $0.chainID = chainID
            change(&$0)
        }
        harness = try ModuleHarness(Interchain(), neighbours: neighbours, options: options)
        self.validators = validators
        signed = TestChain(chainID: chainID, validators: try TestValidators(validators))
        // An empty transaction, because what comes first ends the genesis block.
        try harness.when([InterchainMessage](), from: Self.relayer).thenSucceeded()
        try sign()
    }

    /// The height of the block in progress, and of the last signed header.
    var height: Height { height(signed.height) }

    /// A height of this chain.
    func height(_ height: Int64) -> Height {
        Height(
            revision: Height.revision(ofChainID: signed.chainID) ?? 0,
            height: UInt64(clamping: height)
        )
    }

    /// Ends the block in progress and signs the header of the next.
    func nextBlock(after interval: TimeSpan? = nil) throws {
        try harness.nextBlock(after: interval)
        try sign()
    }

    /// Sends a message to Interchain.
    @discardableResult
    func send(
        from sender: Address = relayer,
        workLimit: UInt64 = .max,
        _ write: (inout InterchainMessage) throws -> Void
    ) throws -> Outcome<Interchain> {
        var message = InterchainMessage()
        try write(&message)
        return try harness.when(message, from: sender, workLimit: workLimit)
    }

    /// Proves what the last stored block left under a path, or that it left nothing.
    func proof(of path: StorePath) throws -> StateProof {
        let proof = try harness.proof(
            of: path,
            in: Collection(of: path, in: harness.module),
            of: Interchain.self
        )
        return StateProof(
            value: proof.value,
            bytes: Data(proof.proof),
            height: height(Int64(proof.height) + 1).protobuf
        )
    }

    private func sign() throws {
        let time = try BlockTime(
            seconds: Int64(harness.block.time.wholeSeconds),
            nanoseconds: Int32(harness.block.time.nanosecondsWithin)
        )
        try signed.append(time: time, appHash: harness.appHash)
    }
}

/// The published collection in which a path stands.
private struct Collection: StateCollection {
    let number: UInt8
    let name: String

    /// - Throws: `notFound` for a path under which Interchain keeps nothing.
    init(of path: StorePath, in interchain: Interchain) throws {
        let collections: [(start: String, end: String, collection: any StateCollection)] = [
            ("clients/", "/clientState", interchain.clientStates),
            ("clients/", "", interchain.consensusStates),
            ("connections/", "", interchain.connections),
            ("channelEnds/", "", interchain.channels),
            ("nextSequenceSend/", "", interchain.nextSequenceSends),
            ("nextSequenceRecv/", "", interchain.nextSequenceReceives),
            ("nextSequenceAck/", "", interchain.nextSequenceAcknowledges),
            ("commitments/", "", interchain.packetCommitments),
            ("receipts/", "", interchain.packetReceipts),
            ("acks/", "", interchain.packetAcknowledgements),
        ]
        let found = collections.first { path.text.hasPrefix($0.start) && path.text.hasSuffix($0.end) }
        guard let found else { throw ModuleError(.notFound, "no collection holds \(path)") }
        number = found.collection.number
        name = found.collection.name
    }
}
