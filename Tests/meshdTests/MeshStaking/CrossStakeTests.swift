import Foundation
import ModuleKit
import Testing

@Suite("meshd cross-stake")
struct CrossStakeTests {
    /// What the events of a receipt say was bonded; nil where nothing was.
    private static func bonded(_ outcome: Outcome) throws -> String? {
        try outcome.json["events"].elements.first { $0["kind"].text == "bonded" }?["event"]["amount"]["amount"].text
    }

    @Test("Only what is missing of the collateral is bonded, in the same transaction")
    func oneClick() throws {
        let chains = try PairedChains()
        let folder = chains.folder
        let (here, there) = (try chains.operators(of: "prov-1"), try chains.validators)
        func crossStake(_ validator: String, _ amount: String) throws -> String? {
            let arguments = ["cross-stake", validator, amount, "--from", "alice", "--output", "json"]
            let outcome = try folder.run(arguments)
            try #require(outcome.exitCode == 0, "\(outcome.errors)")
            return try Self.bonded(outcome)
        }
        try folder.succeed("vault", "bond", "3000000uprov", "--from", "alice")
        try folder.succeed("vault", "stake", here[0], "3000000uprov", "--from", "alice")
        #expect(
            try crossStake(there[0], "2000000uprov") == nil,
            "the collateral secures this chain, and the other one too"
        )
        #expect(try crossStake(there[1], "3000000uprov") == "2000000")
        let account = try folder.succeed("vault", "account", "alice", "--output", "json").json
        #expect(account["bonded"].text == "5000000")
        #expect(account["free"]["low"].text == "0", "no more was bonded than was missing")
        #expect(account["total_slashable"]["high"].text == "650000")
    }

    @Test("Where all liens together could be slashed by more than the collateral, that much more is bonded")
    func slashableBound() throws {
        let chains = try PairedChains(slashRatio: .one)
        let folder = chains.folder
        try folder.succeed("vault", "bond", "5000001uprov", "--from", "alice")
        try folder.succeed("vault", "stake", try chains.operators(of: "prov-1")[0], "5000001uprov", "--from", "alice")
        let outcome = try folder.succeed(
            "cross-stake",
            try chains.validators[0],
            "5000000uprov",
            "--from",
            "alice",
            "--output",
            "json"
        )
        // A twentieth of the stake here, rounded down, and all of the stake there.
        #expect(try Self.bonded(outcome) == "249999")
        let account = try folder.succeed("vault", "account", "alice", "--output", "json").json
        #expect(account["bonded"].text == account["total_slashable"]["high"].text)
    }

    @Test("Stake is in flight, counts, unbonds, is ready, and is withdrawn")
    func lifeCycle() throws {
        let chains = try PairedChains()
        let folder = chains.folder
        let validator = try chains.validators[0]
        func stake() throws -> JSON {
            try folder.succeed("query", "stakes", "alice", "--output", "json").json["stakes"][0]
        }
        try folder.succeed("cross-stake", validator, "5000000uprov", "--from", "alice")
        #expect(try stake()["staking_in_flight"].text == "5000000")
        #expect(try stake()["staked"].text == "0")
        var text = try folder.succeed("vault", "account", "alice").output
        #expect(text.contains("free          0 to 5,000,000\n"), "\(text)")
        #expect(text.contains("main-external-staking  on another chain  5,000,000  5,000,000       10 %"), "\(text)")
        text = try folder.succeed("query", "stakes", "alice").output
        #expect(text.contains("main-external-staking       –  +5,000,000          –"), "\(text)")

        try chains.relay()
        #expect(try stake()["staked"].text == "5000000")
        #expect(try stake()["staking_in_flight"].text == "0")
        text = try folder.succeed("query", "validators-of").output
        #expect(text.hasPrefix("Validators of cons-1 at main-external-staking, in uprov\n"))
        #expect(text.contains("\(validator)  active  yes          5,000,000          –          –        1"), "\(text)")

        try folder.succeed("cross-unstake", validator, "2000000uprov", "--from", "alice")
        #expect(try stake()["staked"].text == "5000000")
        #expect(try stake()["unstaking_in_flight"].text == "2000000")
        #expect(try folder.succeed("query", "stakes", "alice").output.contains("  -2,000,000  "))
        try chains.relay()
        #expect(try stake()["staked"].text == "3000000")
        #expect(try stake()["unbonding"].text == "2000000")
        #expect(try stake()["next_release"].text.hasPrefix("2026-01-22T"))

        func bounds() throws -> JSON {
            try folder.succeed("vault", "account", "alice", "--output", "json").json["free"]
        }
        try folder.succeed("withdraw", "--from", "alice", "--block-interval", "1h")
        #expect(try bounds()["low"].text == "0", "it is not ready yet")
        try folder.succeed("vault", "bond", "1uprov", "--from", "bob", "--block-interval", "528h")
        #expect(try stake()["ready"].text == "2000000")
        #expect(try stake()["next_release"].isNull)
        try folder.succeed("withdraw", "--from", "alice")
        #expect(try bounds()["low"].text == "2000000")
        try folder.succeed("vault", "unbond", "2000000uprov", "--from", "alice")
    }

    @Test("What can't be cross-staked is refused with its reason, and changes nothing")
    func refused() throws {
        let chains = try PairedChains()
        let folder = chains.folder
        let (ours, theirs) = (try chains.operators(of: "prov-1")[0], try chains.validators[0])
        try folder.succeed("cross-stake", theirs, "5000000uprov", "--from", "alice")
        try chains.relay()
        let cases: [(arguments: [String], exitCode: Int32, hint: String)] = [
            (["cross-stake", ours, "5uprov", "--from", "alice"], 3, "meshd query validators-of main-external-staking"),
            (["cross-stake", "validator", "5uprov", "--from", "alice"], 3, "knows no validator 'validator'"),
            (["cross-stake", theirs, "5ucons", "--from", "alice"], 3, "name an amount of uprov"),
            (["cross-stake", theirs, "five", "--from", "alice"], 3, "five"),
            (["cross-stake", theirs, "0uprov", "--from", "alice"], 1, "zero"),
            (["cross-stake", theirs, "2000000000uprov", "--from", "alice"], 1, "bank"),
            (["cross-stake", theirs, "340282366920938463463374607431768211455uprov", "--from", "bob"], 1, "bank"),
            (
                ["cross-stake", theirs, "5uprov", "--from", "alice", "--external-staking", "vault"], 3,
                "is no External Staking"
            ),
            (
                ["cross-stake", theirs, "5ucons", "--from", "alice", "--home", chains.consumer], 3,
                "has no External Staking"
            ),
            (["cross-unstake", theirs, "5000001uprov", "--from", "alice"], 1, "5000000"),
            (["cross-unstake", theirs, "1uprov", "--from", "bob"], 1, "0 are staked there for certain"),
            (["cross-unstake", ours, "1uprov", "--from", "alice"], 3, "knows no validator"),
            (["withdraw", "--from", "alice", "--home", chains.consumer], 3, "has no External Staking"),
            (["query", "validators-of", "--home", chains.consumer], 3, "has no External Staking"),
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

    @Test("A closed pairing takes no stake, and gives back what there is")
    func closed() throws {
        let chains = try PairedChains()
        let folder = chains.folder
        let validator = try chains.validators[0]
        try folder.succeed("cross-stake", validator, "5000000uprov", "--from", "alice")
        try chains.relay()
        try chains.closeChannel()
        for command in ["cross-stake", "cross-unstake"] {
            let outcome = try folder.meshd(command, validator, "5uprov", "--from", "alice")
            #expect(outcome.exitCode == 1)
            #expect(outcome.errors.contains("the channel is closed for good"), "\(outcome.errors)")
        }
        #expect(
            try folder.succeed("query", "validators-of", "--active", "--output", "json").json["validators"].elements
                .isEmpty
        )
        try folder.succeed("vault", "bond", "1uprov", "--from", "bob", "--block-interval", "528h")
        try folder.succeed("withdraw", "--from", "alice")
        try folder.succeed("vault", "unbond", "5000000uprov", "--from", "alice")
    }

    @Test("Among several instances of External Staking none is guessed")
    func several() throws {
        let chains = try PairedChains()
        let folder = chains.folder
        let settings = """
            {"vault":"vault","rewards_denom":"ucons","unbonding_period":"504h","slash_ratio":\
            {"double_sign":"0.1","offline":"0.1"}}
            """
        try folder.succeed("tx", "deploy", "external-staking", "other-staking", "--settings", settings, "--from", "bob")
        let arguments = ["cross-stake", try chains.validators[0], "5uprov", "--from", "alice"]
        let outcome = try folder.run(arguments + ["--allow-unlisted"])
        #expect(outcome.exitCode == 3)
        #expect(outcome.errors.contains("name one with --external-staking, of: main-external-staking, other-staking"))
        #expect(try folder.run(arguments + ["--external-staking", "main-external-staking"]).exitCode == 0)
        let other = try folder.run(arguments + ["--external-staking", "other-staking", "--allow-unlisted"])
        #expect(other.exitCode == 3)
        #expect(other.errors.contains("other-staking knows no validator"), "\(other.errors)")
        let text = try folder.succeed("query", "validators-of", "other-staking").output
        #expect(text == "other-staking has no channel to another chain yet\n")
    }

    @Test("Its transaction is printed instead of executed, with both requests")
    func generated() throws {
        let chains = try PairedChains()
        let folder = chains.folder
        let arguments = ["cross-stake", try chains.validators[0], "5uprov", "--from", "alice"]
        let unsigned = try folder.run(arguments + ["--generate-only"]).output
        let shown = try folder.succeed("tx", "show", "-", "--output", "json", input: unsigned).json
        #expect(shown["requests"].elements.map { $0["instance"].text } == ["vault", "vault"])
        #expect(shown["signers"].elements.count == 1)
        let signed = try folder.run(arguments + ["--sign-only"]).output
        try folder.succeed("tx", "submit", "-", input: signed)
        let account = try folder.succeed("vault", "account", "alice", "--output", "json").json
        #expect(account["bonded"].text == "5")
    }
}
