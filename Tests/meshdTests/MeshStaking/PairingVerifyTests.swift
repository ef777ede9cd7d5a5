import Foundation
import Testing

@Suite("meshd pairing verify")
struct PairingVerifyTests {
    private static func verdicts(_ outcome: Outcome) throws -> [String: String] {
        let points = try outcome.json["points"].elements.map { ($0["name"].text, $0["verdict"].text) }
        return Dictionary(points, uniquingKeysWith: { first, _ in first })
    }

    @Test("A pairing that was set up as the source document says holds in every point that chains can answer")
    func sound() throws {
        let chains = try PairedChains()
        let outcome = try chains.verify()
        #expect(outcome.exitCode == 0, "\(outcome.errors)")
        #expect(outcome.output.hasPrefix("provider  main-external-staking on prov-1, height "), "\(outcome.output)")
        #expect(outcome.output.contains("yes    the channel is open, unordered, and the only one ever"))
        #expect(outcome.output.contains("1,000,000,000 ucons; nothing bounds all grants together"))
        let json = try chains.verify("--output", "json")
        #expect(try json.json["holds"].flag == true)
        let verdicts = try Self.verdicts(json)
        #expect(verdicts.count == 19)
        #expect(verdicts.filter { $0.value != "yes" } == ["slashing": "unknown"])
    }

    @Test("Reports of both ends do as well as their homes, wherever they were made")
    func reports() throws {
        let chains = try PairedChains()
        let folder = chains.folder
        let provider = try folder.succeed("pairing", "report", "main-external-staking")
        let consumer = try folder.succeed("pairing", "report", "main-converter", "--home", chains.consumer)
        let files = (
            try folder.write("provider.json", provider.output), try folder.write("consumer.json", consumer.output)
        )
        let ours = ["pairing", "verify", "--output", "json"]
        let homes = try chains.verify("--output", "json").output
        #expect(try folder.run(ours + ["--provider-report", files.0, "--consumer-report", files.1]).output == homes)
        let mixed = ["--provider", folder.home.path, "--consumer-report", files.1]
        #expect(try folder.run(ours + mixed).output == homes)
        let piped = try folder.run(
            ours + ["--provider-report", "-", "--consumer", chains.consumer],
            input: provider.output
        )
        #expect(piped.output == homes)
    }

    @Test("Every change of a report that matters makes a point fail")
    func tampered() throws {
        let chains = try PairedChains()
        let folder = chains.folder
        let consumer = try folder.succeed("pairing", "report", "main-converter", "--home", chains.consumer).output
        let provider = try folder.succeed("pairing", "report", "main-external-staking").output
        let cases: [(isConsumer: Bool, text: String, other: String, point: String)] = [
            (true, #""remote_port_id": "mesh.prov1"#, #""remote_port_id": "mesh.thief1"#, "consumer_endpoint"),
            (
                true, #""remote_connection_id": "connection-0""#, #""remote_connection_id": "connection-1""#,
                "consumer_endpoint"
            ),
            (true, #""is_open": true"#, #""is_open": false"#, "connection"),
            (
                true, #""counterparty_client_id": "07-tendermint-0""#, #""counterparty_client_id": "07-tendermint-9""#,
                "connection"
            ),
            (true, #""chain_id": "prov-1""#, #""chain_id": "prov-2""#, "consumer_client"),
            (true, #""status": "active""#, #""status": "frozen""#, "consumer_client"),
            (true, #""status": "active""#, #""status": "expired""#, "consumer_client"),
            (true, #""trusting_period": "1209600s""#, #""trusting_period": "1814400s""#, "consumer_client"),
            (true, #""state": "open""#, #""state": "closed""#, "channel"),
            (true, #""ordering": "unordered""#, #""ordering": "ordered""#, "channel"),
            (true, #"\"version\":\"1.0.0\""#, #"\"version\":\"1.0.1\""#, "version"),
            (true, #""paired_converter": "main-converter""#, #""paired_converter": "usurper""#, "pair"),
            (true, #""admin": """#, #""admin": "cons1deployer""#, "consumer_admins"),
            (true, #""cap": "1000000000""#, #""cap": null"#, "grant"),
            (true, #""cap": "1000000000""#, #""cap": "0""#, "grant"),
            (true, #""total_cap": null"#, #""total_cap": "999999999""#, "grant"),
            (true, #""denom": "ucons""#, #""denom": "uother""#, "rewards"),
            (true, #""route": "ics20-memo""#, #""route": "held""#, "rewards_route"),
            (true, #""channel_id": "channel-0""#, #""channel_id": "channel-7""#, "rewards_route"),
            (false, #""route": "ics20-memo""#, #""route": "ics20-control""#, "rewards_route"),
            (true, #""collateral_denom": "uprov""#, #""collateral_denom": "uother""#, "collateral"),
            (true, #""unbonding_time": "1814400s""#, #""unbonding_time": "1814401s""#, "unbonding"),
            (true, #""is_price_fresh": true"#, #""is_price_fresh": false"#, "price"),
            (true, #""price": "2"#, #""price": "0"#, "price"),
            (true, #""interface_hash": ""#, #""interface_hash": "00"#, "consumer_code"),
            (false, #""version": "1.0.0","#, #""version": "9.0.0","#, "provider_code"),
            (
                false, "\"unbonding_period\": \"1814400s\",\n    \"slash",
                "\"unbonding_period\": \"1814399s\",\n    \"slash", "unbonding"
            ),
            (false, #""vault_period": "1814400s""#, #""vault_period": "3600s""#, "unbonding"),
            (false, #""double_sign": "0.1"#, #""double_sign": "0.0"#, "slashing"),
            (false, #""admin": """#, #""admin": "prov1deployer""#, "provider_admins"),
        ]
        for (isConsumer, text, other, point) in cases {
            let original = isConsumer ? consumer : provider
            let range = try #require(original.range(of: text), "\(text) is not in \(original)")
            let file = try folder.write("tampered.json", original.replacingCharacters(in: range, with: other))
            let sides =
                isConsumer
                ? ["--provider", folder.home.path, "--consumer-report", file]
                : ["--provider-report", file, "--consumer", chains.consumer]
            let outcome = try folder.run(["pairing", "verify", "--output", "json"] + sides)
            #expect(outcome.exitCode == 1, "\(other): \(outcome.errors)")
            #expect(try Self.verdicts(outcome)[point] == "no", "\(other): \(outcome.output)")
            #expect(outcome.errors.contains(point), "\(outcome.errors)")
        }
    }

    @Test("Before its end, a setup fails in the points that it has not come to")
    func unfinished() throws {
        let chains = try PairedChains(opensChannel: false)
        let early = try chains.verify("--output", "json")
        #expect(early.exitCode == 1)
        let failed = try Self.verdicts(early).filter { $0.value == "no" }.keys.sorted()
        #expect(failed == ["channel", "consumer_admins", "grant", "provider_admins"])
        #expect(early.errors.contains("`meshd pairing plan` says what is left to do"), "\(early.errors)")
        let text = try chains.verify().output
        #expect(text.contains("main-converter is administered by cons1"), "\(text)")
        #expect(text.contains("main-converter has no channel yet: let a relayer open one from the Converter"))
        #expect(text.contains("the consumer's authority grants virtual-staking/mint"))
    }

    @Test("A closed pairing, and a report that is none, are named as such")
    func refused() throws {
        let chains = try PairedChains()
        let folder = chains.folder
        try chains.closeChannel()
        let closed = try chains.verify()
        #expect(closed.exitCode == 1)
        #expect(closed.output.contains("is closed for good: the pairing is over"), "\(closed.output)")
        let consumer = try folder.succeed("pairing", "report", "main-converter", "--home", chains.consumer).output
        let swapped = try folder.run(
            ["pairing", "verify", "--provider-report", "-", "--consumer", chains.consumer],
            input: consumer
        )
        #expect(swapped.exitCode == 3)
        #expect(swapped.errors.contains("perhaps the two are the wrong way round"), "\(swapped.errors)")
        for text in [
            "", "{}", "[]", "null", #"{"format":"mesh-host/pairing-report/9"}"#,
            consumer.replacing(#""side""#, with: #""more": 1, "side""#),
            consumer.replacing(#""label": "main-converter","#, with: ""),
            consumer.replacing(#""side": "consumer""#, with: #""side": "both""#),
            consumer.replacing(#""cap": "1000000000""#, with: #""cap": "-1""#),
            String(consumer.dropLast(20)),
        ] {
            let outcome = try folder.run(
                ["pairing", "verify", "--provider", folder.home.path, "--consumer-report", "-"],
                input: text
            )
            #expect(outcome.exitCode == 3, "\(text): \(outcome.errors)")
            #expect(outcome.errors.contains("-: "), "\(outcome.errors)")
        }
        let none = try folder.meshd("pairing", "report", "vault")
        #expect(none.exitCode == 3)
        #expect(none.errors.contains("is no end of a pairing"), "\(none.errors)")
        #expect(try folder.meshd("pairing", "verify", "--provider", folder.home.path).exitCode == 2)
    }
}
