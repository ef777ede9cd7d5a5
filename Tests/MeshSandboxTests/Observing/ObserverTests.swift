import CometBFT
import EvidenceEvents
import ExternalStakingEvents
import InterchainEvents
import MeshHost
import MeshSandbox
import ModuleKit
import Storage
import Testing

@Suite("An observer")
struct ObserverTests {
    let chains: PairedChains
    let consumer: SandboxChain
    let provider: SandboxChain

    init() throws {
        chains = try PairedChains()
        consumer = try chains.network.chain("consumer-1")
        provider = try chains.network.chain("provider-1")
    }

    private func observe(_ votes: [Vote] = [], evidence: [Evidence] = []) throws -> [ObserverOutcome] {
        try chains.network.observe(
            "consumer-1",
            for: "provider-1",
            hearing: votes,
            evidence: evidence,
            as: "alice"
        )
    }

    /// The heights that were proven to the pairing's instance.
    private func proven() throws -> [UInt64] {
        let instance = try provider.query(
            HostQuery.with { $0.instance.instance = chains.pairing.externalStaking },
            of: "host"
        ).instance
        let query = EvidenceQuery.with { $0.proofs.instanceNumber = instance.number }
        return try provider.query(query, of: evidenceModuleName).proofs.proofs.map(\.height)
    }

    @Test(
        "proves a double vote of a block that the provider's client does not know yet, once, and tells the pairing's instance"
    )
    func provesVotes() throws {
        try chains.network.run(steps: 3)
        let height = Int64(try consumer.host().lastHeader.height)
        let votes = try consumer.conflictingVotes(at: height)
        let outcomes = try observe(votes)
        #expect(outcomes.map(\.text) == ["proven"])
        #expect(outcomes.map(\.report.place) == [chains.pairing.externalStaking])
        #expect(try proven() == [UInt64(height)])
        let again = try observe(votes + (try consumer.conflictingVotes(at: height, type: .prevote)))
        #expect(again.map(\.text) == ["known: it was proven before"])
        #expect(try provider.invariantViolations() == [])
    }

    @Test(
        "proves double votes of every height since the pairing, whether the client verifies it by signatures or by links of hashes"
    )
    func provesEveryHeight() throws {
        try chains.network.run(steps: 6)
        var texts: [String] = []
        for height in 1...Int64(try consumer.host().lastHeader.height) {
            let outcomes = try observe(try consumer.conflictingVotes(by: Int(height) % 2, at: height))
            texts.append(try #require(outcomes.first).text)
        }
        let first = try #require(texts.firstIndex(of: "proven"))
        #expect(texts[..<first].allSatisfy { $0.contains("before the pairing") }, "\(texts)")
        #expect(texts[first...].allSatisfy { $0 == "proven" } && texts.count - first > 5, "\(texts)")
    }

    @Test("goes a long way down the links of hashes in several transactions, and proves what is at its end")
    func goesFar() throws {
        try chains.network.run(steps: 12)
        let height = Int64(try consumer.host().lastHeader.height)
        // The client knows the last header, and none of those shortly before it.
        #expect(try observe(try consumer.conflictingVotes(at: height)).map(\.text) == ["proven"])
        var observed = try ObservedChain(home: consumer.host().store)
        observed.add(try consumer.conflictingVotes(by: 1, at: height - 6))
        let fault = try #require(try observed.faults().first)
        // By then no header from before is trusted any more, and that of the votes is young enough.
        let instance = ExternalStakingQuery.with { $0.channel = .init() }
        let client = try provider.query(instance, of: chains.pairing.externalStaking).channel.clientID
        let period = try provider.query(InterchainQuery.with { $0.client.clientID = client }, of: "interchain").client
            .trustingPeriodSeconds
        let header = try #require(try observed.header(at: height - 6))
        let time = try Timestamp(
            seconds: header.time.seconds + Int64(period),
            nanosecondsWithin: header.time.nanoseconds
        )
        let observer = Observer(of: observed, bytesMax: 1)
        var transactions = 0
        let outcomes = try observer.outcomes(
            of: [fault],
            reporting: { (fault) throws(any Error) in try observer.reports(of: fault, to: provider.host(), at: time) },
            submitting: { (messages) throws(any Error) in
                transactions += 1
                try chains.network.execute(messages, on: "provider-1", from: "alice")
                return nil
            }
        )
        #expect(outcomes.map(\.text) == ["proven"])
        // A header in each; the last one brings the evidence, too.
        #expect(transactions == 6)
        #expect(try proven().sorted() == [UInt64(height - 6), UInt64(height)])
    }

    @Test("gives up where what it submits verifies nothing")
    func givesUp() throws {
        try chains.network.run(steps: 3)
        let height = Int64(try consumer.host().lastHeader.height)
        var observed = try ObservedChain(home: consumer.host().store)
        observed.add(try consumer.conflictingVotes(at: height))
        let fault = try #require(try observed.faults().first)
        let report = ObserverReport(fault: fault, place: "somewhere", action: .prepare([]))
        let outcomes = try Observer(of: observed).outcomes(
            of: [fault],
            reporting: { (_) throws(any Error) in [report] },
            submitting: { (_) throws(any Error) in nil }
        )
        #expect(outcomes.map(\.text) == ["refused: headers on the way to that height were taken, and verified nothing"])
    }

    @Test("finds nothing in an honest chain, nor in votes whose rounds differ")
    func findsNothing() throws {
        #expect(try observe().isEmpty)
        let height = Int64(try consumer.host().lastHeader.height)
        let votes = try consumer.conflictingVotes(at: height, rounds: (0, 1))
        #expect(try observe(votes).isEmpty)
    }

    @Test("brings no forged votes, and is not led astray by them")
    func seesForgeries() throws {
        let height = Int64(try consumer.host().lastHeader.height)
        let votes = try consumer.conflictingVotes(at: height)
        var signature = votes[0].signature
        signature[0] ^= 1
        let forged = try votes[0].signed(with: signature)
        let outcomes = try observe([forged, votes[1]])
        #expect(outcomes.count == 1 && outcomes[0].text.contains("not signed for chain"))
        #expect(try proven().isEmpty)
        #expect(try observe([forged, votes[1], votes[0]]).map(\.text).last == "proven")
    }

    @Test("freezes the client by evidence of an attack, and still proves what was verified before")
    func freezes() throws {
        try chains.network.run(steps: 3)
        let height = Int64(try consumer.host().lastHeader.height)
        let attack = Evidence.lightClientAttack(try consumer.attack(at: height))
        let known = try consumer.conflictingVotes(at: height - 1)
        #expect(try observe(known).map(\.text) == ["proven"])
        let outcomes = try observe(evidence: [attack])
        #expect(outcomes.map(\.text) == ["proven"])
        let client = try #require(outcomes.first?.report.place)
        #expect(
            try provider.query(InterchainQuery.with { $0.client.clientID = client }, of: "interchain").client.frozen
        )
        #expect(try observe(evidence: [attack]).map(\.text) == ["known: the client is frozen"])
        #expect(try observe(try consumer.conflictingVotes(by: 1, at: height - 1)).map(\.text) == ["proven"])
        let late = try observe(try consumer.conflictingVotes(by: 1, at: height))
        #expect(late.count == 1 && late[0].text.contains("is frozen"))
    }

    @Test("says so where nobody watches the chain")
    func findsNobody() throws {
        let height = Int64(try provider.host().lastHeader.height)
        let outcomes = try chains.network.observe(
            "provider-1",
            for: "consumer-1",
            hearing: try provider.conflictingVotes(at: height),
            as: "alice"
        )
        #expect(outcomes.map(\.text) == ["not proven: no External Staking of consumer-1 watches provider-1"])
    }

    @Test("sees the same in the answers of a node as in the home")
    func readsDocuments() throws {
        let height = Int64(try consumer.host().lastHeader.height)
        var documents: [JSONValue] = []
        for height in 1...height {
            let block = try consumer.signedBlock(height)
            documents.append(CommitResponse(signedHeader: block.signedHeader, isCanonical: true).rpc)
            documents.append(ValidatorsPage(height: height, set: block.validators).rpc)
        }
        documents += try consumer.conflictingVotes(at: height).map(\.rpc)
        let observed = try ObservedChain(documents: [.array(documents)])
        var home = try ObservedChain(home: consumer.host().store)
        home.add(try consumer.conflictingVotes(at: height))
        let faults = try observed.faults()
        #expect(faults.count == 1 && faults[0].problem == nil)
        #expect(try faults == home.faults())
        let reports = try [observed, home].map { try Observer(of: $0).reports(of: faults[0], to: provider.host()) }
        #expect(reports[0].map(\.place) == reports[1].map(\.place))
        guard case .submit(let messages) = reports[0][0].action else {
            Issue.record("nothing is submitted: \(reports[0])")
            return
        }
        try chains.network.execute(messages, on: "provider-1", from: "alice")
        #expect(try proven() == [UInt64(height)])
    }

    @Test("lists votes whose header it lacks, and refuses documents that show no chain, or two")
    func refusesDocuments() throws {
        let block = try consumer.signedBlock(2)
        let header = CommitResponse(signedHeader: block.signedHeader, isCanonical: true).rpc
        let votes = try consumer.conflictingVotes(at: 3).map(\.rpc)
        let faults = try ObservedChain(documents: [header] + votes).faults()
        #expect(faults.count == 1 && faults[0].problem?.contains("height 3 are not known") == true)
        let other = CommitResponse(signedHeader: try provider.signedBlock(2).signedHeader, isCanonical: true).rpc
        for documents: [JSONValue] in [[], votes, [header, other], [["more": true]], [.null], [["jsonrpc": "2.0"]]] {
            #expect(throws: SandboxError.self) { try ObservedChain(documents: documents) }
        }
    }
}
