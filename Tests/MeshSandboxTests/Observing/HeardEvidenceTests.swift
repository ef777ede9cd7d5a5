import CometBFT
import Foundation
import MeshHost
import MeshSandbox
import Testing

@Suite("What a node has heard")
struct HeardEvidenceTests {
    let chains: PairedChains
    let consumer: SandboxChain

    init() throws {
        chains = try PairedChains()
        consumer = try chains.network.chain("consumer-1")
    }

    private var folder: URL { URL(fileURLWithPath: consumer.path).appendingPathComponent("heard") }

    private func observe() throws -> [ObserverOutcome] {
        try chains.network.observe("consumer-1", for: "provider-1", as: "alice")
    }

    @Test("stands in the chain's home, one document for each validator and height, and outlasts a crash")
    func kept() throws {
        #expect(try observe().isEmpty)
        let evidence = try consumer.doubleSign(validator: "validator", isReported: false)
        try consumer.doubleSign(validator: "validator", isReported: false)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).count == 1)
        try chains.network.run(steps: 2)
        try consumer.doubleSign(validator: "validator-2", isReported: false)
        try consumer.crash()
        try consumer.reopen()
        let observed = try ObservedChain(home: consumer.host().store)
        #expect(observed.evidence.first == .duplicateVote(evidence))
        #expect(try observed.faults().map(\.height) == consumer.doubleSigns.dropFirst().map(\.height))
        #expect(try observe().map(\.text) == ["proven", "proven"])
        #expect(try observe().map(\.text).allSatisfy { $0.hasPrefix("known") })
    }

    @Test("is read by height, not by the spelling of its number")
    func ordered() throws {
        for _ in 1...3 {
            try consumer.doubleSign(validator: "validator", isReported: false)
            try chains.network.run(steps: 40)
        }
        let heights = try ObservedChain(home: consumer.host().store).faults().map(\.height)
        #expect(heights == heights.sorted() && heights.count == 3)
        #expect(Set(heights.map { "\($0)".count }).count > 1, "heights of one length show nothing: \(heights)")
    }

    @Test("proves nothing where a vote in it was changed", arguments: [0, 63])
    func forged(_ place: Int) throws {
        let evidence = try consumer.doubleSign(validator: "validator", isReported: false)
        var signature = evidence.voteA.signature
        signature[place] ^= 1
        let forged = try DuplicateVoteEvidence(
            voteA: evidence.voteA.signed(with: signature),
            voteB: evidence.voteB,
            totalVotingPower: evidence.totalVotingPower,
            validatorPower: evidence.validatorPower,
            timestamp: evidence.timestamp
        )
        let name = try #require(try FileManager.default.contentsOfDirectory(atPath: folder.path).first)
        let text = Evidence.duplicateVote(forged).rpc.text()
        try Data(text.utf8).write(to: folder.appendingPathComponent(name))
        let outcomes = try observe()
        #expect(outcomes.count == 1 && outcomes[0].text.hasPrefix("not proven"), "\(outcomes.map(\.text))")
    }

    @Test("is refused by its file's name where it is something else", arguments: ["5-ab.json", "notes.txt"])
    func refused(_ name: String) throws {
        try consumer.doubleSign(validator: "validator", isReported: false)
        try Data("{}".utf8).write(to: folder.appendingPathComponent(name))
        let error = #expect(throws: SandboxError.self) { try ObservedChain(home: consumer.host().store) }
        #expect(error?.code == .notObservable && error?.message.contains(name) == true)
    }
}
