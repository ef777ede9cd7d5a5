import Foundation
import MeshSandbox
import ModuleKit
import Testing

@Suite("meshd rewards")
struct RewardsCommandTests {
    private static func earning(_ route: RewardRoute) throws -> PairedChains {
        let inflation = ChainSpecification.Inflation(.percent(10), blocksPerYear: 100_000)
        let chains = try PairedChains(inflation: inflation, rewardsRoute: route)
        try chains.folder.succeed("cross-stake", try chains.validators[0], "50000000uprov", "--from", "alice")
        try chains.earn()
        try chains.earn()
        return chains
    }

    private static func rewards(_ folder: TestFolder, _ arguments: String...) throws -> [JSON] {
        try folder.run(["rewards", "show", "alice", "--output", "json"] + arguments).json["rewards"].elements
    }

    @Test("Delegations, local stake and cross-stake are shown together, and withdrawn by one transaction")
    func everything() throws {
        let chains = try Self.earning(.ics20Memo)
        let folder = chains.folder
        let validator = try chains.operators(of: "prov-1")[0]
        try folder.succeed("tx", "delegate", validator, "100000000uprov", "--from", "alice")
        try folder.succeed("vault", "bond", "100000000uprov", "--from", "alice")
        try folder.succeed("vault", "stake", validator, "100000000uprov", "--from", "alice")
        try chains.earn()
        let rewards = try Self.rewards(folder)
        #expect(rewards.map { $0["source"].text }.sorted() == ["cross", "local", "native"])
        #expect(rewards.allSatisfy { (Int($0["claimable"].text) ?? 0) > 100 }, "\(rewards)")
        let crossed = try #require(rewards.first { $0["source"].text == "cross" })
        #expect(crossed["instance"].text == "main-external-staking")
        #expect(crossed["validator"].text == (try chains.validators[0]))
        #expect(crossed["path"].text == "transfer/channel-0/ucons")
        #expect(crossed["is_held"].flag == false)
        let text = try folder.succeed("rewards", "show", "alice").output
        for word in ["rewards ", "local-staking ", "main-external-staking ", "transfer/channel-0/ucons", " uprov "] {
            #expect(text.contains(word), "\(word): \(text)")
        }

        let receipt = try folder.succeed("rewards", "withdraw", "--from", "alice", "--output", "json").json
        let kinds = receipt["events"].elements.map { $0["kind"].text }
        #expect(kinds.count { $0.contains("rewards_paid") } == 2, "\(kinds)")
        let left = try Self.rewards(folder).filter { $0["source"].text == "cross" }
        #expect(left.allSatisfy { $0["claimable"].text == "0" })
        let account = try folder.succeed("query", "account", "alice", "--output", "json").json
        let voucher = account["balances"].elements.first { $0["denom"].text == crossed["denom"].text }
        #expect(voucher?["amount"].text == crossed["claimable"].text)
    }

    @Test("What the other chain holds waits for a recipient there, and is paid there")
    func held() throws {
        let chains = try Self.earning(.held)
        let folder = chains.folder
        let entry = try #require(try Self.rewards(folder).first { $0["source"].text == "cross" })
        #expect(entry["is_held"].flag == true)
        #expect(entry["denom"].text == "ucons")
        let refused = try folder.meshd("rewards", "withdraw", "--from", "alice")
        #expect(refused.exitCode == 3)
        #expect(refused.errors.contains("name an account there with --remote-to"), "\(refused.errors)")
        let bob = try folder.run(["query", "account", "bob", "--home", chains.consumer, "--output", "json"]).json
        try folder.succeed(
            "rewards",
            "withdraw",
            "--external-staking",
            "main-external-staking",
            "--remote-to",
            bob["address"].text,
            "--from",
            "alice"
        )
        var found = try Self.rewards(folder).first
        #expect(found?["claimable"].text == "0")
        #expect(found?["in_flight"].text == entry["claimable"].text)
        try chains.relay()
        found = try Self.rewards(folder).first
        #expect(found?["in_flight"].text ?? "0" == "0")
        let paid = try folder.run(["query", "account", "bob", "--home", chains.consumer, "--output", "json"]).json
        let before = Int(bob["balances"][0]["amount"].text) ?? 0
        #expect(Int(paid["balances"][0]["amount"].text) == before + (Int(entry["claimable"].text) ?? -1))
    }

    @Test("Without an account, totals are shown: per validator, and per pairing on either chain")
    func totals() throws {
        let chains = try Self.earning(.ics20Memo)
        let folder = chains.folder
        let ours = try folder.succeed("rewards", "show", "--output", "json").json
        #expect(ours["validators"].elements.count == 2)
        #expect(ours["validators"][0]["outstanding"][0]["denom"].text == "uprov")
        #expect(ours["community_pool"][0]["denom"].text == "uprov")
        #expect(ours["pairings"][0]["external_staking"].text == "main-external-staking")
        #expect(ours["pairings"][0]["validator"].isNull)
        let received = ours["pairings"][0]["rewards"][0]["received"].text
        #expect((Int(received) ?? 0) > 100)
        #expect(ours["collections"].elements.isEmpty)
        let theirs = try folder.run(["rewards", "show", "--home", chains.consumer, "--output", "json"]).json
        #expect(theirs["collections"][0]["converter"].text == "main-converter")
        #expect(theirs["collections"][0]["rewards"]["delivered"].text == received)
        #expect(theirs["pairings"].elements.isEmpty)

        let validator = try chains.validators[0]
        let one = try folder.succeed("rewards", "show", "--validator", validator, "--output", "json").json
        #expect(one["validators"].elements.isEmpty)
        #expect(one["pairings"].elements.map { $0["validator"].text } == [validator])
        #expect(one["pairings"][0]["rewards"][0]["received"].text == received)
        let text = try folder.succeed("rewards", "show").output
        #expect(text.contains("not withdrawn"), "\(text)")
        #expect(text.contains("received by"), "\(text)")
        let far = try folder.run(["rewards", "show", "--home", chains.consumer]).output
        #expect(far.contains("collected by"), "\(far)")
    }

    @Test("A chain of init mints as much as it is told to; its validator takes rewards and commission")
    func inflation() throws {
        let folder = try TestFolder()
        try folder.succeed("init", "--inflation", "0.1", "--community-tax", "0.5", "--blocks-per-year", "1000")
        try folder.succeed("keys", "add", "bob")
        for _ in 1...3 { try folder.succeed("tx", "send", "bob", "1umesh", "--from", "validator") }
        let totals = try folder.succeed("rewards", "show", "--output", "json").json
        #expect(totals["validators"][0]["commission_rate"].text == "0.1")
        #expect(totals["validators"][0]["outstanding"].elements.count == 1)
        #expect(totals["community_pool"].elements.count == 1)
        let supply = try folder.succeed("query", "supply", "umesh", "--output", "json").json["supply"][0]["amount"].text
        #expect((Int(supply) ?? 0) > 1_000_000_000_000, "\(supply)")
        let own = try folder.succeed("rewards", "show", "validator", "--output", "json").json["commission"]
        #expect(own[0]["denom"].text == "umesh")
        #expect(
            try folder.succeed("rewards", "show", "validator").output.contains("the commission of its validator is")
        )
        #expect(try !folder.succeed("rewards", "show", "bob").output.contains("commission"))
        let commission = try folder.succeed("rewards", "commission", "--from", "validator", "--output", "json").json
        #expect(commission["events"].elements.contains { $0["kind"].text.contains("commission_withdrawn") })
        try folder.succeed("rewards", "withdraw", "--validator", "validator", "--from", "validator")
        let none = try folder.meshd("rewards", "withdraw", "--from", "bob")
        #expect(none.exitCode == 3)
        #expect(none.errors.contains("nothing is due to mesh1"), "\(none.errors)")
    }

    @Test("Without inflation nothing is minted, and what makes no sense is refused")
    func refused() throws {
        let folder = try TestFolder.withChain()
        let supply = try folder.succeed("query", "supply", "umesh", "--output", "json").json["supply"][0]["amount"].text
        #expect(supply == "1000000000000")
        #expect(try folder.succeed("rewards", "show", "alice").output.contains("nothing is due to mesh1"))
        let home = ["--home", folder.path("other")]
        let cases: [(arguments: [String], exitCode: Int32, hint: String)] = [
            (["init", "--inflation", "1.5"], 3, "an inflation is 1 at most"),
            (["init", "--inflation", "much"], 3, "--inflation: "),
            (["init", "--inflation", "0.1", "--community-tax", "x"], 3, "--community-tax: "),
            (["init", "--prefix", ""], 2, "--prefix is empty"),
            (["init", "nowhere.json"], 3, "nowhere.json can't be read, for there is no such file"),
            (["init", folder.home.path], 3, "for it is a folder"),
            (["init", "--community-tax", "0.1"], 2, "give that too"),
            (["init", "genesis.json", "--inflation", "0.1"], 2, "has its own inflation"),
            (["init", "--inflation", "0.1", "--blocks-per-year", "0"], 3, "one block at least"),
        ]
        for (arguments, exitCode, hint) in cases {
            let outcome = try folder.run(arguments + home)
            #expect(outcome.exitCode == exitCode, "\(arguments): \(outcome.errors)")
            #expect(outcome.errors.contains(hint), "\(outcome.errors)")
        }
        let pairing = try folder.meshd("rewards", "show", "--external-staking", "main")
        #expect(pairing.exitCode == 3)
        #expect(pairing.errors.contains("has no External Staking"), "\(pairing.errors)")
    }
}
