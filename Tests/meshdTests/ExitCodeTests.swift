import Foundation
import Testing

@Suite("meshd: errors and exit codes")
struct ExitCodeTests {
    @Test(
        "Wrong usage ends with code 2",
        arguments: ["nonsense", "query", "tx send", "run --block-size 0", "query account a --output xml", "log show x"]
    )
    func usage(_ command: String) throws {
        let folder = try TestFolder()
        let outcome = try folder.run(command.split(separator: " ").map(String.init))
        let isHelp = command == "query"
        #expect(outcome.exitCode == (isHelp ? 0 : 2), "\(outcome.errors)")
    }

    @Test("Help ends well, and every command shows an example")
    func help() throws {
        let folder = try TestFolder()
        var pending: [[String]] = [[]]
        var seen = 0
        while let command = pending.popLast() {
            let outcome = try folder.run(command + ["--help"])
            #expect(outcome.exitCode == 0)
            #expect(outcome.output.contains("Example:\n  meshd"), "\(command)")
            seen += 1
            for line in outcome.output.split(separator: "\n") where line.hasPrefix("  ") && !line.hasPrefix("   ") {
                let word = line.dropFirst(2).prefix { $0.isLetter || $0 == "-" }
                guard outcome.output.contains("SUBCOMMANDS:"), !word.isEmpty, !word.hasPrefix("-"), line.contains("  "),
                    line.dropFirst(2 + word.count).hasPrefix("  ")
                else { continue }
                pending.append(command + [String(word)])
            }
        }
        #expect(seen > 40)
    }

    @Test(
        "A home without a chain is said to have none, with code 4",
        arguments: [
            "query validators", "run", "tx send a 1umesh --from a", "log tail", "log stats", "audit verify",
            "audit replay", "audit privileges",
            "export", "vault account a", "cross-stake a 1umesh --from a", "query stakes a",
            "pairing status --provider a --consumer b",
        ]
    )
    func missingHome(_ command: String) throws {
        let folder = try TestFolder()
        let outcome = try folder.run(command.split(separator: " ").map(String.init))
        #expect(outcome.exitCode == 4)
        #expect(outcome.errors.contains("meshd init"))
    }

    @Test(
        "Output that can't be written is an error, with code 4",
        arguments: ["export", "query validators", "log tail"]
    )
    func fullDisk(_ command: String) throws {
        let folder = try TestFolder.withChain()
        let process = MeshdBinary.process(command.split(separator: " ").map(String.init), in: folder.url)
        let errors = Pipe()
        let disk: FileHandle = try #require(FileHandle(forWritingAtPath: "/dev/full"))
        process.standardOutput = disk
        process.standardError = errors
        try process.run()
        let message = try errors.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        #expect(process.terminationStatus == 4)
        #expect(String(decoding: message, as: UTF8.self).contains("the output can't be written"))
    }

    @Test("An error is a JSON document for programs")
    func errorDocument() throws {
        let folder = try TestFolder()
        let outcome = try folder.meshd("query", "validators", "--output", "json")
        #expect(outcome.output.isEmpty)
        let error = try JSON(outcome.errors)["error"]
        #expect(error["code"].text == "storage")
        #expect(error["exit_code"].number == 4)
        #expect(!error["message"].text.isEmpty)
    }

    @Test("A truncated store is refused, and not read")
    func truncated() throws {
        let folder = try TestFolder.withChain()
        let file = folder.home.appendingPathComponent("chain/data.mdb")
        let handle = try FileHandle(forWritingTo: file)
        try handle.truncate(atOffset: 3 * 4096)
        try handle.close()
        for command in [["query", "validators"], ["run", "-"], ["log", "tail"]] {
            let outcome = try folder.run(command)
            #expect(outcome.exitCode == 4, "\(command): \(outcome.errors)")
        }
    }

    @Test("A changed event is found by the audit, with its place and code 1")
    func changedEvent() throws {
        let folder = try TestFolder.withChain()
        let file = folder.home.appendingPathComponent("chain/data.mdb")
        let alice = try folder.succeed("keys", "show", "alice", "--output", "json").json["address"].text
        var bytes = try Data(contentsOf: file)
        var changed = 0
        // The address stands as text in the event of the first send, and nowhere else but in the transaction's body.
        while let range = bytes.range(of: Data(alice.utf8)) {
            bytes[range.lowerBound] ^= 1
            changed += 1
        }
        try #require(changed > 0)
        try bytes.write(to: file)
        let outcome = try folder.meshd("audit", "verify", "--output", "json")
        #expect(outcome.exitCode == 1)
        let report = try outcome.json
        #expect(report["is_sound"].flag == false)
        #expect(report["findings"].elements.contains { $0["height"].number == 1 || $0["sequence"].number == 25 })
    }
}
