import CometBFTTesting
import Foundation
import IBC
import InterchainEvents
import ModuleKit
import ModuleTesting
import Testing

@testable import Interchain

/// What is no proof of the right chain, place and height opens nothing.
struct ConnectionProofTests {
    private let chains: TwoChains
    private let connection: ConnectionID

    init() throws {
        chains = try TwoChains()
        connection = try TwoChains.id(chains.beginConnection())
        try chains.settle()
    }

    @Test("A forged proof is refused, whichever byte of it is another")
    func refusesForged() throws {
        let proof = try chains.left.chain.proof(of: .connection(connection)).bytes
        for place in stride(from: 0, to: proof.count, by: 7) {
            let outcome = try chains.answerConnection(connection) { $0.proofInit[place] ^= 1 }
            let code = try #require(outcome.error, "byte \(place)").code
            #expect([.invalidProof, .malformedInput].contains(code), "byte \(place)")
        }
    }

    @Test("What is not encoded as a proof at all is refused")
    func refusesMalformed() throws {
        try chains.answerConnection(connection) { $0.proofInit = Data() }.thenFailed(.invalidProof)
        try chains.answerConnection(connection) { $0.proofInit = Data([1, 2, 3]) }.thenFailed(.malformedInput)
        try chains.answerConnection(connection) { $0.proofInit += [0xA8, 0x0F, 1] }.thenFailed(.malformedInput)
    }

    @Test("A proof of another chain's state, of another path, or of the same at another height is refused")
    func refusesOthers() throws {
        try chains.swapped.beginConnection().thenSucceeded()
        let own = try TwoChains.id(chains.beginConnection())
        let stale = try chains.left.chain.proof(of: .connection(connection))
        try chains.settle()
        let foreign = try chains.right.chain.proof(of: .connection(connection)).bytes
        try chains.answerConnection(connection) { $0.proofInit = foreign }.thenFailed(.invalidProof)
        let another = try chains.left.chain.proof(of: .connection(own)).bytes
        try chains.answerConnection(connection) { $0.proofInit = another }.thenFailed(.invalidProof)

        try chains.answerConnection(connection) { $0.proofInit = stale.bytes }.thenFailed(.invalidProof)
        try chains.answerConnection(connection) { $0.proofHeight = stale.height }.thenFailed(.invalidProof)
        // Both together hold, because the client still has that height.
        try chains.answerConnection(connection) {
            $0.proofInit = stale.bytes
            $0.proofHeight = stale.height
        }.thenSucceeded()
    }

    @Test("A proof that leads to a header which the client has not verified waits for it")
    func refusesUnknownHeights() throws {
        try chains.nextBlock()
        try chains.answerConnection(connection).thenFailed(.unknownHeight, saying: "update it")
        try chains.answerConnection(connection) { $0.clearProofHeight() }.thenFailed(.unknownHeight)
        try chains.answerConnection(connection) { $0.proofHeight.revisionNumber = 2 }.thenFailed(.unknownHeight)
        try chains.right.chain.update(chains.right.client, of: chains.left.chain)
        try chains.answerConnection(connection).thenSucceeded()
    }

    @Test("A proof is paid for before it is checked")
    func chargesWork() throws {
        let used = try chains.answerConnection(connection).thenSucceeded().workUsed
        #expect(used > 2 * WorkMeter.Cost.signature)
    }

    @Test("Nothing is begun or answered under a client that is unknown, expired or frozen")
    func needsAnActiveClient() throws {
        try chains.beginConnection { $0.clientID = "07-tendermint-1" }.thenFailed(.unknownClient)
        try chains.beginConnection { $0.clientID = "no client" }.thenFailed(.malformedInput)

        let (left, right) = (chains.left.chain, chains.right.chain)
        let trusted = right.signed.height
        var fork = try right.fork(after: trusted)
        try fork.append(appHash: [9])
        try chains.nextBlock()
        try left.update(chains.left.client, with: right.header(from: trusted)).thenSucceeded()
        try left.update(chains.left.client, with: right.header(from: trusted, of: fork)).thenSucceeded()
        try chains.beginConnection().thenFailed(.clientFrozen)

        try right.update(chains.right.client, of: left)
        try chains.nextBlock(after: PlayedChain.trustingPeriod)
        try chains.answerConnection(connection).thenFailed(.clientExpired)
        try chains.swapped.beginConnection().thenFailed(.clientExpired)
    }
}
