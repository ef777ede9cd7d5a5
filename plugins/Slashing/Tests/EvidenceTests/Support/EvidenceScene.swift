import CometBFT
import CometBFTTesting
import Evidence
import EvidenceEvents
import Foundation
import IBC
import Interchain
import InterchainEvents
import LightClient
import ModuleKit
import ModuleTesting

/// A chain that judges evidence, with a client of the accused chain and two instances that can be told.
final class EvidenceScene {
    typealias Listener = AcceptingNeighbour<EvidenceEvent>

    static let observer = Address.named("observer")
    /// The label of the instance that is told.
    static let listener = Listener.manifest.name
    static let trustingPeriod = TimeSpan.hours(1)
    static let unbondingPeriod = TimeSpan.hours(2)

    let harness: ModuleHarness<ValidatorEvidence>
    let client = "07-tendermint-0"

    /// - Parameters:
    ///   - header: the one that the client trusts; nothing but its consensus state is known of it.
    ///   - chainID: of the accused chain, as the client has it.
    ///   - failing: whether an instance is there that refuses whatever it is told.
    init(trusting header: Header, of chainID: String? = nil, failing: Bool = false, ownChainID: String = "provider-1")
        throws
    {
        let time = try Timestamp(seconds: header.time.seconds, nanosecondsWithin: header.time.nanoseconds)
        let options = HarnessOptions {
            $0.chainID = ownChainID
            $0.genesisTime = time
        }
        var neighbours: [any ProtocolModule] = [Interchain(), Listener(), Listener()]
        if failing { neighbours.append(FailingNeighbour<EvidenceEvent>()) }
        harness = try ModuleHarness(ValidatorEvidence(), neighbours: neighbours, options: options)
        let chainID = chainID ?? header.chainID
        let height = try Height(ofBlock: header.height, chainID: chainID)
        let state = try TendermintClientState(
            chainID: chainID,
            options: VerificationOptions(trustingPeriod: .seconds(Int64(Self.trustingPeriod.wholeSeconds))),
            unbondingPeriod: .seconds(Int64(Self.unbondingPeriod.wholeSeconds)),
            latestHeight: height,
            proofSpecs: TendermintClientState.cosmosProofSpecs
        )
        try tell {
            $0.createClient.clientState = Data(state.encoded)
            $0.createClient.consensusState = Data(try TendermintConsensusState(header).encoded)
        }
    }

    /// Tells Interchain something.
    func tell(_ write: (inout InterchainMessage) throws -> Void) throws {
        var message = InterchainMessage()
        try write(&message)
        try harness.when(message, to: Interchain.self, from: Self.observer).thenSucceeded()
    }

    /// Updates the client to a block, from a height that it knows.
    func update(to block: LightBlock, from trusted: Int64) throws {
        let chainID = block.signedHeader.header.chainID
        let header = try TendermintHeader(
            block: block,
            trustedHeight: Height(ofBlock: trusted, chainID: chainID),
            trustedValidators: block.validators
        )
        try tell {
            $0.updateClient.clientID = client
            $0.updateClient.header = Data(header.encoded)
        }
    }

    /// Lets the client verify headers below one that it knows, the highest first.
    func verifyPast(_ headers: [Header], below known: Int64) throws {
        try tell {
            $0.verifyPastHeaders.clientID = client
            $0.verifyPastHeaders.knownHeight = try Height(ofBlock: known, chainID: headers[0].chainID).protobuf
            $0.verifyPastHeaders.headers = headers.map { Data($0.encoded) }
        }
    }

    /// Brings evidence.
    @discardableResult
    func prove(_ message: EvidenceMessage, workLimit: UInt64 = .max) throws -> Outcome<ValidatorEvidence> {
        try harness.when(message, from: Self.observer, workLimit: workLimit)
    }

    /// What an instance was told, in order.
    func told() throws -> [EvidenceEvent] { try harness.seen(by: Listener.self) }

    /// The number of the first instance of a label.
    func number() throws -> UInt32 { try harness.identity(of: Listener.self).number }
}

extension EvidenceMessage {
    /// Evidence, with the header and the validators of a block.
    static func proving(
        _ evidence: DuplicateVoteEvidence,
        _ block: LightBlock,
        to instance: String = EvidenceScene.listener,
        client: String = "07-tendermint-0"
    ) -> EvidenceMessage {
        .with {
            $0.proveDuplicateVote = .with {
                $0.instance = instance
                $0.clientID = client
                $0.evidence = Data(evidence.encoded)
                $0.header = Data(block.signedHeader.header.encoded)
                $0.validators = Data(block.validators.encoded)
            }
        }
    }
}
