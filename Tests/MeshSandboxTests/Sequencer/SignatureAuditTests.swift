import CometBFT
import Foundation
import MeshAudit
import MeshHost
import MeshSandbox
import ModuleKit
import Storage
import Testing

@Suite("An audit of what validators signed")
struct SignatureAuditTests {
    @Test("finds nothing wrong with a sequencer's blocks, and counts them")
    func sound() throws {
        let chain = try SequencedChain(powers: [4, 3, 2, 1], keys: [0, 1, 3])
        for number in 0..<4 { try chain.makeBlock([try chain.delegation(by: number, millions: 1 + number)]) }
        let report = try chain.verify()
        #expect(report.isSound)
        #expect(report.signedBlockCount == 4)
        #expect(try chain.reexecute().isSound)
    }

    @Test("finds a signature that does not hold, an entry too few, and bytes that are no light block")
    func invalid() throws {
        let mutations: [(LightBlock) throws -> [UInt8]] = [
            { try $0.changingCommit { $0[0] = try $0[0].flippingSignature() }.encoded },
            { try $0.changingCommit { $0.removeLast() }.encoded },
            { try $0.changingCommit { $0 = $0.map { _ in .absent } }.encoded },
            { $0.encoded + [0] },
            { _ in [1, 2, 3] },
        ]
        for mutate in mutations {
            let chain = try SequencedChain(powers: [2, 2])
            try chain.makeBlock()
            try chain.execute { try mutate($0) }
            let report = try chain.verify()
            #expect(report.findings.map(\.code) == [.signatureInvalid])
            #expect(report.findings.first?.place.height == 2)
            #expect(report.signedBlockCount == 1)
        }
    }

    @Test("finds a block that nobody signed after one that was")
    func missing() throws {
        let chain = try SequencedChain(powers: [2, 2])
        try chain.makeBlock()
        try chain.execute { _ in [] }
        #expect(try chain.verify().findings.map(\.code) == [.signatureMissing])
    }

    @Test("finds a soundly signed header that tells another story than the log")
    func mismatch() throws {
        let chain = try SequencedChain(powers: [2, 2])
        try chain.makeBlock()
        // What is signed has a transaction, what is executed has none.
        let state = try #require(chain.sequencer.consensus)
        let time = Timestamp(nanoseconds: chain.host.lastHeader.timeNanoseconds + 1)
        let signed = try state.signedBlock(time: time, transactions: [[7]], by: Signers(chain.keys))
        try chain.execute(at: time) { _ in signed.encoded }
        let findings = try chain.verify().findings
        #expect(findings.map(\.code) == [.signedHeaderMismatch])
        #expect(findings.first?.what.contains("transactions") == true)
    }

    @Test("has nothing to say of a log that nobody signs")
    func unsigned() throws {
        let chain = try SequencedChain(powers: [2, 2], keys: [])
        try chain.makeBlock()
        let report = try chain.verify()
        #expect(report.isSound && report.signedBlockCount == 0)
    }
}

extension SequencedChain {
    /// Closes the chain and verifies its log.
    func verify() throws -> VerificationReport {
        try host.store.close()
        return try Verification(home: folder.path).run()
    }

    /// Executes the log of the closed chain again.
    func reexecute() throws -> ReexecutionReport {
        try Reexecution(home: folder.path, scratch: scratch(), registry: registry).run()
    }

    /// Executes the next block as the sequencer would, but with other signatures than the validators'.
    func execute(at time: Timestamp? = nil, _ change: (LightBlock) throws -> [UInt8]) throws {
        let time = time ?? Timestamp(nanoseconds: host.lastHeader.timeNanoseconds + 1)
        guard let signed = try sequencer.consensus?.signedBlock(time: time, transactions: [], by: Signers(keys)) else {
            throw SandboxError(.noQuorum, "the chain is not signed")
        }
        let block = ProposedBlock(
            height: host.lastHeader.height + 1,
            time: time,
            transactions: [],
            lightBlock: try change(signed)
        )
        _ = try host.finalizeBlock(block)
        try host.commit().wait()
    }
}

extension LightBlock {
    /// The same header with another commit.
    fileprivate func changingCommit(_ change: (inout [CommitSignature]) throws -> Void) throws -> LightBlock {
        let commit = signedHeader.commit
        var signatures = commit.signatures
        try change(&signatures)
        return try LightBlock(
            signedHeader: SignedHeader(
                header: signedHeader.header,
                commit: Commit(
                    height: commit.height,
                    round: commit.round,
                    blockID: commit.blockID,
                    signatures: signatures
                )
            ),
            validators: validators
        )
    }
}

extension CommitSignature {
    fileprivate func flippingSignature() throws -> CommitSignature {
        guard let signed else { return self }
        var bytes = signed.signature
        bytes[0] ^= 1
        return .commit(try Signed(address: signed.address, timestamp: signed.timestamp, signature: bytes))
    }
}
