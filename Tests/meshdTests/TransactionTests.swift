import Foundation
import Testing

@Suite("meshd tx")
struct TransactionTests {
    @Test("A send moves coins, and its receipt and the log tell of it")
    func send() throws {
        let folder = try TestFolder.withChain()
        let receipt = try folder.succeed("tx", "send", "bob", "7umesh", "--from", "alice", "--output", "json").json
        #expect(receipt["succeeded"].flag == true)
        #expect(receipt["events"].elements.map { $0["kind"].text } == ["transferred", "transaction_executed"])
        #expect(try folder.balance(of: "bob") == 7)
        #expect(try folder.balance(of: "alice") == 999_993)
        let found = try folder.succeed("query", "tx", receipt["hash"].text, "--output", "json").json
        #expect(found["height"].number == receipt["height"].number)
        #expect(found["transaction"]["requests"][0]["message"]["send"]["amount"][0]["amount"].text == "7")
        #expect(found["events"].elements.count == 2)
    }

    @Test("Stake goes the whole way: delegate, undelegate, cancel, create, redelegate, edit")
    func staking() throws {
        let folder = try TestFolder.withChain()
        try folder.succeed("keys", "add", "node", "--recover", String(repeating: "0d", count: 32))
        try folder.succeed("tx", "delegate", "validator", "5000umesh", "--from", "alice")
        let undelegated = try folder.succeed(
            "tx",
            "undelegate",
            "validator",
            "2000umesh",
            "--from",
            "alice",
            "--output",
            "json"
        )
        let height = try #require(try undelegated.json["height"].number)
        try folder.succeed(
            "tx",
            "cancel-unbonding",
            "validator",
            "500umesh",
            "--creation-height",
            "\(height)",
            "--from",
            "alice"
        )
        try folder.succeed(
            "tx",
            "create-validator",
            "100000umesh",
            "--moniker",
            "second",
            "--consensus-key",
            "node",
            "--from",
            "alice"
        )
        try folder.succeed("tx", "redelegate", "validator", "alice", "1000umesh", "--from", "alice")
        try folder.succeed("tx", "edit-validator", "--details", "by alice", "--from", "alice")
        let validator = try folder.succeed("query", "validator", "alice", "--output", "json").json
        #expect(validator["moniker"].text == "second")
        #expect(validator["tokens"].text == "101000")
        let account = try folder.succeed("query", "account", "alice", "--output", "json").json
        #expect(account["delegations"].elements.count == 2)
    }

    @Test("An instance can be deployed, handed over, and left to itself for good")
    func instances() throws {
        let folder = try TestFolder.withChain()
        try folder.succeed("tx", "deploy", "bank", "second-bank", "--admin", "alice", "--from", "alice")
        try folder.succeed("tx", "reconfigure", "second-bank", "{}", "--from", "alice")
        let before = try folder.succeed("query", "instance", "second-bank", "--output", "json").json
        try folder.succeed("tx", "set-admin", "second-bank", "bob", "--from", "alice")
        let refused = try folder.meshd("tx", "set-admin", "second-bank", "alice", "--from", "alice")
        #expect(refused.exitCode == 1)
        #expect(refused.errors.contains("admin"))
        try folder.succeed("tx", "clear-admin", "second-bank", "--from", "bob")
        let after = try folder.succeed("query", "instance", "second-bank", "--output", "json").json
        #expect(after["admin"].isNull)
        #expect(before["fingerprint"].text.count == 64)
        #expect(before["fingerprint"].text != after["fingerprint"].text)
    }

    @Test("A transaction that would fail is refused with its reason, and not recorded")
    func refusals() throws {
        let folder = try TestFolder.withChain()
        let height = try folder.succeed("query", "block", "--output", "json").json["height"].number
        let attempts: [([String], String)] = [
            (["tx", "send", "bob", "1umesh", "--from", "alice", "--sequence", "9"], "sequence 0"),
            (["tx", "send", "bob", "1umesh", "--from", "alice", "--chain-id", "other-1"], "chain id"),
            (["tx", "send", "bob", "99999999umesh", "--from", "alice"], "bank/"),
            (["tx", "send", "bob", "1umesh", "--from", "alice", "--timeout-height", "1"], "height 1"),
            (["tx", "delegate", "bob", "1umesh", "--from", "alice"], "staking/"),
            (["tx", "migrate", "bank", "9.9.9", "--from", "alice"], "host/"),
        ]
        for (arguments, reason) in attempts {
            let file = try folder.write("line.json", try Self.signed(arguments, folder))
            let outcome = try folder.meshd("tx", "submit", file)
            #expect(outcome.exitCode == 1, "\(arguments)")
            #expect(outcome.errors.contains(reason), "\(outcome.errors)")
        }
        #expect(try folder.succeed("query", "block", "--output", "json").json["height"].number == height)
    }

    private static func signed(_ arguments: [String], _ folder: TestFolder) throws -> String {
        let outcome = try folder.run(arguments + ["--sign-only"])
        try #require(outcome.exitCode == 0, "\(outcome.errors)")
        return outcome.output
    }

    @Test("The same transaction is executed once")
    func replayed() throws {
        let folder = try TestFolder.withChain()
        let line = try folder.lines(0..<1)[0]
        try folder.succeed("tx", "submit", "-", input: line)
        let again = try folder.meshd("tx", "submit", "-", input: line)
        #expect(again.exitCode == 1)
        #expect(again.errors.contains("is at sequence 1"))
        #expect(try folder.balance(of: "bob") == 1)
    }

    @Test(
        "What can't be a request is refused before it is signed",
        arguments: [
            ["tx", "send", "bob", "1.5umesh", "--from", "alice"],
            ["tx", "send", "--from", "alice", "--", "bob", "-1umesh"],
            ["tx", "send", "nobody", "1umesh", "--from", "alice"],
            ["tx", "send", "cosmos1qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqnrql8a", "1umesh", "--from", "alice"],
            ["tx", "send", "bob", "340282366920938463463374607431768211456umesh", "--from", "alice"],
            ["tx", "send", "bob", "1umesh", "--from", "nobody"],
            ["tx", "message", "nowhere", "{}", "--from", "alice"],
            ["tx", "message", "bank", "{\"teleport\":{}}", "--from", "alice"],
            ["tx", "message", "bank", "{", "--from", "alice"],
        ]
    )
    func badRequests(_ arguments: [String]) throws {
        let folder = try TestFolder.withChain()
        let outcome = try folder.run(arguments)
        #expect(outcome.exitCode == 3, "\(outcome.errors)")
        #expect(outcome.errors.hasPrefix("error: "))
    }

    @Test("Two senders sign one transaction in turn; with one signature it is refused")
    func twoSenders() throws {
        let folder = try TestFolder.withChain()
        try folder.succeed("tx", "send", "bob", "100umesh", "--from", "alice")
        let bob = try folder.succeed("keys", "show", "bob", "--output", "json").json["address"].text
        let requests = """
            [{"sender": "alice", "instance": "bank",
              "message": {"send": {"to_address": "\(bob)", "amount": [{"denom": "umesh", "amount": "5"}]}}},
             {"sender": "bob", "instance": "staking", "message": {"delegate": {"validator": "\
            \(try folder.succeed("query", "validators", "--output", "json").json["validators"][0]["operator"].text)",
              "amount": {"denom": "umesh", "amount": "50"}}}}]
            """
        let unsigned = try folder.succeed("tx", "build", "-", input: requests).output
        let half = try folder.succeed("tx", "sign", "-", "--key", "bob", input: unsigned).output
        #expect(try folder.meshd("tx", "submit", "-", input: half).exitCode == 1)
        let whole = try folder.succeed("tx", "sign", "-", "--key", "alice", input: half).output
        #expect(try folder.meshd("tx", "sign", "-", "--key", "carol", input: whole).exitCode == 3)
        let shown = try folder.succeed("tx", "show", "-", "--output", "json", input: whole).json
        #expect(shown["signers"].elements.map { $0["signatures"].text } == ["signed", "signed"])
        try folder.succeed("tx", "submit", "-", input: whole)
        #expect(try folder.balance(of: "bob") == 55)
    }

    @Test("Two of three keys sign for a multisig account, each on its own; one is not enough")
    func multisig() throws {
        let folder = try TestFolder.withChain()
        try folder.succeed("keys", "multisig", "board", "--threshold", "2", "alice", "bob", "carol")
        try folder.succeed("tx", "send", "board", "100umesh", "--from", "alice")
        let unsigned = try folder.succeed("tx", "send", "alice", "60umesh", "--from", "board", "--generate-only").output
        let one = try folder.succeed("tx", "multisign", "-", "--account", "board", "--key", "carol", input: unsigned)
        #expect(one.errors.contains("1 of 2"))
        #expect(try folder.meshd("tx", "submit", "-", input: one.output).exitCode == 1)
        let two = try folder.succeed("tx", "multisign", "-", "--account", "board", "--key", "alice", input: one.output)
        try folder.succeed("tx", "submit", "-", input: two.output)
        #expect(try folder.balance(of: "board") == 40)
        let stranger = try folder.meshd(
            "tx",
            "multisign",
            "-",
            "--account",
            "board",
            "--key",
            "validator",
            input: unsigned
        )
        #expect(stranger.exitCode == 3)
    }
}
