import Foundation
import Testing

@Suite("meshd scenario")
struct ScenarioCommandTests {
    private static let head = """
        name: Two accounts
        chains:
          home: { accounts: { ann: 100ucoin, bob: 5ucoin } }
        steps:
          - send: { from: home/ann, to: home/bob, amount: 30ucoin }

        """
    /// The checkout that these tests were built from.
    private static let root = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    @Test("The example of the checkout is met, and its trace tells of every packet")
    func example() throws {
        let folder = try TestFolder()
        let file = Self.root.appendingPathComponent("Examples/scenarios/transfer.yaml").path
        let outcome = try folder.succeed("scenario", "run", file, "--trace")
        #expect(outcome.output.contains("packet gift (transfer/channel-0#1) is acknowledged: done"))
        #expect(outcome.output.contains("packet late (transfer/channel-0#2) has timed out"))
        #expect(outcome.output.contains("refuses a forged proof"))
        #expect(outcome.output.contains("audit of consumer"))
        #expect(!outcome.output.contains("✗"))
    }

    @Test("An expectation that is not met ends with code 1, and is named with file and line")
    func unmet() throws {
        let folder = try TestFolder()
        let file = try folder.write(
            "s.yaml",
            Self.head + "  - expect:\n      - { balance: home/bob, of: ucoin, is: 35 }\n"
                + "      - { balance: home/ann, of: ucoin, is: 71 }\n"
        )
        let outcome = try folder.meshd("scenario", "run", file)
        #expect(outcome.exitCode == 1)
        #expect(
            outcome.errors.contains("s.yaml:8:9: balance of home/ann, ucoin: expected 71, found 70"),
            "\(outcome.errors)"
        )
        let rows = outcome.output.split(separator: "\n").filter { $0.contains("balance of") }
        #expect(rows.count == 2)
        #expect(rows.first?.hasSuffix("yes") == true)
        #expect(rows.last?.hasSuffix("no") == true)
    }

    @Test("A step that can't be carried out ends with code 1 at its line")
    func outOfTurn() throws {
        let folder = try TestFolder()
        let file = try folder.write("s.yaml", Self.head + "  - reopen: home\n")
        let outcome = try folder.meshd("scenario", "run", file)
        #expect(outcome.exitCode == 1)
        #expect(outcome.errors.contains("s.yaml:6:"), "\(outcome.errors)")
        #expect(outcome.output.contains("stopped"))
    }

    @Test(
        "A file that is no scenario ends with code 3, with line, column and what is allowed",
        arguments: ["run", "check"]
    )
    func badFile(_ command: String) throws {
        let folder = try TestFolder()
        let file = try folder.write("s.yaml", Self.head + "  - sent: { from: home/ann }\n")
        let outcome = try folder.meshd("scenario", command, file)
        #expect(outcome.exitCode == 3)
        #expect(outcome.output.isEmpty)
        #expect(
            outcome.errors.contains("s.yaml:6:5: there is no step \"sent\"; there are open, send"),
            "\(outcome.errors)"
        )
        #expect(try folder.meshd("scenario", command, folder.path("missing.yaml")).exitCode == 3)
    }

    @Test("A chain that can't be made of what the scenario says is bad input")
    func badChain() throws {
        let folder = try TestFolder()
        let text = Self.head.replacing("accounts:", with: "instances: { extra: { module: nonsense } }, accounts:")
        let outcome = try folder.meshd("scenario", "run", try folder.write("s.yaml", text))
        #expect(outcome.exitCode == 3, "\(outcome.errors)")
        #expect(outcome.errors.contains("nonsense"))
    }

    @Test("A program gets one document, the same for the same seed, with the trace when it asks for it")
    func document() throws {
        let folder = try TestFolder()
        let file = try folder.write("s.yaml", Self.head + "  - expect: { balance: home/bob, of: ucoin, is: 35 }\n")
        let arguments = ["scenario", "run", file, "--output", "json", "--trace", "--seed", "5"]
        let (first, second) = (try folder.run(arguments), try folder.run(arguments))
        #expect(first.output == second.output)
        let document = try first.json
        #expect(document["is_met"].flag == true)
        #expect(document["seed"].number == 5)
        #expect(document["expectations"][0]["line"].number == 6)
        #expect(document["expectations"][0]["found"].text == "35")
        #expect(document["chains"][0]["chain_id"].text == "home-1")
        #expect(document["trace"].elements.count > 3)
        #expect(document["failure"].isNull)
        let plain = try folder.succeed("scenario", "run", file, "--output", "json")
        #expect(!plain.output.contains("\"trace\""))
    }

    @Test("Homes that are kept can be audited, and nothing is written over")
    func keep() throws {
        let folder = try TestFolder()
        let file = try folder.write("s.yaml", Self.head)
        try folder.succeed("scenario", "run", file, "--keep", folder.path("kept"))
        #expect(FileManager.default.fileExists(atPath: folder.path("kept/home-1")))
        #expect(try folder.meshd("scenario", "run", file, "--keep", folder.path("kept")).exitCode == 3)
    }

    @Test("A kept home has the keys of the scenario, and its chain goes on")
    func goesOn() throws {
        let folder = try TestFolder()
        let file = try folder.write("s.yaml", Self.head)
        try folder.succeed("scenario", "run", file, "--seed", "5", "--keep", folder.path("kept"))
        let home = folder.path("kept/home-1")
        let keys = try folder.succeed("keys", "list", "--home", home, "--output", "json").json["keys"].elements
        #expect(keys.map { $0["name"].text } == ["ann", "authority", "bob", "validator-consensus", "validator"])
        try folder.succeed("tx", "send", "ann", "10ucoin", "--from", "bob", "--home", home)
        let account = try folder.succeed("query", "account", "bob", "--home", home, "--output", "json").json
        #expect(account["balances"][0]["amount"].text == "25")
        try folder.succeed("audit", "verify", "--home", home)
    }

    @Test("A scenario is checked without a chain, and all kinds of steps are listed")
    func checkAndSteps() throws {
        let folder = try TestFolder()
        let file = try folder.write("s.yaml", Self.head)
        #expect(try folder.succeed("scenario", "check", file, "--output", "json").json["steps"].number == 1)
        let kinds = try folder.succeed("scenario", "steps", "--output", "json").json
        #expect(kinds["steps"].elements.map { $0["name"].text }.contains("transfer"))
        #expect(kinds["expectations"].elements.count >= 9)
        #expect(kinds["steps"].elements.allSatisfy { !$0["example"].text.isEmpty })
    }
}
