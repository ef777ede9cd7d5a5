import Foundation
import Testing

@Suite("meshd gov submit")
struct SubmissionTests {
    @Test("A dry run prints the proposal as files hold it, and sends nothing; the file says the same")
    func dryRun() throws {
        let chain = try GovernedChain()
        let arguments = ["submit", "migrate", "bank", "9.9.9", "--height", "12", "--summary", "New", "--from", "alice"]
        let dry = try chain.gov(
            arguments + GovernedChain.deposit + ["--dry-run", "--may-fail-now", "--output", "json"]
        )
        #expect(dry.exitCode == 0, "\(dry.errors)")
        let proposal = try dry.json["proposal"]
        #expect(proposal["title"].text == "Migrate bank to 9.9.9 at height 12")
        #expect(proposal["summary"].text == "New")
        #expect(proposal["deposit"].text == "10000000umesh")
        #expect(proposal["may_fail_now"].flag == true)
        let message = proposal["messages"][0]["message"]["migrate"]
        #expect(message["instance"].text == "bank")
        #expect(message["version"].text == "9.9.9")
        #expect(message["height"].text == "12")
        #expect(try !dry.json["transaction"]["body"].text.isEmpty)
        #expect(try chain.gov(["list"]).output.contains("no proposals"))

        let text = try chain.gov(arguments + GovernedChain.deposit + ["--dry-run"]).output
        let start = try #require(text.range(of: "reads it:\n"))
        let end = try #require(text.range(of: "\n\nThe transaction"))
        let file = try chain.folder.write("proposal.json", String(text[start.upperBound..<end.lowerBound]))
        let again = try chain.gov(["submit", "--file", file, "--from", "alice", "--dry-run", "--output", "json"])
        #expect(again.exitCode == 0, "\(again.errors)")
        #expect(try again.json["proposal"]["messages"][0]["message"]["migrate"]["height"].text == "12")
        let other = try chain.gov(
            ["submit", "--file", file, "--from", "alice", "--dry-run", "--title", "Other", "--deposit", "5umesh"]
                + ["--output", "json"]
        )
        #expect(try other.json["proposal"]["title"].text == "Other")
        #expect(try other.json["proposal"]["deposit"].text == "5umesh")
    }

    @Test("Several messages are one proposal: all of them are carried out, in their order")
    func messages() throws {
        let chain = try GovernedChain()
        try chain.submit(
            "message",
            "host",
            #"{"set_admin":{"instance":"transfer","admin":"bank"}}"#,
            "--title",
            "Two at once",
            "--message",
            #"governance={"set_weight":{"delegator":"transfer","multiplier":"0.5"}}"#
        )
        #expect(try chain.show(1)["messages"].elements.map { $0["instance"].text } == ["host", "governance"])
        for voter in ["validator", "validator-2"] { try chain.vote("1", "yes", from: voter) }
        try chain.endVoting()
        #expect(try chain.show(1)["status"].text == "passed")
        let instance = try chain.folder.succeed("query", "instance", "transfer", "--output", "json").json
        let bank = try chain.folder.succeed("query", "instance", "bank", "--output", "json").json
        #expect(instance["admin"].text == bank["address"].text)
        let weights = try chain.folder.succeed("query", "ask", "governance", #"{"weights":{}}"#).json["weights"]
        #expect(weights["weights"][0]["multiplier"].text == "0.500000000000000000")
    }

    @Test("A bound on all grants of a privilege is proposed, and taken away again")
    func totalCap() throws {
        let chain = try GovernedChain()
        func message(_ cap: String) throws -> JSON {
            let outcome = try chain.gov(
                ["submit", "set-total-cap", "transfer/mint-vouchers", cap, "--from", "alice", "--dry-run"]
                    + GovernedChain.deposit + ["--output", "json"]
            )
            #expect(outcome.exitCode == 0, "\(outcome.errors)")
            return try outcome.json["proposal"]["messages"][0]["message"]["set_total_cap"]
        }
        #expect(try message("2000000umesh")["cap"].text == "2000000")
        #expect(try message("7")["cap"].text == "7")
        #expect(try message("none")["cap"].text == "")
    }

    @Test("A configuration can stand in a file")
    func configuration() throws {
        let chain = try GovernedChain()
        let file = try chain.folder.write("rules.json", "{ \"params\": { \"threshold\": \"0.6\" } }\n")
        try chain.submit("reconfigure", "governance", "--configuration", file)
        let message = try chain.show(1)["messages"][0]["message"]["reconfigure"]
        #expect(message["configuration"].text == #"{"params":{"threshold":"0.6"}}"#)
    }

    @Test("What can't be proposed is refused with what to do, before anything is signed")
    func refused() throws {
        let chain = try GovernedChain()
        let bad = try chain.folder.write("bad.json", #"{"title":"A","messages":[],"deposti":"5umesh"}"#)
        let untitled = try chain.folder.write("untitled.json", #"{"summary":"A"}"#)
        let cases: [(arguments: [String], hint: String)] = [
            (
                ["message", "nobody", "{}", "--title", "A"],
                "no instance 'nobody': name one of bank, staking, governance"
            ),
            (["message", "bank", "{", "--title", "A"], "the message for bank"),
            (["message", "bank", #"{"sned":{}}"#, "--title", "A"], "the message for bank"),
            (["message", "bank", #"{"send":{}}"#, "--title", "A", "--message", "bank"], "write --message LABEL="),
            (["reconfigure", "nobody", "--configuration", "{}"], "name one of bank, staking"),
            (["reconfigure", "bank", "--configuration", "{"], "--configuration"),
            (["reconfigure", "bank", "--configuration", "nowhere.json"], "nowhere.json can't be read"),
            (["migrate", "bank", "new"], "new"),
            (["authorise", "governance", "--cap", "5"], "which needs no privilege"),
            (["authorise", "bank", "--cap", "5"], "--privilege, of: bank/burn, bank/mint"),
            (["authorise", "bank", "--privilege", "bank/steal"], "needs no 'bank/steal': name one of bank/burn"),
            (["revoke", "nobody"], "name one of bank, staking"),
            (["set-total-cap", "bank/steal", "5"], "name one of bank/burn"),
            (["set-total-cap", "bank/mint", "5uother"], "give it in umesh"),
            (["set-total-cap", "bank/mint", "1.5"], "1.5"),
            (["recommend", "main-external-staking"], "has no External Staking"),
            (["withdraw-recommendation", "main-external-staking"], "has no External Staking"),
            (["close-pairing", "bank"], "is an instance of bank, and no end of a pairing: mesh-devnet-1 has none"),
            (["--file", bad], "deposti"),
            (["--file", untitled], "title"),
            (["--file", chain.folder.path("nowhere.json")], "can't be read"),
        ]
        for (arguments, hint) in cases {
            let outcome = try chain.gov(["submit"] + arguments + GovernedChain.deposit + ["--from", "alice"])
            #expect(outcome.exitCode == 3, "\(arguments): \(outcome.errors)")
            #expect(outcome.errors.contains(hint), "\(arguments): \(outcome.errors)")
            #expect(outcome.output.isEmpty)
        }
        let poor = try chain.gov(["submit", "text", "A", "--from", "alice"])
        #expect(poor.exitCode == 3)
        #expect(poor.errors.contains("name it with --deposit; with 10000000umesh, voting begins at once"))
        let coin = try chain.gov(["submit", "text", "A", "--from", "alice", "--deposit", "many"])
        #expect(coin.exitCode == 3)
        #expect(coin.errors.contains("many"), "\(coin.errors)")
        // Governance refuses what would fail, and says where.
        let failing = try chain.gov(["submit", "migrate", "bank", "9.9.9", "--from", "alice"] + GovernedChain.deposit)
        #expect(failing.exitCode == 1)
        #expect(failing.errors.contains("the proposal would fail as things are now"), "\(failing.errors)")
        #expect(try chain.gov(["list"]).output.contains("no proposals"))
    }
}
