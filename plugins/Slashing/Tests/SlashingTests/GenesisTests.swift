import ModuleKit
import ModuleTesting
import SlashingEvents
import StakingEvents
import Testing

@testable import Slashing

/// What comes from a Cosmos chain, and what goes to another.
@Suite("Genesis")
struct GenesisTests {
    @Test("What was exported is exported again, and goes on as it would have")
    func roundTrip() throws {
        let scene = try SlashingScene.lively()
        let exported = try scene.exportAll()
        #expect(try exported["slashing"]["signing_infos"].array().count == 5)
        #expect(try exported["slashing"]["params"]["slash_fraction_double_sign"].string() == "0.070000000000000000")
        #expect(try exported["evidence"]["evidence"].array().count == 1)
        #expect(try exported["evidence"]["params"]["max_age_num_blocks"].string() == "77")
        let copy = try SlashingScene(sections: exported)
        #expect(try copy.exportAll()["slashing"].required() == exported["slashing"].required())
        #expect(try copy.exportAll()["evidence"].required() == exported["evidence"].required())
        #expect(try copy.info(4).missed == scene.info(4).missed)
        // The next vote has the same number, and the next miss makes the same count.
        _ = try (scene.nextBlock(absent: [4]), copy.nextBlock(absent: [4]))
        #expect(try copy.info(4).missed == scene.info(4).missed)
        try copy.unjail(1).thenFailed(.validatorTombstoned)
    }

    @Test("Documents of SDK 0.40 and 0.34 say the same, and staking takes over who is kept out")
    func layouts() throws {
        let base = try SlashingScene.lively().exportAll()
        let jailed = try SlashingScene.consensusAddress(3)
        let address = SlashingScene.prefixes.format(jailed, as: .consensus)
        let modern = try JSONValue(
            parsing: """
                {"params": {"signed_blocks_window": "100", "min_signed_per_window": "0.050000000000000000",
                  "downtime_jail_duration": "600s", "slash_fraction_double_sign": "0.05",
                  "slash_fraction_downtime": "0.0001"},
                 "signing_infos": [{"address": "\(address)", "validator_signing_info": {"address": "\(address)",
                  "start_height": "7", "index_offset": "229", "jailed_until": "2030-01-01T00:00:00Z", "tombstoned": false,
                  "missed_blocks_counter": "3"}}],
                 "missed_blocks": [{"address": "\(address)", "missed_blocks": [{"index": "28", "missed": true},
                  {"index": "29", "missed": true}, {"index": "30", "missed": false}, {"index": "99", "missed": true}]}]}
                """
        )
        let old = try JSONValue(
            parsing: """
                {"params": {"max_evidence_age": "1814400000000000", "signed_blocks_window": "100",
                  "min_signed_per_window": "0.050000000000000000", "downtime_jail_duration": "600000000000",
                  "slash_fraction_double_sign": "0.050000000000000000", "slash_fraction_downtime": "0.000100000000000000"},
                 "signing_infos": {"\(address)": {"start_height": "7", "index_offset": "229",
                  "jailed_until": "2030-01-01T00:00:00Z", "tombstoned": false, "missed_blocks_counter": "3"}},
                 "missed_blocks": {"\(address)": [{"index": "28", "missed": true}, {"index": "29", "missed": true},
                  {"index": "99", "missed": true}]}}
                """
        )
        for (document, isOld) in [(modern, false), (old, true)] {
            guard case .object(var all) = base else { return }
            all["slashing"] = document
            all["evidence"] = nil
            let limits: JSONValue =
                isOld
                ? ["max_age": "1000000"] : ["max_age_num_blocks": "1000000", "max_age_duration": "1814400000000000"]
            let scene = try SlashingScene(sections: .object(all), consensus: ["evidence": limits])
            let info = try scene.info(3)
            #expect(info.startHeight == 7)
            #expect(info.nextVote == 229)
            #expect(info.missed == 3)
            #expect(info.missedMax == 95)
            let rules = try scene.harness.query(.with { $0.parameters = .init() }).parameters
            #expect(rules.evidenceAgeMaxBlocks == 1_000_000)
            #expect(rules.evidenceAgeMaxNanoseconds == 1_814_400_000_000_000)
            let until = try Timestamp("2030-01-01T00:00:00Z").nanoseconds
            #expect(info.jailedUntilNanoseconds == until)
            #expect(try scene.validator(3).stake.jailedUntilNanoseconds == until)
            // Votes 129, 199 and 228: the first two fall out of the window.
            let next = try #require(try SlashingState().infos.value(for: jailed, in: scene.harness.state))
            #expect(
                try SlashingState().missed(by: jailed, next, window: 100, before: 300, in: scene.harness.state) == 1
            )
        }
    }

    @Test("A tombstone of a Cosmos chain is one here, in both modules")
    func tombstone() throws {
        guard case .object(var all) = try SlashingScene.lively().exportAll() else { return }
        // Cosmos keeps it in slashing alone.
        guard case .object(var staking) = all["staking"], case .array(let validators) = staking["validators"] else {
            return
        }
        staking["validators"] = .array(
            validators.map { validator in
                guard case .object(var object) = validator else { return validator }
                object["tombstoned"] = nil
                object["jailed_until"] = nil
                return .object(object)
            }
        )
        all["staking"] = .object(staking)
        let scene = try SlashingScene(sections: .object(all))
        #expect(try scene.validator(1).stake.isTombstoned)
        #expect(try scene.validator(3).stake.jailedUntilNanoseconds > 0)
    }

    @Test("What can't be kept is reported, and what contradicts itself refused")
    func contradictions() throws {
        let base = try SlashingScene.lively().exportAll()
        let address = try SlashingScene.prefixes.format(SlashingScene.consensusAddress(0), as: .consensus)
        let other = try SlashingScene.prefixes.format(SlashingScene.consensusAddress(1), as: .consensus)
        let info = """
            {"address": "\(address)", "validator_signing_info": {"start_height": "0", "index_offset": "5",
             "jailed_until": "1970-01-01T00:00:00Z", "tombstoned": false, "missed_blocks_counter": "0"}}
            """
        let missed = { (index: Int) in
            #"{"signing_infos": [\#(info)], "missed_blocks": [{"address": "\#(address)", "missed_blocks": "#
                + #"[{"index": "\#(index)", "missed": true}]}]}"#
        }
        let cases: [(String, String, String)] = [
            ("slashing", missed(5), "no vote of the window"), ("slashing", missed(100), "no vote of the window"),
            ("slashing", #"{"more": 1}"#, "slashing.more"),
            ("slashing", #"{"signing_infos": [\#(info), \#(info)]}"#, "twice"),
            ("slashing", #"{"signing_infos": [{"address": "cosmosvalcons1x"}]}"#, "address"),
            (
                "slashing",
                #"{"signing_infos": [{"address": "\#(address)", "validator_signing_info": {"address": "\#(other)"}}]}"#,
                "under another address"
            ),
            (
                "slashing",
                #"{"signing_infos": [{"address": "\#(address)", "validator_signing_info": "#
                    + #"{"index_offset": "9223372036854775808"}}]}"#, "at most 9223372036854775807"
            ),
            ("slashing", #"{"params": {"signed_blocks_window": "0"}}"#, "$.app_state.slashing.params: "),
            ("evidence", #"{"params": {"max_age_num_blocks": "0"}}"#, "$.app_state.evidence.params: "),
            (
                "slashing", #"{"missed_blocks": [{"address": "\#(address)", "missed_blocks": [{"missed": true}]}]}"#,
                "no signing info"
            ),
            ("slashing", #"{"params": {"signed_blocks_window": "-1"}}"#, "signed_blocks_window"),
            ("evidence", #"{"evidence": [{"@type": "/other"}]}"#, "no kind"),
            (
                "evidence",
                #"""
                {"evidence": [{"@type": "/cosmos.evidence.v1beta1.Equivocation", "height": "1", "power": "1",
                 "time": "2020-01-01T00:00:00Z", "consensus_address": "\#(address)"}]}
                """#, "not tombstoned"
            ),
        ]
        for (section, document, text) in cases {
            guard case .object(var all) = base else { return }
            all["evidence"] = nil
            all[section] = try JSONValue(parsing: document)
            let error = #expect(throws: HarnessError.self, "\(document)") { try SlashingScene(sections: .object(all)) }
            #expect(error?.description.contains(text) == true, "\(document): \(error?.description ?? "")")
        }
    }
}
