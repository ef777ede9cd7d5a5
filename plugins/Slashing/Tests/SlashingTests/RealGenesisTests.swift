import ModuleKit
import ModuleTesting
import SlashingEvents
import Testing

@testable import Slashing

/// Sections as chains have had them in their genesis files.
@Suite("Real genesis files")
struct RealGenesisTests {
    @Test("The launch file of crypto-org-chain-mainnet-1, in the layout of SDK 0.40")
    func cryptoOrg() throws {
        let prefixes = try AddressPrefixes(account: "cro", validatorOperator: "crocncl", consensus: "crocnclcons")
        let slashing = try JSONValue(
            parsing: """
                {"missed_blocks": [], "params": {"downtime_jail_duration": "86400s",
                  "min_signed_per_window": "0.500000000000000000", "signed_blocks_window": "5000",
                  "slash_fraction_double_sign": "0.050000000000000000", "slash_fraction_downtime": "0.000000000000000000"},
                 "signing_infos": []}
                """
        )
        let consensus = try JSONValue(
            parsing: """
                {"block": {"max_bytes": "500000", "max_gas": "81500000", "time_iota_ms": "1000"},
                 "evidence": {"max_age_duration": "2419200000000000", "max_age_num_blocks": "403200",
                  "max_bytes": "150000"},
                 "validator": {"pub_key_types": ["ed25519"]}, "version": {}}
                """
        )
        let scene = try SlashingScene(
            sections: ["slashing": slashing, "evidence": ["evidence": []]],
            consensus: consensus,
            prefixes: prefixes
        )
        let rules = try scene.harness.query(.with { $0.parameters = .init() }).parameters
        #expect(rules.signedBlocksWindow == 5_000)
        #expect(try Decimal18(rules.minSignedPerWindow) == Decimal18("0.5"))
        #expect(rules.downtimeJailDurationNanoseconds == 86_400_000_000_000)
        #expect(try Decimal18(rules.slashFractionDoubleSign) == Decimal18("0.05"))
        #expect(try Decimal18(rules.slashFractionDowntime) == .zero)
        #expect(rules.evidenceAgeMaxNanoseconds == 2_419_200_000_000_000 && rules.evidenceAgeMaxBlocks == 403_200)
        #expect(scene.harness.genesisReport.findings.isEmpty)
    }

    @Test("The export of which cosmoshub-2 began, in the layout of SDK 0.34: who was jailed has a past")
    func cosmosHub() throws {
        let slashing = try JSONValue(
            parsing: """
                {"missed_blocks": {}, "params": {"downtime_jail_duration": "600000000000",
                  "max_evidence_age": "1814400000000000", "min_signed_per_window": "0.050000000000000000",
                  "signed_blocks_window": "10000", "slash_fraction_double_sign": "0.050000000000000000",
                  "slash_fraction_downtime": "0.000100000000000000"},
                 "signing_infos": {
                  "cosmosvalcons10hp84y4am0mfjmtp6f4spce7wf225qfr3hw2un": {"index_offset": "229124",
                   "jailed_until": "1970-01-01T00:00:00Z", "missed_blocks_counter": "43", "start_height": "0",
                   "tombstoned": false},
                  "cosmosvalcons12llty3s65alvwqpkccmgjzu0gl95ljcdxq7pke": {"index_offset": "2891",
                   "jailed_until": "2019-03-31T08:30:01.487112715Z", "missed_blocks_counter": "2331",
                   "start_height": "0", "tombstoned": false}}}
                """
        )
        let scene = try SlashingScene(
            sections: ["slashing": slashing],
            consensus: ["evidence": ["max_age": "1000000"]]
        )
        let infos = try scene.harness.query(.with { $0.signingInfos = .init() }).signingInfos.infos
        #expect(
            infos.map(\.consensusAddress) == [
                "cosmosvalcons12llty3s65alvwqpkccmgjzu0gl95ljcdxq7pke",
                "cosmosvalcons10hp84y4am0mfjmtp6f4spce7wf225qfr3hw2un",
            ]
        )
        #expect(infos.map(\.nextVote) == [2_891, 229_124])
        let until = try Timestamp("2019-03-31T08:30:01.487112715Z").nanoseconds
        #expect(infos.map(\.jailedUntilNanoseconds) == [until, 0])
        #expect(infos.map(\.missed) == [0, 0] && infos.allSatisfy { $0.missedMax == 9_500 && !$0.isTombstoned })
        let rules = try scene.harness.query(.with { $0.parameters = .init() }).parameters
        #expect(rules.downtimeJailDurationNanoseconds == 600_000_000_000)
        #expect(rules.evidenceAgeMaxNanoseconds == 1_814_400_000_000_000 && rules.evidenceAgeMaxBlocks == 1_000_000)
        // The file counts votes that it does not list.
        let finding = try #require(scene.harness.genesisReport.findings.first)
        #expect(finding.path == "app_state.slashing.signing_infos[].missed_blocks_counter" && finding.count == 2)
        #expect(finding.example == "cosmosvalcons10hp84y4am0mfjmtp6f4spce7wf225qfr3hw2un: 43, listed 0")
    }
}
