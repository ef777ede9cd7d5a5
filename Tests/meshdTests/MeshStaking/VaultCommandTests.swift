import Foundation
import Testing

@Suite("meshd vault")
struct VaultCommandTests {
    @Test("What is bonded is free until somebody has a lien on it, and can be taken out again")
    func collateral() throws {
        let folder = try PairedChains().folder
        try folder.succeed("vault", "bond", "5000000uprov", "--from", "alice")
        try folder.succeed("vault", "unbond", "2000000uprov", "--from", "alice")
        let account = try folder.succeed("vault", "account", "alice", "--output", "json").json
        #expect(account["vault"].text == "vault")
        #expect(account["denom"].text == "uprov")
        #expect(account["bonded"].text == "3000000")
        #expect(account["free"]["low"].text == "3000000")
        #expect(account["free"]["high"].text == "3000000")
        #expect(account["liens"].elements.isEmpty)
        let balances = try folder.succeed("query", "account", "alice", "--output", "json").json["balances"]
        #expect(balances[0]["amount"].text == "997000000")
        let text = try folder.succeed("vault", "account", "alice").output
        #expect(text.contains("bonded        3,000,000 uprov\n"), "\(text)")
        #expect(text.contains("free          3,000,000\n"))
        #expect(text.contains("there are no liens"))
    }

    @Test("Collateral is staked on this chain, moved, taken back, and free once it has come back and is released")
    func localStake() throws {
        let chains = try PairedChains()
        let folder = chains.folder
        let operators = try chains.operators(of: "prov-1")
        try folder.succeed("vault", "bond", "5000000uprov", "--from", "alice")
        try folder.succeed("vault", "stake", operators[0], "3000000uprov", "--from", "alice")
        try folder.succeed("vault", "restake", operators[0], operators[1], "1000000uprov", "--from", "alice")
        try folder.succeed("vault", "unstake", operators[0], "500000uprov", "--from", "alice")
        let stakes = try Self.stakes(folder)
        #expect(stakes[operators[0]]?["staked"].text == "1500000")
        #expect(stakes[operators[0]]?["unbonding"].text == "500000")
        #expect(stakes[operators[0]]?["ready"].text == "0")
        #expect(stakes[operators[1]]?["staked"].text == "1000000")
        #expect(stakes[operators[1]]?["instance"].text == "local-staking")
        // Nothing has come back yet.
        try folder.succeed("vault", "release", "--from", "alice", "--block-interval", "528h")
        #expect(try Self.lien(folder) == "3000000")
        #expect(try Self.stakes(folder)[operators[0]]?["ready"].text == "500000")
        try folder.succeed("vault", "release", "--from", "alice")
        #expect(try Self.lien(folder) == "2500000")
        let text = try folder.succeed("vault", "account", "alice").output
        #expect(text.contains("free          2,500,000\n"), "\(text)")
        #expect(text.contains("local-staking  on this chain  2,500,000          –        5 %"), "\(text)")
        let table = try folder.succeed("query", "stakes", "alice").output
        #expect(table.contains("local-staking  1,500,000          –          –      –"), "\(table)")
    }

    private static func stakes(_ folder: TestFolder) throws -> [String: JSON] {
        let stakes = try folder.succeed("query", "stakes", "alice", "--output", "json").json["stakes"].elements
        return Dictionary(stakes.map { ($0["validator"].text, $0) }, uniquingKeysWith: { first, _ in first })
    }

    private static func lien(_ folder: TestFolder) throws -> String {
        try folder.succeed("vault", "account", "alice", "--output", "json").json["liens"][0]["amount"]["high"].text
    }

    @Test("All accounts of a vault are listed, or as many as are asked for")
    func accounts() throws {
        let folder = try PairedChains().folder
        #expect(try folder.succeed("query", "vault-accounts").output == "vault keeps nobody's collateral\n")
        #expect(try folder.succeed("query", "stakes", "alice").output.contains("has staked nothing from a vault"))
        try folder.succeed("vault", "bond", "5000000uprov", "--from", "alice")
        try folder.succeed("vault", "bond", "7000000uprov", "--from", "bob")
        let all = try folder.succeed("query", "vault-accounts", "--output", "json").json
        #expect(Set(all["accounts"].elements.map { $0["bonded"].text }) == ["5000000", "7000000"])
        #expect(all["accounts"].elements.allSatisfy { $0["lien_count"].number == 0 })
        let one = try folder.succeed("query", "vault-accounts", "--limit", "1", "--output", "json").json
        #expect(one["accounts"].elements.count == 1)
        let text = try folder.succeed("query", "vault-accounts").output
        #expect(text.hasPrefix("Collateral in vault, in uprov\n"))
        #expect(text.contains("7,000,000  7,000,000             0          0      0  prov1"), "\(text)")
    }

    @Test("What can't be done is refused with its reason, and changes nothing")
    func refused() throws {
        let chains = try PairedChains()
        let folder = chains.folder
        let (ours, theirs) = (try chains.operators(of: "prov-1")[0], try chains.validators[0])
        try folder.succeed("vault", "bond", "5000000uprov", "--from", "alice")
        try folder.succeed("vault", "stake", ours, "3000000uprov", "--from", "alice")
        let cases: [(arguments: [String], exitCode: Int32, hint: String)] = [
            (["vault", "bond", "5ucons", "--from", "alice"], 1, "uprov"),
            (["vault", "bond", "0uprov", "--from", "alice"], 1, "zero"),
            (["vault", "bond", "2000000000uprov", "--from", "alice"], 1, "bank"),
            (["vault", "bond", "1.5uprov", "--from", "alice"], 3, ".5uprov"),
            (["vault", "bond", "5uprov", "--from", "nobody"], 3, "nobody"),
            (["vault", "bond", "5uprov", "--from", "alice", "--vault", "local-staking"], 3, "is no vault of prov-1"),
            (["vault", "bond", "5uprov", "--from", "alice", "--vault", "nothing"], 3, "name one of: vault"),
            (["vault", "bond", "5ucons", "--from", "alice", "--home", chains.consumer], 3, "cons-1 has no vault"),
            (["vault", "unbond", "2000001uprov", "--from", "alice"], 1, "2000000"),
            (["vault", "unbond", "1uprov", "--from", "bob"], 1, "free"),
            (["vault", "stake", ours, "2000001uprov", "--from", "alice"], 1, "bond more"),
            (["vault", "stake", theirs, "5uprov", "--from", "alice"], 3, "consvaloper"),
            (["vault", "stake", "alice", "5uprov", "--from", "alice"], 1, "validator"),
            (["vault", "unstake", ours, "3000001uprov", "--from", "alice"], 1, "3000000"),
            (["vault", "unstake", ours, "1uprov", "--from", "bob"], 1, "0 of this account is staked"),
            (["vault", "restake", ours, "bob", "1uprov", "--from", "alice"], 1, "validator"),
            (["vault", "account", "nobody"], 3, "nobody"),
        ]
        let before = try folder.succeed("query", "block", "--output", "json").json["height"].number
        for (arguments, exitCode, hint) in cases {
            let outcome = try folder.run(arguments)
            #expect(outcome.exitCode == exitCode, "\(arguments): \(outcome.errors)")
            #expect(outcome.errors.contains(hint), "\(arguments): \(outcome.errors)")
            #expect(outcome.output.isEmpty)
        }
        #expect(try folder.succeed("query", "block", "--output", "json").json["height"].number == before)
    }

    @Test("A vault and a holder are named by address as well as by label")
    func addresses() throws {
        let folder = try PairedChains().folder
        let vault = try folder.succeed("query", "instance", "vault", "--output", "json").json["address"].text
        try folder.succeed("vault", "bond", "5uprov", "--from", "alice", "--vault", vault)
        let account = try folder.succeed("vault", "account", "alice", "--vault", vault, "--output", "json").json
        #expect(account["vault"].text == "vault")
        #expect(account["bonded"].text == "5")
        let holder = try folder.succeed("query", "instance", "main-external-staking", "--output", "json").json[
            "address"
        ]
        let listed = try folder.succeed("query", "validators-of", holder.text, "--output", "json").json
        #expect(listed["external_staking"].text == "main-external-staking")
    }
}
