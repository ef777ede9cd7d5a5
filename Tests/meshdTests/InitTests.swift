import Foundation
import Testing

@Suite("meshd init")
struct InitTests {
    @Test("Without a file it makes a chain with one bonded validator, whose key it keeps")
    func devnet() throws {
        let folder = try TestFolder()
        let report = try folder.succeed("init", "--output", "json").json
        #expect(report["chain_id"].text == "mesh-devnet-1")
        #expect(report["validators"].number == 1)
        #expect(report["bonded_validators"].number == 1)
        #expect(report["supply"][0]["amount"].text == "1000000000000")
        #expect(report["bonded"]["amount"].text == "100000000000")
        let keys = try folder.succeed("keys", "list", "--output", "json").json["keys"].elements
        #expect(keys.map { $0["name"].text } == ["validator-consensus", "validator"])
    }

    @Test("Each module has an instance with its own privileges, which governance administers")
    func instances() throws {
        let folder = try TestFolder()
        let report = try folder.succeed("init", "--output", "json").json
        let labels = report["instances"].elements.map(\.text)
        let standard = ["bank", "staking", "governance", "rewards", "slashing", "interchain", "transfer", "evidence"]
        #expect(labels == standard)
        let governance = try folder.succeed("query", "instance", "governance", "--output", "json").json["address"].text
        let grants = try labels.map { label in
            let instance = try folder.succeed("query", "instance", label, "--output", "json").json
            #expect(instance["admin"].text == governance)
            return instance["grants"].elements.map { $0["privilege"].text }
        }
        #expect(grants.dropFirst(2) == [[], ["rewards/mint"], [], [], ["transfer/mint-vouchers"], []])
        let interchain = try folder.succeed("query", "state", "interchain", "--output", "json").json["collections"]
        #expect(interchain.elements.map { $0["name"].text } == ["ports"], "its authority is the chain's")
        let port = try folder.succeed("query", "ask", "interchain", #"{"port":{"port_id":"transfer"}}"#).json["port"]
        // Instances are numbered from 1 on, in the order of the labels.
        #expect(port["application"].number == (try #require(labels.firstIndex(of: "transfer"))) + 1)
    }

    @Test("What can't be kept of a file refuses it, and is listed when it is skipped; traces are carried over")
    func sectionsOfOtherChains() throws {
        let folder = try TestFolder()
        var document = try Self.exported(folder)
        let transfer = """
            "transfer": { "port_id": "transfer", "params": {"send_enabled": true, "receive_enabled": true},
              "denom_traces": [{"path": "transfer/channel-3", "base_denom": "uatom"}],
              "total_escrowed": [{"denom": "umesh", "amount": "5"}] },
            """
        let section = try #require(document.range(of: "\"transfer\": {"))
        document.replaceSubrange(section, with: transfer + " \"unread\": {")
        let file = try folder.write("genesis.json", document)
        let refused = try folder.meshd("init", file, "--home", folder.path("second"))
        #expect(refused.exitCode == 3)
        #expect(refused.errors.contains("app_state.transfer.total_escrowed"))
        let report = try folder.succeed(
            "init",
            file,
            "--home",
            folder.path("second"),
            "--skip-unknown",
            "--output",
            "json"
        ).json
        let skipped = report["findings"].elements.filter { $0["weight"].text == "skipped" }.map { $0["path"].text }
        #expect(skipped == ["app_state.transfer.total_escrowed", "app_state.unread"])
        let traces = try folder.succeed("query", "traces", "--home", folder.path("second"), "--output", "json").json
        #expect(traces["traces"][0]["path"].text == "transfer/channel-3/uatom")
    }

    private static func exported(_ folder: TestFolder) throws -> String {
        try folder.succeed("init")
        return try folder.succeed("export").output
    }

    @Test("Keys that were made before stay, and the validator's is used when it is there")
    func earlierKeys() throws {
        let folder = try TestFolder()
        try folder.succeed("keys", "add", "validator", "--recover", TestFolder.aliceSeed)
        let before = try folder.succeed("keys", "show", "validator", "--output", "json").json["validator_operator"].text
        try folder.succeed("init")
        let validators = try folder.succeed("query", "validators", "--output", "json").json["validators"]
        #expect(validators[0]["operator"].text == before)
    }

    @Test("How long proposals are voted on is named without a file alone, and is above zero")
    func votingPeriod() throws {
        let folder = try TestFolder()
        for wrong in ["0s", "4000000000s"] {
            let outcome = try folder.meshd("init", "--voting-period", wrong)
            #expect(outcome.exitCode == 3, "\(wrong)")
            #expect(outcome.errors.contains("voting_period must be above zero"), "\(outcome.errors)")
        }
        #expect(try folder.meshd("init", "--voting-period", "soon").exitCode == 2)
        try folder.succeed("init", "--voting-period", "90")
        let rules = try folder.succeed("query", "ask", "governance", #"{"parameters":{}}"#).json["parameters"]
        #expect(rules["voting_period_nanoseconds"].text == "90000000000")
        let file = try folder.write("exported.json", try folder.succeed("export").output)
        let second = try folder.meshd("init", file, "--home", folder.path("second"), "--voting-period", "60s")
        #expect(second.exitCode == 2)
        #expect(second.errors.contains("leave --voting-period out"), "\(second.errors)")
    }

    @Test("A home that holds a chain is refused, and its chain stays")
    func existing() throws {
        let folder = try TestFolder()
        try folder.succeed("init")
        let before = try folder.succeed("query", "block", "--output", "json").output
        let again = try folder.meshd("init", "--chain-id", "other-1")
        #expect(again.exitCode == 3)
        #expect(again.errors.contains("holds a chain already"))
        #expect(try folder.succeed("query", "block", "--output", "json").output == before)
    }

    @Test("An exported chain can be started anew, with the same validators and the same supply")
    func roundTrip() throws {
        let folder = try TestFolder.withChain()
        try folder.succeed("tx", "delegate", "validator", "5000umesh", "--from", "alice")
        let genesis = try folder.write("exported.json", try folder.succeed("export").output)
        try folder.succeed("init", genesis, "--home", folder.path("second"), "--skip-unknown")
        for query in [["query", "validators"], ["query", "supply"]] {
            let old = try folder.succeed(query[0], query[1], "--output", "json").json
            let new = try folder.succeed(query[0], query[1], "--output", "json", "--home", folder.path("second")).json
            #expect(old["validators"][0]["tokens"].text == new["validators"][0]["tokens"].text)
            #expect(old["supply"][0]["amount"].text == new["supply"][0]["amount"].text)
        }
    }

    @Test(
        "A bad genesis is refused with what is wrong, and leaves nothing behind",
        arguments: [
            ("{\"chain_id\": \"a-1\", \"app_state\": {", "line 1"),
            ("{\"chain_id\": \"a-1\", \"genesis_time\": \"2026-01-01T00:00:00Z\", \"app_state\": {}}", "prefix"),
            ("[]", "chain_id"),
        ]
    )
    func badGenesis(_ document: String, _ hint: String) throws {
        let folder = try TestFolder()
        let file = try folder.write("genesis.json", document)
        let outcome = try folder.meshd("init", file)
        #expect(outcome.exitCode == 3)
        #expect(outcome.errors.contains(file))
        #expect(outcome.errors.contains(hint))
        let left = try FileManager.default.contentsOfDirectory(atPath: folder.url.path)
        #expect(left.filter { $0.hasPrefix("home") }.isEmpty)
    }

    @Test("Sections that no module reads refuse the file, and are listed when they are skipped")
    func unknownSections() throws {
        let folder = try TestFolder.withChain()
        var document = try folder.succeed("export").output
        document = document.replacingOccurrences(
            of: "\"app_state\": {",
            with: "\"app_state\": { \"crisis\": {\"a\": 1},"
        )
        let file = try folder.write("genesis.json", document)
        let second = folder.path("second")
        let refused = try folder.meshd("init", file, "--home", second)
        #expect(refused.exitCode == 3)
        #expect(refused.errors.contains("app_state.crisis"))
        #expect(!FileManager.default.fileExists(atPath: second))
        let report = try folder.succeed("init", file, "--home", second, "--skip-unknown", "--output", "json").json
        let skipped = report["findings"].elements.filter { $0["weight"].text == "skipped" }
        #expect(skipped.map { $0["path"].text } == ["app_state.crisis"])
    }

    @Test("A genesis of another chain than the named one is refused")
    func wrongChain() throws {
        let folder = try TestFolder.withChain()
        let file = try folder.write("genesis.json", try folder.succeed("export").output)
        let outcome = try folder.meshd("init", file, "--home", folder.path("second"), "--chain-id", "other-1")
        #expect(outcome.exitCode == 3)
        #expect(outcome.errors.contains("mesh-devnet-1"))
    }
}
