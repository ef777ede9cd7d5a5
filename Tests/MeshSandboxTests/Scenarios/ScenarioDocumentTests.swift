import MeshSandbox
import Testing

@Suite("Scenarios: the document")
struct ScenarioDocumentTests {
    /// A mistake, where it is, and what is said of it.
    struct Mistake: Sendable, CustomTestStringConvertible {
        let text: String
        let line: Int?
        let code: ScenarioError.Code
        let words: [String]

        init(_ text: String, line: Int?, _ code: ScenarioError.Code, _ words: String...) {
            self.text = text
            self.line = line
            self.code = code
            self.words = words
        }

        /// A mistake in the first step.
        init(step: String, _ code: ScenarioError.Code, _ words: String...) {
            text = TestScenario.text(step)
            line = TestScenario.firstLine
            self.code = code
            self.words = words
        }

        var testDescription: String { words.first ?? code.rawValue }
    }

    private static let wholes = [
        Mistake("", line: nil, .notYAML, "empty"),
        Mistake("name: [", line: 2, .notYAML, "no YAML"),
        Mistake("name: a\n---\nname: b\n", line: 2, .notYAML, "document"),
        Mistake("name: &a x\nabout: *a\n", line: 1, .notYAML, "anchors"),
        Mistake("name: !!int 5\n", line: 1, .notYAML, "tags"),
        Mistake("name: a\nname: b\n", line: 1, .duplicateName, "name", "more than once"),
        Mistake("- a\n", line: 1, .invalidValue, "members", "chains"),
        Mistake("name: a\nsteps: []\n", line: 1, .missingMember, "chains"),
        Mistake("name: a\nchain: {}\n", line: 2, .unknownMember, "chain", "allowed are name, about, seed, chains"),
        Mistake("name: a\nseed: -1\nchains: { a: }\nsteps: []\n", line: 2, .invalidValue, "the seed", "0 to"),
        Mistake("name: a\nchains: { A: {} }\nsteps: []\n", line: 2, .invalidValue, "\"A\"", "a to z"),
        Mistake(
            "name: a\nchains:\n  a: { id: x-1 }\n  b: { id: x-1 }\nsteps: []\n",
            line: 4,
            .duplicateName,
            "identifier of a"
        ),
        Mistake(
            "name: a\nchains:\n  a: { id: ../x }\nsteps: []\n",
            line: 3,
            .invalidValue,
            "\"../x\""
        ),
        Mistake(
            "name: a\nchains:\n  a:\n    accounts: { x: 5 }\nsteps: []\n",
            line: 4,
            .invalidValue,
            "5"
        ),
        Mistake(
            "name: a\nchains:\n  a: { validators: 0 }\nsteps: []\n",
            line: 3,
            .invalidValue,
            "validators is a whole number from 1 to 100"
        ),
        Mistake(
            "name: a\nchains: { a: {}, b: {} }\nchannels:\n  x: { between: [a/transfer, a/transfer] }\nsteps: []\n",
            line: 4,
            .invalidValue,
            "two different chains"
        ),
        Mistake(
            "name: a\nchains: { a: {}, b: {} }\nchannels:\n  x: { between: [a/transfer, c/transfer] }\nsteps: []\n",
            line: 4,
            .unknownName,
            "\"c\" is no chain; there is a, b"
        ),
        Mistake(
            "name: a\nchains: { a: { x: " + String(repeating: "[", count: 100) + String(repeating: "]", count: 100)
                + "}}",
            line: 2,
            .notYAML,
            "deep"
        ),
    ]

    private static let steps = [
        Mistake(step: "- jump: main", .unknownMember, "no step \"jump\"", "open, send, transfer"),
        Mistake(step: "- { open: main, settle: }", .invalidValue, "one member"),
        Mistake(step: "- [open]", .invalidValue, "a step"),
        Mistake(step: "- open: mian", .unknownName, "\"mian\" is no channel; there is main"),
        Mistake(step: "- settle: 5", .invalidValue, "stands alone"),
        Mistake(step: "- wait: 60", .invalidValue, "with its unit"),
        Mistake(step: "- blocks: many", .invalidValue, "1 to 100"),
        Mistake(step: "- crash: west", .unknownName, "there is north, south"),
        Mistake(step: "- crash: { chain: north, moment: noon }", .invalidValue, "between_blocks, before_commit"),
        Mistake(step: "- audit: []", .invalidValue, "all"),
        Mistake(step: "- deliver: { over: main, policy: nicely }", .invalidValue, "prompt, shuffled, hostile"),
        Mistake(step: "- deliver: { over: main, policy: { dropt: 1 } }", .unknownMember, "forged_proof"),
        Mistake(step: "- send: { from: north/ann, to: south/bob, amount: 1unor }", .invalidValue, "`transfer`"),
        Mistake(step: "- send: { from: north/ann, to: north/cid }", .missingMember, "send needs the member amount"),
        Mistake(step: "- send: { from: north, to: north/cid, amount: 1unor }", .invalidValue, "provider/alice"),
        Mistake(step: "- send: { from: north/bob, to: north/cid, amount: 1unor }", .unknownName, "account of north"),
        Mistake(step: "- send: { from: north/ann, to: north/cid, amount: unor }", .invalidValue, "250uatom"),
        Mistake(
            step: "- transfer: { from: north/ann, to: south/bob, amount: 1unor, over: main, until: 5s }",
            .unknownMember,
            "transfer has no member \"until\"",
            "timeout"
        ),
        Mistake(
            step: "- transfer: { from: north/ann, to: north/cid, amount: 1unor, over: main }",
            .invalidValue,
            "leads from north to south"
        ),
        Mistake(
            step: "- transfer: { from: north/ann, to: south/bob, receiver: x, amount: 1unor, over: main }",
            .invalidValue,
            "not both"
        ),
        Mistake(
            step: "- transfer: { from: north/ann, to: south/bob, amount: 1 unor via main, over: main }",
            .invalidValue,
            "uatom over CHANNEL"
        ),
        Mistake(
            step: "- send: { from: north/ann, to: north/cid, amount: 1unor, fails: bank }",
            .invalidValue,
            "bank/5"
        ),
        Mistake(step: "- expect: []", .invalidValue, "what is expected"),
        Mistake(step: "- expect: { balanse: north/ann }", .unknownMember, "balance, supply, escrow"),
        Mistake(step: "- expect: { balance: north/ann, of: unor }", .missingMember, "is, at_least, at_most"),
        Mistake(step: "- expect: { balance: north/ann, of: unor, is: 1, at_least: 2 }", .invalidValue, "no amount"),
        Mistake(step: "- expect: { balance: north/ann, of: unor, is: 1e3 }", .invalidValue, "1e3"),
        Mistake(step: "- expect: { packet: gift, is: refused }", .unknownName, "\"gift\" is no label"),
        Mistake(step: "- expect: { event: bank, on: north, is: 1 }", .invalidValue, "bank/transferred"),
    ]

    @Test("Each mistake is named with its line and with what is allowed", arguments: wholes + steps)
    func mistakes(_ mistake: Mistake) throws {
        let error = try #require(throws: ScenarioError.self) { try Scenario(parsing: mistake.text) }
        #expect(error.code == mistake.code, "\(error)")
        #expect(error.place?.line == mistake.line, "\(error)")
        for word in mistake.words { #expect(error.message.contains(word), "\(error)") }
    }

    @Test("An unknown member is named with the column in which it stands")
    func column() throws {
        let error = try #require(throws: ScenarioError.self) {
            try Scenario(parsing: TestScenario.text("- settle\n- deliver: { over: main, polity: prompt }"))
        }
        #expect(error.place == ScenarioPlace(line: TestScenario.firstLine + 1, column: 28))
    }

    @Test("A label is given once, and only before it is asked for")
    func labels() throws {
        let step = "- send: { from: north/ann, to: north/cid, amount: 1unor, as: gift }"
        let twice = try #require(throws: ScenarioError.self) {
            try Scenario(parsing: TestScenario.text("\(step)\n\(step)"))
        }
        #expect(twice.code == .duplicateName)
        #expect(twice.place?.line == TestScenario.firstLine + 1)
        _ = try Scenario(parsing: TestScenario.text("\(step)\n- expect: { transaction: gift, is: done }"))
    }

    @Test("A voucher's way has to end on the chain where it is asked for")
    func ways() throws {
        _ = try Scenario(parsing: TestScenario.text("- expect: { supply: south, of: unor over main, is: 0 }"))
        let error = try #require(throws: ScenarioError.self) {
            try Scenario(parsing: TestScenario.text("- expect: { supply: south, of: unor over main over, is: 0 }"))
        }
        #expect(error.code == .invalidValue)
    }

    @Test("The example of every kind of step and expectation is read, where its names are defined")
    func examples() throws {
        func head(_ connection: String) -> String {
            """
            name: Examples
            chains:
              provider: { accounts: { alice: 1uprov, bob: 1uprov } }
              consumer: { accounts: { bob: 1ucons } }
              osmosis: { validators: 2, bond: uosmo, accounts: { alice: 1uosmo } }
              juno: { validators: 2, bond: ujuno, accounts: { bob: 1ujuno }, governance: { proposer: validator } }
            \(connection)
            steps:
              - send: { from: provider/alice, to: provider/bob, amount: 1uprov, as: gift }
              - propose: { from: juno/bob, title: A grant, as: grant }
              - propose: { from: juno/bob, title: A thank-you, as: thanks }

            """
        }
        let heads = [
            head("channels: { main: { between: [provider/transfer, consumer/transfer] } }"),
            head("pairings: { main: { provider: osmosis, consumer: juno } }"),
        ]
        let vocabulary = ScenarioVocabulary.standard
        for kind in vocabulary.steps.map({ $0.kind }) + vocabulary.expectations.map({ $0.kind }) {
            // What an example calls its own is there already, for the others.
            let example = ["gift", "grant", "thanks"]
                .reduce(kind.example) { $0.replacing("as: \($1)", with: "as: other-\($1)") }
            let text = example.split(separator: "\n").map { "  \($0)\n" }.joined()
            // What examples call main is a channel, or a pairing.
            let scenario = try (try? Scenario(parsing: heads[0] + text)) ?? Scenario(parsing: heads[1] + text)
            #expect(scenario.steps.count > 3, "\(kind.name)")
            #expect(kind.example.contains(kind.name), "\(kind.name)")
        }
    }

    @Test("No text makes the reader trap: single bytes of a good scenario are changed at random")
    func mutations() {
        let good = Array(
            TestScenario.text("- open: main\n- transfer: { from: north/ann, to: south/bob, amount: 1unor, over: main }")
                .utf8
        )
        var generator = SplitMix64(seed: 4_711)
        var refused = 0
        for _ in 0..<2_000 {
            var bytes = good
            for _ in 0..<Int.random(in: 1...3, using: &generator) {
                bytes[Int.random(in: bytes.indices, using: &generator)] = UInt8.random(
                    in: .min ... .max,
                    using: &generator
                )
            }
            guard let text = String(validating: bytes, as: UTF8.self) else { continue }
            if (try? Scenario(parsing: text)) == nil { refused += 1 }
        }
        #expect(refused > 500, "seed 4711")
    }
}
