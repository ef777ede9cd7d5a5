import Foundation
import Testing

@Suite("meshd query slashing and tx slashing")
struct SlashingCommandTests {
    /// A chain of three validators.
    private func folder() throws -> TestFolder {
        let folder = try TestFolder()
        try folder.succeed("init", "--validators", "3", "--genesis-time", "2026-01-01T00:00:00Z")
        return folder
    }

    private func infos(_ folder: TestFolder) throws -> [String: JSON] {
        let answer = try folder.succeed("query", "slashing", "--output", "json").json
        let infos = answer["signing_infos"].elements.map { ($0["moniker"].text, $0) }
        return Dictionary(infos, uniquingKeysWith: { first, _ in first })
    }

    @Test("Go into an export as they are, from which a chain begins that exports the same")
    func export() throws {
        let folder = try folder()
        try folder.succeed("run", input: String(repeating: "{\"end_block\":true}\n", count: 5))
        let exported = try folder.succeed("export").output
        let file = try folder.write("exported.json", exported)
        let copy = folder.path("copy")
        #expect(try folder.run(["init", file, "--home", copy]).exitCode == 0)
        #expect(try folder.run(["export", "--home", copy]).output == exported)
    }

    @Test("List how every validator has signed, and what it may miss")
    func list() throws {
        let folder = try folder()
        try folder.succeed("run", input: String(repeating: "{\"advance\":\"5s\"}\n", count: 3))
        let infos = try infos(folder)
        #expect(Set(infos.keys) == ["validator", "validator-2", "validator-3"])
        for info in infos.values {
            #expect(info["missed"].number == 0)
            #expect(info["missed_max"].number == 50)
            // Each command opens the chain anew, and yet knows its height.
            #expect(info["next_vote"].number == 2)
            #expect(info["window"].number == 100)
            #expect(info["is_counted"].flag == true)
            #expect(info["is_tombstoned"].flag == false)
            #expect(info["consensus_address"].text.hasPrefix("meshvalcons1"))
        }
        let text = try folder.succeed("query", "slashing").output
        #expect(text.hasPrefix("Votes at height "), "\(text)")
        #expect(text.split(separator: "\n").filter { $0.contains("counted") }.count == 3)
    }

    @Test("Bring a jailed validator back once its operator has enough of its own stake on it, and no other account's")
    func unjail() throws {
        let folder = try folder()
        func refuses(_ name: String, _ reason: String) throws {
            let outcome = try folder.meshd("tx", "slashing", "unjail", "--from", name)
            #expect(outcome.exitCode == 1)
            #expect(outcome.errors.contains(reason), "\(outcome.errors)")
        }
        try folder.succeed("keys", "add", "alice", "--recover", TestFolder.aliceSeed)
        try folder.succeed("tx", "send", "alice", "1000000umesh", "--from", "validator")
        try refuses("alice", "no validator")
        try refuses("validator-2", "not jailed")
        // Somebody else's stake keeps the validator alive when its operator takes all of its own back.
        try folder.succeed("tx", "delegate", "validator-2", "1000000umesh", "--from", "alice")
        try folder.succeed("tx", "undelegate", "validator-2", "100000000000umesh", "--from", "validator-2")
        #expect(try infos(folder)["validator-2"]?["is_counted"].flag == false)
        #expect(try folder.succeed("query", "slashing").output.contains("paused"))
        try refuses("validator-2", "delegate more")
        try folder.succeed("tx", "delegate", "validator-2", "50000000umesh", "--from", "validator-2")
        let unjailed = try folder.succeed(
            "tx",
            "slashing",
            "unjail",
            "--from",
            "validator-2",
            "--output",
            "json"
        ).json
        #expect(unjailed["events"].elements.isEmpty == false)
        // Its votes are counted again from the first block on in which it has one.
        try folder.succeed("run", input: String(repeating: "{\"advance\":\"5s\"}\n", count: 3))
        #expect(try infos(folder)["validator-2"]?["is_counted"].flag == true)
        try refuses("validator-2", "not jailed")
    }
}
