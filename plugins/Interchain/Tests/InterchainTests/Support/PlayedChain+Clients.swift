import CometBFT
import CometBFTTesting
import Foundation
import IBC
import Interchain
import InterchainEvents
import LightClient
import ModuleKit
import ModuleTesting
import SwiftProtobuf
import Testing

/// Clients of one played chain on another.
extension PlayedChain {
    /// The trusting period of clients that tests start.
    static let trustingPeriod = TimeSpan.hours(1)
    /// The unbonding period of the chains that tests play.
    static let unbondingPeriod = TimeSpan.hours(2)

    /// What a client of this chain starts with.
    func clientState(at height: Int64? = nil, isFrozen: Bool = false) throws -> TendermintClientState {
        try TendermintClientState(
            chainID: signed.chainID,
            options: VerificationOptions(
                trustingPeriod: .seconds(Int64(Self.trustingPeriod.wholeSeconds))
            ),
            unbondingPeriod: .seconds(Int64(Self.unbondingPeriod.wholeSeconds)),
            latestHeight: self.height(height ?? signed.height),
            isFrozen: isFrozen,
            proofSpecs: TendermintClientState.sparseProofSpecs
        )
    }

    /// What a client keeps of a height of this chain.
    func consensusState(at height: Int64? = nil) throws -> TendermintConsensusState {
        let block = try #require(signed.block(at: height ?? signed.height))
        return try TendermintConsensusState(block.signedHeader.header)
    }

    /// The message by which a block of this chain, or of a fork of it, updates a client.
    func header(_ height: Int64? = nil, from trusted: Int64, of fork: TestChain? = nil) throws
        -> TendermintHeader
    {
        let chain = fork ?? signed
        return try TendermintHeader(
            block: #require(chain.block(at: height ?? chain.height)),
            trustedHeight: self.height(trusted),
            trustedValidators: TestValidators(validators).set
        )
    }

    /// The same signed chain up to a height, with no block after it.
    func fork(after height: Int64) throws -> TestChain {
        let blocks = signed.blocks.prefix(Int(height))
        var fork = TestChain(chainID: signed.chainID, validators: try TestValidators(validators))
        for header in blocks.map(\.signedHeader.header) { try fork.append(time: header.time, appHash: header.appHash) }
        return fork
    }

    /// The same signed chain, whose block of a height, the last one, was decided in a later round: same header, other commit.
    func decidedAgain(at height: Int64, round: Int32) throws -> TestChain {
        var chain = try fork(after: height - 1)
        let header = try #require(signed.block(at: height)).signedHeader.header
        try chain.append(time: header.time, appHash: header.appHash, round: round)
        return chain
    }

    /// Starts a client of another chain here, at the last header of that chain unless told otherwise.
    func createClient(at height: Int64? = nil, of other: PlayedChain) throws -> ClientID {
        let outcome = try send {
            $0.createClient.clientState = Data(try other.clientState(at: height).encoded)
            $0.createClient.consensusState = Data(try other.consensusState(at: height).encoded)
        }
        return try ClientID(#require(outcome.thenSucceeded().emitted.first).clientCreated.clientID)
    }

    /// Hands a header to a client here.
    @discardableResult
    func update(_ client: ClientID, with header: TendermintHeader, workLimit: UInt64 = .max) throws
        -> Outcome<Interchain>
    {
        try send(workLimit: workLimit) {
            $0.updateClient.clientID = client.text
            $0.updateClient.header = Data(header.encoded)
        }
    }

    /// Brings a client here from its latest height to the last header of its chain, if that is a further one.
    func update(_ client: ClientID, of other: PlayedChain) throws {
        let latest = try description(of: client).latestHeight.revisionHeight
        guard latest < UInt64(other.signed.height) else { return }
        try update(client, with: other.header(from: Int64(latest))).thenSucceeded()
    }

    /// What is told of a client here.
    func description(of client: ClientID) throws -> InterchainClient {
        let time = Google_Protobuf_Timestamp(
            seconds: Int64(harness.block.time.wholeSeconds),
            nanos: Int32(harness.block.time.nanosecondsWithin)
        )
        return try harness.query(
            .with {
                $0.client.clientID = client.text
                $0.client.time = time
            }
        ).client
    }

    /// What a client here has verified of a height, or nil for nothing.
    func verifiedHeader(of client: ClientID, at height: Height, orBelow: Bool = false) throws
        -> InterchainVerifiedHeader?
    {
        do {
            return try harness.query(
                .with {
                    $0.verifiedHeader.clientID = client.text
                    $0.verifiedHeader.height = height.protobuf
                    $0.verifiedHeader.orBelow = orBelow
                }
            ).verifiedHeader
        } catch {
            guard error.code == .unknownHeight else { throw error }
            return nil
        }
    }
}
