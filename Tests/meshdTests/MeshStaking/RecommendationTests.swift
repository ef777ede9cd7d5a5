import Foundation
import Testing

@Suite("meshd cross-stake and the recommended list")
struct RecommendationTests {
    @Test("What the chain recommends is offered; what it no longer does needs --allow-unlisted")
    func unlisted() throws {
        let chains = try PairedChains()
        let folder = chains.folder
        let stake = ["cross-stake", try chains.validators[0], "5uprov", "--from", "alice"]
        #expect(try folder.run(stake).exitCode == 0)
        try folder.succeed(
            "tx",
            "message",
            "recommended",
            #"{"withdraw":{"instance":"main-external-staking"}}"#,
            "--from",
            "authority"
        )
        let empty = try folder.run(stake)
        #expect(empty.exitCode == 3)
        #expect(empty.errors.contains("the recommended list of prov-1 is empty"), "\(empty.errors)")
        #expect(empty.errors.contains("`meshd pairing verify`, and give --allow-unlisted"))
        let named = try folder.run(stake + ["--external-staking", "main-external-staking"])
        #expect(named.exitCode == 3)
        #expect(named.errors.contains("main-external-staking is not on the recommended list"), "\(named.errors)")
        #expect(try folder.run(stake + ["--allow-unlisted"]).exitCode == 0)
        // What is staked can always be taken back.
        try chains.relay()
        let back = ["cross-unstake", try chains.validators[0], "5uprov", "--from", "alice"]
        #expect(try folder.run(back).exitCode == 0)
    }

    @Test("Of several pairings, the recommended one is meant")
    func several() throws {
        let chains = try PairedChains()
        let folder = chains.folder
        try chains.addPairing("second")
        let stake = ["cross-stake", try chains.validators[0], "5uprov", "--from", "alice"]
        let both = try folder.run(stake)
        #expect(both.exitCode == 3)
        #expect(both.errors.contains("of: main-external-staking, second-external-staking"), "\(both.errors)")
        try folder.succeed(
            "tx",
            "message",
            "recommended",
            #"{"withdraw":{"instance":"main-external-staking"}}"#,
            "--from",
            "authority"
        )
        #expect(try folder.run(stake).exitCode == 0)
        let stakes = try folder.succeed("query", "stakes", "alice", "--output", "json").json["stakes"].elements
        #expect(stakes.map { $0["instance"].text } == ["second-external-staking"])
    }

    @Test("A list that somebody else keeps recommends nothing, whatever its name")
    func strangers() throws {
        let chains = try PairedChains()
        let folder = chains.folder
        let stake = ["cross-stake", try chains.validators[0], "5uprov", "--from", "alice"]
        try folder.succeed("tx", "set-admin", "recommended", "bob", "--from", "authority")
        try folder.succeed("tx", "deploy", "recommended-list", "liked", "--admin", "bob", "--from", "bob")
        try folder.succeed(
            "tx",
            "message",
            "liked",
            #"{"recommend":{"instance":"main-external-staking"}}"#,
            "--from",
            "bob"
        )
        let outcome = try folder.run(stake)
        #expect(outcome.exitCode == 3)
        #expect(outcome.errors.contains("has no recommended list that its authority administers"), "\(outcome.errors)")
        #expect(try folder.run(stake + ["--allow-unlisted"]).exitCode == 0)
    }
}
