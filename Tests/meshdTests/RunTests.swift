import Foundation
import Testing

@Suite("meshd run")
struct RunTests {
    @Test("Lines become blocks, each acknowledged with its height and hash, and the summary counts them")
    func blocks() throws {
        let folder = try TestFolder.withChain()
        let file = try folder.write("lines", try folder.lines(0..<5).joined(separator: "\n"))
        let outcome = try folder.succeed("run", file, "--block-size", "2", "--acknowledge", "--output", "json")
        let lines = outcome.output.split(separator: "\n")
        #expect(lines.filter { $0.hasPrefix("committed ") }.count == 3)
        let summary = try JSON(String(try #require(lines.last)))
        #expect(summary["blocks"].number == 3)
        #expect(summary["succeeded"].number == 5)
        #expect(summary["failed"].number == 0)
        let last = try #require(lines.last { $0.hasPrefix("committed ") }).split(separator: " ")
        let block = try folder.succeed("query", "block", String(last[1]), "--output", "json").json
        #expect(block["header_hash"].text == String(last[2]))
        #expect(try folder.balance(of: "bob") == 5)
    }

    @Test("The Base64 form is executed byte for byte, and empty lines are passed over")
    func base64() throws {
        let folder = try TestFolder.withChain()
        // An encoding of nothing: it stands in the log as a transaction that failed.
        let outcome = try folder.succeed("run", "--output", "json", input: "\n{\"tx\":\"\"}\n\n{\"tx\":\"AAAA\"}\n")
        let failures = try outcome.jsonLines.filter { $0["type"].text == "failed_transaction" }
        #expect(failures.map { $0["line"].number } == [2, 4])
        #expect(failures.allSatisfy { !$0["codespace"].text.isEmpty })
    }

    @Test("A transaction that fails is told of with its line, and the run goes on")
    func failures() throws {
        let folder = try TestFolder.withChain()
        let lines = try folder.lines(0..<2)
        let input = [lines[0], lines[0], lines[1]].joined(separator: "\n")
        let outcome = try folder.succeed("run", "-", "--output", "json", input: input)
        let failure = try #require(try outcome.jsonLines.first)
        #expect(failure["line"].number == 2)
        #expect(failure["codespace"].text == "host")
        #expect(failure["code"].number == 7)
        #expect(try folder.balance(of: "bob") == 2)
        let strict = try folder.meshd("run", "-", "--strict", input: lines[0])
        #expect(strict.exitCode == 1)
    }

    @Test(
        "A line that is no transaction ends the run with its number; the lines before it stay",
        arguments: [
            "garbage", "{\"body\":", "{\"bodies\":\"\"}", "{\"tx\":\"*\"}", "[]", "{\"end_block\":1}",
            "{\"advance\":\"soon\"}", "{\"end_block\":true} {}",
        ]
    )
    func badLine(_ bad: String) throws {
        let folder = try TestFolder.withChain()
        let lines = try folder.lines(0..<2)
        let file = try folder.write("lines", [lines[0], "", bad, lines[1]].joined(separator: "\n"))
        let outcome = try folder.meshd("run", file)
        #expect(outcome.exitCode == 3)
        #expect(outcome.errors.contains("\(file), line 3: "), "\(outcome.errors)")
        #expect(try folder.balance(of: "bob") == 1)
    }

    @Test("A line longer than any transaction is refused without being kept")
    func longLine() throws {
        let folder = try TestFolder.withChain()
        let outcome = try folder.meshd("run", "-", input: String(repeating: "x", count: 3 << 20))
        #expect(outcome.exitCode == 3)
        #expect(outcome.errors.contains("line 1"))
    }

    @Test("Blocks are dated by the interval alone, and time can be moved: unbonded stake comes back")
    func time() throws {
        let folder = try TestFolder.withChain()
        try folder.succeed("tx", "delegate", "validator", "5000umesh", "--from", "alice", "--block-interval", "1m0s")
        let first = try folder.succeed("query", "block", "--output", "json").json["time"].text
        #expect(first == "2026-01-01T00:01:05Z")
        try folder.succeed("tx", "undelegate", "validator", "5000umesh", "--from", "alice")
        #expect(try folder.balance(of: "alice") == 995_000)
        try folder.succeed("run", input: "{\"advance\":\"504h0m0s\"}\n")
        #expect(try folder.balance(of: "alice") == 1_000_000)
    }

    @Test("Two homes that are given the same lines have the same header, to the last bit")
    func determinism() throws {
        let folder = try TestFolder.withChain()
        let input = try folder.lines(0..<20).joined(separator: "\n")
        try FileManager.default.copyItem(at: folder.home, to: folder.url.appendingPathComponent("second"))
        let first = try folder.succeed("run", "-", "--block-size", "7", input: input)
        let second = try folder.succeed("run", "-", "--block-size", "7", "--home", folder.path("second"), input: input)
        #expect(first.exitCode == second.exitCode)
        let hashes = try ["home", "second"].map { home in
            try folder.succeed("query", "block", "--output", "json", "--home", folder.path(home)).json["header_hash"]
                .text
        }
        #expect(hashes[0] == hashes[1])
    }

    @Test("A home is written by one process at a time, and read meanwhile")
    func openedTwice() throws {
        let folder = try TestFolder.withChain()
        let running = try RunningMeshd(folder)
        try running.write("{\"end_block\":true}")
        let acknowledged = try #require(running.readAcknowledgement())
        let second = try folder.meshd("run", "-", input: "{\"end_block\":true}")
        #expect(second.exitCode == 4)
        #expect(second.errors.hasPrefix("error: "))
        let block = try folder.succeed("query", "block", "--output", "json").json
        #expect(block["height"].number == acknowledged.height)
        #expect(try running.finish() == 0)
        try folder.succeed("run", "-", input: "{\"end_block\":true}")
    }

    @Test("Killed between two blocks, it has lost nothing that it had acknowledged", arguments: 1...5)
    func killed(_ blocks: Int) throws {
        let folder = try TestFolder.withChain()
        let lines = try folder.lines(0..<(blocks + 3))
        let running = try RunningMeshd(folder, "--block-size", "1")
        for line in lines { try running.write(line) }
        var last: (height: Int, hash: String)?
        for _ in 0..<blocks { last = running.readAcknowledgement() }
        running.kill()
        let acknowledged = try #require(last)
        let block = try folder.succeed("query", "block", "\(acknowledged.height)", "--output", "json").json
        #expect(block["header_hash"].text == acknowledged.hash)
        try folder.succeed("audit", "verify")
        try folder.succeed("audit", "replay")
        try folder.succeed("run", "-", input: "{\"end_block\":true}")
    }
}
