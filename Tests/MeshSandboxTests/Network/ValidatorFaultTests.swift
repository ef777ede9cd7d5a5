import CometBFT
import MeshHost
import MeshSandbox
import ModuleKit
import SlashingEvents
import Storage
import Testing

@Suite("A validator of the sandbox")
struct ValidatorFaultTests {
    private func network() throws -> (test: TestNetwork, chain: SandboxChain) {
        let test = try TestNetwork(["mesh-1"]) { $0.validatorPowers = [4, 3, 2, 1] }
        return (test, try test.network.chain("mesh-1"))
    }

    /// What is known of the validators' votes, in the order of their names.
    private func infos(_ chain: SandboxChain) throws -> [SlashingSigningInfoAnswer] {
        let infos = try chain.query(SlashingQuery.with { $0.signingInfos = .init() }, of: "slashing").signingInfos.infos
        return try chain.validatorKeys.map { key in
            let address = chain.addresses.format(try Address(bytes: key.address.bytes), as: .consensus)
            return try #require(infos.first { $0.consensusAddress == address })
        }
    }

    /// How many did not sign the last block.
    private func absent(_ chain: SandboxChain) throws -> Int {
        let host = try chain.host()
        let block = try #require(try host.store.lightBlock(at: host.lastHeader.height))
        return block.signedHeader.commit.signatures.filter { $0.flag == .absent }.count
    }

    @Test("that is offline signs nothing, which its chain counts, until it is online again")
    func offline() throws {
        let (test, chain) = try network()
        try test.network.run(steps: 3)
        #expect(try absent(chain) == 0)
        try chain.setOnline(false, validator: "validator-4")
        #expect(chain.isOffline == [false, false, false, true])
        try test.network.run(steps: 4)
        #expect(try absent(chain) == 1)
        try chain.setOnline(true, validator: "validator-4")
        try test.network.run(steps: 4)
        #expect(try absent(chain) == 0)
        #expect(try infos(chain).map(\.missed) == [0, 0, 0, 4])
        try test.audit()
    }

    @Test("stays online where the others could not go on without it, and none is found under another name")
    func refusesOffline() throws {
        let (test, chain) = try network()
        try test.network.run(steps: 2)
        func refuses(_ code: SandboxError.Code, _ isOnline: Bool, _ name: String) {
            #expect { try chain.setOnline(isOnline, validator: name) } throws: { ($0 as? SandboxError)?.code == code }
        }
        refuses(.noQuorum, false, "validator")
        refuses(.wrongName, false, "alice")
        refuses(.wrongName, true, "validator-5")
        #expect(chain.isOffline == [false, false, false, false])
        try chain.setOnline(false, validator: "validator-3")
        refuses(.noQuorum, false, "validator-2")
        #expect(chain.isOffline == [false, false, true, false])
        try chain.crash()
        refuses(.chainDown, true, "validator-3")
        try chain.reopen()
        try test.network.run(steps: 2)
        try test.audit()
    }

    @Test("that is offline for half of its chain's own window is jailed, for as long as the chain says")
    func downtime() throws {
        let test = try TestNetwork(["mesh-1"]) {
            $0.validatorPowers = [4, 3, 2, 1]
            $0.downtime = .init(windowBlocks: 6, jailed: .seconds(20))
        }
        let chain = try test.network.chain("mesh-1")
        try test.network.run(steps: 7)
        try chain.setOnline(false, validator: "validator-4")
        try test.network.run(steps: 4)
        #expect(try infos(chain)[3].jailedUntilNanoseconds == 0)
        try test.network.run(steps: 1)
        let header = try chain.host().lastHeader
        #expect(try infos(chain)[3].jailedUntilNanoseconds == header.timeNanoseconds + 20_000_000_000)
        for (window, seconds) in [(UInt64(0), UInt32(20)), (6, 0)] {
            #expect {
                try TestNetwork { $0.downtime = .init(windowBlocks: window, jailed: .seconds(seconds)) }
            } throws: {
                ($0 as? SandboxError)?.code == .invalidSpecification
            }
        }
    }

    @Test("that signs twice leaves evidence for observers, and is punished once the engine reports it")
    func doubleSign() throws {
        let (test, chain) = try network()
        #expect { try chain.doubleSign(validator: "validator-3", isReported: false) } throws: {
            ($0 as? SandboxError)?.code == .refused
        }
        try test.network.run(steps: 3)
        let evidence = try chain.doubleSign(validator: "validator-3", isReported: false)
        let block = try #require(try chain.host().store.lightBlock(at: UInt64(evidence.height)))
        try evidence.verify(chainID: "mesh-1", validators: block.validators, blockTime: block.time)
        #expect(evidence.voteA.validatorAddress == chain.validatorKeys[2].address)
        // One of the votes is for the block itself.
        #expect([evidence.voteA, evidence.voteB].map(\.blockID).contains(block.signedHeader.commit.blockID))
        #expect(chain.doubleSigns == [evidence])
        try test.network.run(steps: 3)
        #expect(try infos(chain).map(\.isTombstoned) == [false, false, false, false])
        let reported = try chain.doubleSign(validator: "validator-3", isReported: true)
        #expect(reported.height > evidence.height)
        #expect(chain.doubleSigns == [evidence, reported])
        try test.network.run(steps: 3)
        #expect(try infos(chain).map(\.isTombstoned) == [false, false, true, false])
        // It votes no more.
        #expect { try chain.doubleSign(validator: "validator-3", isReported: true) } throws: {
            ($0 as? SandboxError)?.code == .refused
        }
        #expect(chain.doubleSigns.count == 2)
        try test.audit()
    }
}
