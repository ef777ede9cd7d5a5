import Foundation
import Testing

@Suite("meshd slash show")
struct SlashShowTests {
    private static let provider = "osmosis-1"

    private let kept: KeptScenario

    init() throws { kept = try KeptScenario("cross-slash", before: "- note: Nobody can stake at that validator") }

    private func show(_ arguments: String...) throws -> Outcome {
        try kept.folder.run(["slash", "show", "--home", kept.home(Self.provider)] + arguments)
    }

    @Test("From evidence to lien to destroyed collateral: who paid, and what followed from it")
    func everything() throws {
        let outcome = try show("--output", "json")
        #expect(outcome.exitCode == 0, "\(outcome.errors)")
        let validators = try outcome.json["validators"].elements
        try #require(validators.count == 1)
        let validator = validators[0]
        #expect(validator["external_staking"].text == "main-external-staking")
        #expect(validator["validator_chain_id"].text == "juno-1")
        #expect(validator["taken"].text == "1300000")
        #expect(validator["settled"].flag == true)
        #expect(validator["failures"].elements.isEmpty)
        #expect(validator["liability"].isNull)
        try #require(validator["infractions"].elements.count == 1)
        let infraction = validator["infractions"][0]
        #expect(infraction["submitter"].text == (try kept.address("observer", on: Self.provider)))
        #expect(infraction["fraction"].text == "0.1")
        #expect(infraction["evidence_hash"].text.count == 64)
        #expect(infraction["taken"].text == "1300000")
        #expect(infraction["payment_count"].number == 2)

        let names = try ["alice", "bob", "carol"].map { try kept.address($0, on: Self.provider) }
        let payments = infraction["payments"].elements
        #expect(Set(payments.map { $0["owner"].text }) == Set(names.prefix(2)))
        let alice = try #require(payments.first { $0["owner"].text == names[0] })
        #expect(alice["vault"].text == "vault")
        #expect(
            ["amount", "lost", "destroyed", "waiting"].map { alice[$0].text } == ["1000000", "1000000", "950000", "0"]
        )
        #expect(["amount", "paid", "forfeited"].map { alice["bounty"][$0].text } == ["50000", "50000", "0"])
        let cuts = alice["cuts"].elements
        #expect(Set(cuts.map { $0["holder"].text }) == ["local-staking", "second-external-staking"])
        #expect(cuts.allSatisfy { $0["amount"].text == "1000000" && $0["parts"][0]["amount"].text == "1000000" })
        let second = try #require(cuts.first { $0["holder"].text == "second-external-staking" })
        #expect(second["parts"][0]["validator"].text.hasPrefix("starsvaloper1"))
        #expect(second["burns"].elements.map { $0["state"].text } == ["acknowledged"])
        #expect(second["burns"][0]["amount"].text == "1000000")
        #expect(alice["burns"].elements.map { $0["amount"].text } == ["10000000"])
        let bob = try #require(payments.first { $0["owner"].text == names[1] })
        #expect(["amount", "lost", "destroyed"].map { bob[$0].text } == ["300000", "300000", "285000"])
        #expect(bob["cuts"].elements.isEmpty)
        #expect(bob["burns"][0]["state"].text == "acknowledged")

        #expect(validator["spared_count"].number == 1)
        #expect(validator["spared"][0]["owner"].text == names[2])
        #expect(validator["spared"][0]["amount"].text == "0")
        #expect(validator["spared"][0]["burns"][0]["amount"].text == "2000000")
    }

    @Test("The evidence is named with the transaction that brought it, which the log has")
    func evidence() throws {
        let evidence = try show("--output", "json").json["validators"][0]["infractions"][0]["evidence"]
        #expect(evidence["chain_id"].text == "juno-1")
        let transaction = try kept.run(
            "query",
            "tx",
            evidence["transaction_hash"].text,
            "--output",
            "json",
            on: Self.provider
        )
        #expect(transaction.exitCode == 0, "\(transaction.errors)")
        let events = try transaction.json["events"].elements
        let proven = try #require(events.first { $0["kind"].text == "duplicate_vote_proven" })
        #expect(proven["sequence"].number == evidence["event"].number)
    }

    @Test("People see a tree; of many who paid, the first ones, or all")
    func tree() throws {
        let text = try show().output
        for words in [
            "1,300,000 uosmo taken, everybody has settled", "├─ infraction 1: two signed blocks of height",
            "brought by osmo1",
            "pays 1,000,000", "collateral in vault: 1,000,000 uosmo lost", "950,000 are destroyed",
            "50,000 are the bounty of osmo1", "the lien of local-staking gives way by 1,000,000",
            "the other chain forgets 10,000,000 at junovaloper1", "1 user owed nothing, and left the validator",
        ] { #expect(text.contains(words), "\(words): \(text)") }
        let first = try show("--limit", "1").output
        #expect(first.contains("1 more, which --all shows"))
        #expect(
            try show("--limit", "1", "--output", "json").json["validators"][0]["infractions"][0]["payment_count"].number
                == 2
        )
        #expect(try show("--all").output == text)
        #expect(try show("--limit", "0").exitCode == 2)
    }

    @Test("One account is told what it paid, and what it still owes")
    func account() throws {
        let validator = try show("--account", "bob", "--output", "json").json["validators"][0]
        #expect(validator["infractions"][0]["payments"].elements.map { $0["amount"].text } == ["300000"])
        #expect(validator["infractions"][0]["payment_count"].number == 1)
        #expect(validator["spared_count"].number == 0)
        #expect(validator["infractions"][0]["taken"].text == "1300000", "the sum is everybody's")
        let text = try show("--account", "alice").output
        #expect(text.contains("still owes 0, and 0 if all that is in flight lands"), "\(text)")
        #expect(try show("--account", "nobody").exitCode == 3)
    }

    @Test("Nothing is shown of those who did nothing, and nobody is mistaken for a validator")
    func nothing() throws {
        let validators = try kept.run(
            "query",
            "validators-of",
            "main-external-staking",
            "--output",
            "json",
            on: Self.provider
        )
        let names = try validators.json["validators"].elements.map { $0["validator"].text }
        let guilty = try show("--output", "json").json["validators"][0]["validator"].text
        let innocent = try #require(names.first { $0 != guilty })
        #expect(try show(guilty, "--output", "json").json["validators"].elements.count == 1)
        let shown = try show(innocent)
        #expect(shown.exitCode == 0 && shown.output.contains("\(innocent) was never proven guilty"))
        #expect(try show("--external-staking", "second-external-staking").output.contains("never proven guilty"))
        for arguments in [[guilty, "--external-staking", "second-external-staking"], ["junovaloper1none"]] {
            let outcome = try kept.folder.run(["slash", "show", "--home", kept.home(Self.provider)] + arguments)
            #expect(outcome.exitCode == 3 && outcome.errors.contains("meshd query validators-of"), "\(outcome.errors)")
        }
        let consumer = try kept.run("slash", "show", on: "juno-1")
        #expect(consumer.exitCode == 3 && consumer.errors.contains("has no External Staking"), "\(consumer.errors)")
    }
}
