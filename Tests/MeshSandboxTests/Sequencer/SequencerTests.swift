import CometBFT
import Foundation
import MeshHost
import MeshSandbox
import ModuleKit
import Storage
import Testing

@Suite("A sequencer with consensus keys")
struct SequencerTests {
    @Test("has every block signed by all validators whose keys it holds, and records it with the block")
    func signs() throws {
        let chain = try SequencedChain(powers: [4, 3, 2, 1])
        for _ in 1...5 { try chain.makeBlock() }
        for height in 1...UInt64(5) {
            let block = try #require(try chain.host.store.lightBlock(at: height))
            try block.verify(chainID: SequencedChain.chainID)
            #expect(block.signedHeader.commit.signatures.allSatisfy { $0.flag == .commit })
            #expect(SequencedChain.powers(block.validators) == [4, 3, 2, 1])
            let header = try #require(try chain.host.store.log.header(at: height))
            #expect(block.time.nanosecondsSince1970 == Int64(header.timeNanoseconds))
        }
        #expect(try chain.host.store.lightBlock(at: 0) == nil)
        #expect(try chain.host.store.lightBlock(at: 6) == nil)
    }

    @Test(
        "chains headers as the engine does: last block, its commit, its results, and the app hash that followed from it"
    )
    func chains() throws {
        let chain = try SequencedChain(powers: [1, 1])
        try chain.makeBlock([try chain.delegation(by: 0, millions: 1)])
        try chain.makeBlock([try chain.delegation(by: 1, millions: 1), [1, 2, 3]])
        try chain.makeBlock()
        let first = try #require(try chain.host.store.lightBlock(at: 1)).signedHeader
        #expect(first.header.lastBlockID.isNil && first.header.lastCommitHash == .ofNothing)
        #expect(first.header.lastResultsHash == .ofNothing)
        for height in 1...UInt64(3) {
            let header = try #require(try chain.host.store.lightBlock(at: height)).signedHeader.header
            let before = try #require(try chain.host.store.log.header(at: height - 1))
            #expect(header.appHash == before.appHash.bytes)
            let inputs = try #require(try chain.host.store.log.inputs(at: height))
            #expect(header.dataHash == Block.dataHash(of: inputs.indices.dropFirst().map { inputs[$0] }))
            guard height > 1 else { continue }
            let last = try #require(try chain.host.store.lightBlock(at: height - 1)).signedHeader
            #expect(header.lastBlockID == last.commit.blockID)
            #expect(header.lastCommitHash == last.commit.hash)
            let results = try #require(try chain.host.outcome(at: height - 1)).results
            #expect(
                header.lastResultsHash
                    == results.map { ExecutionResult(code: $0.code, gasUsed: Int64($0.workUsed)) }.hash
            )
        }
        #expect(try #require(try chain.host.outcome(at: 2)).results.map { $0.code == 0 } == [true, false])
    }

    @Test("lets a change of power take effect two blocks later")
    func schedule() throws {
        let chain = try SequencedChain(powers: [4, 3, 2, 1])
        try chain.makeBlock()
        let changing = try chain.makeBlock([try chain.delegation(by: 3, millions: 5)])
        #expect(changing.block.validatorUpdates.map(\.power) == [6])
        for _ in 3...5 { try chain.makeBlock() }
        let sets = try (1...UInt64(5)).map { height in
            SequencedChain.powers(try #require(try chain.host.store.lightBlock(at: height)).validators)
        }
        #expect(sets == [[4, 3, 2, 1], [4, 3, 2, 1], [4, 3, 2, 1], [6, 4, 3, 2], [6, 4, 3, 2]])
        for height in 1...UInt64(4) {
            let header = try #require(try chain.host.store.lightBlock(at: height)).signedHeader.header
            let next = try #require(try chain.host.store.lightBlock(at: height + 1)).validators
            #expect(header.nextValidatorsHash == next.hash)
        }
    }

    @Test("tells the modules who proposed, and who signed the block before")
    func reports() throws {
        let chain = try SequencedChain(powers: [4, 3, 2, 1], keys: [0, 1, 2])
        try chain.makeBlock()
        try chain.makeBlock()
        let inputs = try #require(try chain.host.store.log.inputs(at: 2))
        guard case .report(let report, _) = try BlockInput(decoding: inputs[0]) else {
            Issue.record("block 2 begins with no report")
            return
        }
        #expect(report.votes.map(\.power) == [4, 3, 2, 1])
        #expect(report.votes.map(\.hasSigned) == [true, true, true, false])
        let block = try #require(try chain.host.store.lightBlock(at: 2))
        #expect(report.proposer?.bytes == block.signedHeader.header.proposerAddress.bytes)
        #expect(block.signedHeader.commit.signatures.map(\.flag) == [.commit, .commit, .commit, .absent])
    }

    @Test("records nothing in empty blocks, whatever the usual modules do in each, and changes no state")
    func emptyBlocks() throws {
        let chain = try SequencedChain(powers: [4, 3, 2, 1], registry: try StandardModules.registry())
        // Powers are taken over with the first votes.
        for _ in 1...2 { try chain.makeBlock() }
        let before = chain.host.lastHeader
        for _ in 3...6 { try chain.makeBlock() }
        #expect(chain.host.lastHeader.height == 6)
        #expect(chain.host.lastHeader.eventCount == before.eventCount)
        #expect(chain.host.lastHeader.stateRoot == before.stateRoot)
        try chain.makeBlock([try chain.delegation(by: 3, millions: 5)])
        #expect(chain.host.lastHeader.stateRoot != before.stateRoot)
    }

    @Test("goes on after every closing as if it had never been closed")
    func resumes() throws {
        let (whole, interrupted) = (
            try SequencedChain(powers: [4, 3, 2, 1]), try SequencedChain(powers: [4, 3, 2, 1])
        )
        for number in 0..<8 {
            for chain in [whole, interrupted] {
                let isBusy = number % 2 == 1
                try chain.makeBlock(isBusy ? [try chain.delegation(by: number % 4, millions: number)] : [])
            }
            try interrupted.reopen()
            let isSame = interrupted.sequencer.consensus == whole.sequencer.consensus
            #expect(isSame, "after block \(number + 1)")
        }
        #expect(interrupted.host.lastHeader == whole.host.lastHeader)
    }

    @Test("refuses to go on without more than two thirds of the power, and says what is missing")
    func quorum() throws {
        #expect { try SequencedChain(powers: [2, 1], keys: [0]) } throws: { ($0 as? SandboxError)?.code == .noQuorum }
        let chain = try SequencedChain(powers: [4, 3, 2, 1])
        try chain.makeBlock()
        #expect { try chain.reopen(keys: []) } throws: { error in
            (error as? SandboxError)?.code == .noQuorum && "\(error)".contains("have 0 of 10")
        }
    }

    @Test("stops before a block that the next validators could not sign, with nothing of it on disk")
    func strangersTakeOver() throws {
        let chain = try SequencedChain(powers: [5, 2], keys: [0])
        try chain.makeBlock([try chain.delegation(by: 1, millions: 10)])
        try chain.makeBlock()
        #expect { try chain.makeBlock() } throws: { ($0 as? SandboxError)?.code == .noQuorum }
        #expect(chain.host.lastHeader.height == 2)
    }

    @Test("leaves a chain unsigned where no key of its validators is here")
    func unsigned() throws {
        let chain = try SequencedChain(powers: [1, 1], keys: [])
        #expect(try chain.makeBlock().lightBlock == nil)
        try chain.reopen()
        #expect(try chain.makeBlock().lightBlock == nil)
        #expect(chain.sequencer.consensus == nil)
        #expect(try chain.host.store.lightBlock(at: 2) == nil)
    }

    @Test("reads from the log what came of a block, as it was when it was executed")
    func outcomes() throws {
        let chain = try SequencedChain(powers: [4, 3])
        let made = try chain.makeBlock([try chain.delegation(by: 0, millions: 5), [9]])
        #expect(try chain.host.outcome(at: 1) == made.block.outcome)
        #expect(try chain.host.outcome(at: 2) == nil)
    }
}
