import Foundation
import Testing

@Suite("meshd pairing status")
struct PairingStatusTests {
    @Test("Both ends are put side by side, before, while and after stake is in flight")
    func sides() throws {
        let chains = try PairedChains()
        let validator = try chains.validators[0]
        var status = try chains.status("--output", "json").json
        #expect(status["provider"]["chain_id"].text == "prov-1")
        #expect(status["provider"]["external_staking"].text == "main-external-staking")
        #expect(status["consumer"]["chain_id"].text == "cons-1")
        #expect(status["consumer"]["converter"].text == "main-converter")
        #expect(status["consumer"]["channel"].text == "open")
        #expect(status["price"].text == "2")
        #expect(status["is_price_fresh"].flag == true)
        #expect(status["cap"].text == "1000000000")
        #expect(status["is_settled"].flag == true)
        #expect(status["validators"].elements.count == 2)

        try chains.folder.succeed("cross-stake", validator, "5000000uprov", "--from", "alice")
        status = try chains.status("--output", "json").json
        #expect(status["is_settled"].flag == false)
        #expect(status["unsettled_on_provider"].number == 1)
        #expect(Self.line(of: validator, in: status)?["in_flight"].text == "5000000")
        let outcome = try chains.status()
        #expect(outcome.exitCode == 0)
        #expect(outcome.output.contains("in flight   1 message to the consumer\n"), "\(outcome.output)")

        try chains.relay()
        status = try chains.status("--output", "json").json
        let line = try #require(Self.line(of: validator, in: status))
        #expect(line["moniker"].text == "validator")
        #expect(line["committed"].text == "5000000")
        #expect(line["pledged"].text == "5000000")
        #expect(line["target"].text == "10000000")
        #expect(line["bonded"].text == "10000000")
        #expect(status["drift"].text == "0")
        let text = try chains.status().output
        for hint in [
            "provider    main-external-staking on prov-1, height ", "consumer    main-converter on cons-1, height ",
            "channel     open\n", "price       2 ucons for 1 uprov\n",
            "minted      10,000,000 of 1,000,000,000 ucons\n",
            "in flight   nothing\n", "drift       none\n",
            "validator    active  5,000,000          –          –  5,000,000  10,000,000  10,000,000  \(validator)\n",
        ] {
            #expect(text.contains(hint), "\(hint): \(text)")
        }
        #expect(!text.contains("\u{1B}"))
    }

    private static func line(of validator: String, in status: JSON) -> JSON? {
        status["validators"].elements.first { $0["operator"].text == validator }
    }

    @Test("A difference that nothing in flight explains ends with code 1, as with an old copy of a home")
    func drift() throws {
        let chains = try PairedChains()
        let (folder, old) = (chains.folder, chains.folder.path("old"))
        try FileManager.default.createDirectory(atPath: old, withIntermediateDirectories: true)
        let chain = URL(fileURLWithPath: "\(chains.consumer)/chain").resolvingSymlinksInPath()
        try FileManager.default.copyItem(at: chain, to: URL(fileURLWithPath: "\(old)/chain"))
        try folder.succeed("cross-stake", try chains.validators[0], "5000000uprov", "--from", "alice")
        try chains.relay()
        #expect(try chains.status().exitCode == 0)
        let outcome = try folder.meshd("pairing", "status", "--provider", folder.home.path, "--consumer", old)
        #expect(outcome.exitCode == 1)
        #expect(outcome.output.contains("drift       5,000,000 uprov\n"), "\(outcome.output)")
        #expect(outcome.errors.contains("neither is an old copy"))
        let document = try folder.run(
            ["pairing", "status", "--provider", folder.home.path, "--consumer", old, "--output", "json"]
        )
        #expect(document.exitCode == 1)
        #expect(try document.json["is_drifting"].flag == true)
        #expect(try document.json["drift"].text == "5000000")
        #expect(try JSON(document.errors)["error"]["code"].text == "check_failed")
    }

    @Test("A closed pairing is shown as closed, with everything unbonding, and is no drift")
    func closed() throws {
        let chains = try PairedChains()
        try chains.folder.succeed("cross-stake", try chains.validators[0], "5000000uprov", "--from", "alice")
        try chains.relay()
        try chains.closeChannel()
        let outcome = try chains.status()
        #expect(outcome.exitCode == 0, "\(outcome.errors)")
        #expect(outcome.output.contains("channel     closed\n"), "\(outcome.output)")
        #expect(outcome.output.contains("price       2 ucons for 1 uprov\n"))
        #expect(outcome.output.contains("next epoch  none\n"))
        #expect(
            outcome.output.contains("validator    active          –          –  5,000,000        –       –       –")
        )
        let status = try chains.status("--output", "json").json
        #expect(status["provider"]["channel"].text == "closed")
        #expect(status["consumer"]["channel"].text == "closed")
        #expect(status["is_price_fresh"].isNull)
        #expect(status["minted"].text == "0")
    }

    @Test("Ends are found by their configuration, or named; homes that don't belong together are refused")
    func finding() throws {
        let chains = try PairedChains()
        let folder = chains.folder
        let (provider, consumer) = (folder.home.path, chains.consumer)
        let stranger = try PairedChains(consumer: "far-1", cap: nil)
        func status(_ provider: String, _ consumer: String, _ more: [String] = []) throws -> Outcome {
            try folder.run(["pairing", "status", "--provider", provider, "--consumer", consumer] + more)
        }
        let named = ["--external-staking", "main-external-staking", "--converter", "main-converter"]
        #expect(try status(provider, consumer, named).exitCode == 0)
        let cases: [(outcome: Outcome, exitCode: Int32, hint: String)] = [
            (try status(consumer, provider), 3, "perhaps the two homes are the wrong way round"),
            (try status(provider, provider), 3, "are one home"),
            (try status(provider, "\(provider)/../home/"), 3, "are one home"),
            (
                try status(provider, stranger.consumer), 3,
                "main-external-staking of prov-1, for cons-1 over connection-0"
            ),
            (try status(provider, stranger.consumer), 3, "main-converter of far-1, for prov-1 over connection-0"),
            (try status(provider, consumer, ["--converter", "main-price-feed"]), 3, "name one of: main-converter"),
            (try status(provider, consumer, ["--external-staking", "x"]), 3, "name one of: main-external-staking"),
            (try status(provider, folder.path("nowhere")), 4, "there is no chain in"),
        ]
        for (outcome, exitCode, hint) in cases {
            #expect(outcome.exitCode == exitCode, "\(outcome.errors)")
            #expect(outcome.errors.contains(hint), "\(outcome.errors)")
            #expect(outcome.output.isEmpty)
        }
        let ungranted = try stranger.status()
        #expect(ungranted.output.contains("minted      0 of 0 ucons\n"), "\(ungranted.output) \(ungranted.errors)")
    }

    @Test("Of two pairings of the same chains one has to be named; one collateral secures both")
    func two() throws {
        let chains = try PairedChains()
        let folder = chains.folder
        try chains.addPairing("second")
        let outcome = try chains.status()
        #expect(outcome.exitCode == 3)
        #expect(outcome.errors.contains("have several pairings"), "\(outcome.errors)")
        #expect(outcome.errors.contains("second-external-staking with second-converter"))
        for name in ["main", "second"] {
            let arguments = ["cross-stake", try chains.validators[0], "5000000uprov", "--from", "alice"]
            let stake = try folder.run(arguments + ["--external-staking", "\(name)-external-staking"])
            #expect(stake.exitCode == 0, "\(stake.errors)")
        }
        try chains.relay()
        let account = try folder.succeed("vault", "account", "alice", "--output", "json").json
        #expect(account["bonded"].text == "5000000")
        #expect(account["liens"].elements.count == 2)
        #expect(
            try chains.status("--external-staking", "main-external-staking").output.contains(
                "minted      10,000,000 of"
            )
        )
        #expect(try chains.status("--converter", "second-converter").output.contains("drift       none"))
        let crossed = ["--external-staking", "main-external-staking", "--converter", "second-converter"]
        let wrong = try folder.run(
            ["pairing", "status", "--provider", folder.home.path, "--consumer", chains.consumer] + crossed
        )
        #expect(wrong.exitCode == 3)
        #expect(wrong.errors.contains("are set up for each other"), "\(wrong.errors)")
    }

    @Test("A pairing without a channel is said to have none, and takes no stake")
    func withoutChannel() throws {
        let chains = try PairedChains(opensChannel: false)
        let outcome = try chains.status()
        #expect(outcome.exitCode == 3)
        #expect(outcome.errors.contains("the pairing has no channel yet: let a relayer open one"), "\(outcome.errors)")
        let stake = try chains.folder.meshd(
            "cross-stake",
            try chains.validators[0],
            "5uprov",
            "--from",
            "alice",
            "--allow-unlisted"
        )
        #expect(stake.exitCode == 3)
        #expect(stake.errors.contains("knows no validator"), "\(stake.errors)")
    }
}
