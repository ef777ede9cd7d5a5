import CometBFT
import Foundation
import LightClient
import MeshHost
import MeshSandbox
import ModuleKit
import Storage
import Testing

@Suite("The signed blocks of a home, followed by a light client")
struct StoredLightBlocksTests {
    @Test("lead from the first block to the last, through a set that changes wholly")
    func follow() throws {
        let chain = try SequencedChain(powers: [9, 1, 1, 1])
        try chain.makeBlock()
        for number in 1...3 { try chain.makeBlock([try chain.delegation(by: number, millions: 200)]) }
        for _ in 0..<4 { try chain.makeBlock() }
        let provider = StoredLightBlocks(chain.host.store)
        var client = try LightClientState(
            trusting: provider.lightBlock(at: 1),
            options: VerificationOptions(trustingPeriod: .seconds(3_600))
        )
        let last = try provider.lightBlock(at: nil)
        #expect(last.height == 8)
        #expect(try client.update(now: last.time, from: provider) == .accepted)
        #expect(client.latest == last)
        #expect(SequencedChain.powers(last.validators) == [201, 201, 201, 9])
        // The state of height 7 is what the header of height 8 names.
        let appHash = try #require(try chain.host.store.log.header(at: 7)).appHash
        #expect(last.signedHeader.header.appHash == appHash.bytes)
    }

    @Test("of heights that are not there are an error that names them")
    func missing() throws {
        let chain = try SequencedChain(powers: [1])
        let provider = StoredLightBlocks(chain.host.store)
        for height: Int64? in [nil, 0, 1, -5, .max] {
            #expect { try provider.lightBlock(at: height) } throws: {
                ($0 as? LightClientError)?.code == .providerFailed
            }
        }
    }

    @Test("with signatures that do not hold are not followed")
    func forged() throws {
        let chain = try SequencedChain(powers: [2, 2])
        for _ in 0..<3 { try chain.makeBlock() }
        let provider = StoredLightBlocks(chain.host.store)
        var client = try LightClientState(
            trusting: provider.lightBlock(at: 1),
            options: VerificationOptions(trustingPeriod: .seconds(3_600))
        )
        // Of the same name and powers, but signed by others.
        let other = try SequencedChain(powers: [2, 2], seed: 2)
        for _ in 0..<3 { try other.makeBlock() }
        let last = try provider.lightBlock(at: 3)
        #expect(throws: LightClientError.self) {
            try client.update(to: 3, now: last.time, from: StoredLightBlocks(other.host.store))
        }
        #expect(client.latest.height == 1)
        #expect(try client.update(to: 3, now: last.time, from: provider) == .accepted)
    }
}
