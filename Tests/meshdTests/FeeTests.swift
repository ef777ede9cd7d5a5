import Foundation
import Testing

@Suite("meshd tx --fees")
struct FeeTests {
    @Test("A fee goes from the sender to the fee collector, and the receipt, the log and the audit tell of it")
    func paid() throws {
        let folder = try TestFolder.withChain()
        let receipt = try folder.succeed(
            "tx",
            "send",
            "bob",
            "7umesh",
            "--fees",
            "100umesh",
            "--from",
            "alice",
            "--output",
            "json"
        ).json
        #expect(
            receipt["events"].elements.map { $0["kind"].text } == [
                "fee_charged", "fee_collected", "transferred", "transferred", "transaction_executed",
            ]
        )
        #expect(try folder.balance(of: "alice") == 999_893)
        let found = try folder.succeed("query", "tx", receipt["hash"].text, "--output", "json").json
        #expect(found["transaction"]["fee"][0]["amount"].text == "100")
        try folder.succeed("audit", "verify")
        try folder.succeed("audit", "reexecute")
    }

    @Test("A transaction that fails in a block has paid, and one that could not pay is not executed")
    func failing() throws {
        let folder = try TestFolder.withChain()
        let tooHigh = try folder.meshd("tx", "send", "bob", "7umesh", "--fees", "2000000umesh", "--from", "alice")
        #expect(tooHigh.exitCode == 1)
        #expect(tooHigh.errors.contains("the fee of 2000000umesh"))
        let line = try folder.succeed(
            "tx",
            "send",
            "bob",
            "99999999umesh",
            "--fees",
            "100umesh",
            "--from",
            "alice",
            "--sign-only"
        ).output
        let file = try folder.write("failing.jsonl", line)
        let shown = try folder.succeed("tx", "show", file)
        #expect(shown.output.contains("100umesh, paid by"))
        try folder.succeed("run", file)
        #expect(try folder.balance(of: "alice") == 999_900)
        #expect(try folder.balance(of: "bob") == 0)
        try folder.succeed("audit", "reexecute")
    }

    @Test("meshd run --minimum-fees lets in what pays enough, and tells of every line that does not")
    func minimum() throws {
        let folder = try TestFolder.withChain()
        let lines = try [("0", "100umesh"), ("1", "99umesh"), ("1", "120umesh")].map { sequence, fees in
            try folder.succeed(
                "tx",
                "send",
                "bob",
                "1umesh",
                "--fees",
                fees,
                "--from",
                "alice",
                "--sign-only",
                "--sequence",
                sequence
            ).output
        }
        let input = lines.joined()
        let outcome = try folder.meshd(
            "run",
            "-",
            "--minimum-fees",
            "7uatom,100umesh",
            "--strict",
            "--output",
            "json",
            input: input
        )
        #expect(outcome.exitCode == 1)
        let refused = try #require(try outcome.jsonLines.first)
        #expect(refused["type"].text == "refused_transaction" && refused["line"].number == 2)
        #expect(refused["error"].text.contains("7uatom or 100umesh"))
        let summary = try #require(try outcome.jsonLines.first { $0["type"].text == "summary" })
        #expect(summary["refused"].number == 1 && summary["succeeded"].number == 2 && summary["failed"].number == 0)
        #expect(try folder.balance(of: "bob") == 2)
        // Without the option, no fee is asked for.
        try folder.succeed("run", "-", input: try folder.lines(2..<3).joined(separator: "\n"))
        let malformed = try folder.meshd("run", "-", "--minimum-fees", "100", input: "")
        #expect(malformed.exitCode != 0 && malformed.errors.contains("--minimum-fees"))
    }

    @Test("What is no set of coins is refused before anything is built")
    func malformed() throws {
        let folder = try TestFolder.withChain()
        let refused = try folder.meshd("tx", "send", "bob", "7umesh", "--fees", "100", "--from", "alice")
        #expect(refused.exitCode != 0)
        #expect(refused.errors.contains("--fees"))
    }
}
