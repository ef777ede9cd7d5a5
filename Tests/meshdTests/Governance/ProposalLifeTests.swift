import Foundation
import Testing

@Suite("meshd gov: the life of a proposal")
struct ProposalLifeTests {
    @Test("A proposal is submitted, gets its deposit, is voted on, passes, and is carried out")
    func passes() throws {
        let chain = try GovernedChain()
        let change = #"{"params":{"quorum":"0.5"}}"#
        let few = [
            "reconfigure", "governance", "--configuration", change, "--from", "alice", "--deposit", "1000000umesh",
        ]
        let submitted = try chain.gov(["submit"] + few + ["--summary", "More should vote."])
        #expect(submitted.errors.contains("message   host {\"reconfigure\":{\"instance\":\"governance\""))
        #expect(submitted.errors.contains("It is proposal 1: see `meshd gov show 1`"))
        var proposal = try chain.show(1)
        #expect(proposal["status"].text == "deposit")
        #expect(proposal["deposit"]["amount"].text == "1000000")
        #expect(proposal["tally"].isNull)
        #expect(proposal["seconds_left"].number == 172_800)
        #expect(
            try chain.folder.succeed("gov", "show", "1").output.contains("deposit     1,000,000 of 10,000,000 umesh\n")
        )

        try chain.folder.succeed("gov", "deposit", "1", "9000000umesh", "--from", "alice")
        try chain.vote("1", "yes", from: "validator")
        try chain.vote("1", "yes=0.25", "no=0.75", from: "validator-2")
        proposal = try chain.show(1)
        #expect(proposal["status"].text == "voting")
        #expect(proposal["seconds_left"].number == 50)
        #expect(proposal["summary"].text == "More should vote.")
        #expect(proposal["messages"][0]["instance"].text == "host")
        #expect(proposal["messages"][0]["message"]["reconfigure"]["configuration"].text == change)
        #expect(proposal["deposits"].elements.map { $0["amount"].text } == ["10000000"])
        #expect(proposal["votes"].elements.count == 2)
        #expect(proposal["has_more_votes"].flag == false)
        let one = try chain.folder.succeed("gov", "show", "1", "--votes", "1", "--output", "json").json
        #expect(one["votes"].elements.count == 1)
        #expect(one["has_more_votes"].flag == true)

        try chain.endVoting()
        proposal = try chain.show(1)
        #expect(proposal["status"].text == "passed")
        #expect(proposal["failure"].isNull)
        #expect(proposal["votes"].elements.isEmpty, "votes are forgotten when the proposal is over")
        #expect(proposal["tally"]["is_final"].flag == true)
        #expect(proposal["tally"]["options"][0]["amount"].text == "125000000000")
        let rules = try chain.folder.succeed("query", "ask", "governance", #"{"parameters":{}}"#).json
        #expect(rules["parameters"]["quorum"].text == "0.500000000000000000")
        #expect(try chain.folder.balance(of: "alice") == 100_000_000, "the deposit is given back")
    }

    @Test("What fails when it is carried out changes nothing, and the reason is shown")
    func fails() throws {
        let chain = try GovernedChain()
        try chain.submit("message", "host", #"{"clear_admin":{"instance":"bank"}}"#, "--title", "Nobody")
        try chain.submit("message", "host", #"{"clear_admin":{"instance":"bank"}}"#, "--title", "Nobody again")
        for number in ["1", "2"] {
            for voter in ["validator", "validator-2"] { try chain.vote(number, "yes", from: voter) }
        }
        try chain.endVoting()
        #expect(try chain.show(1)["status"].text == "passed")
        let failed = try chain.show(2)
        #expect(failed["status"].text == "failed")
        #expect(!failed["failure"]["reason"].text.isEmpty)
        #expect(failed["tally"]["outcome"].text == "accepted")
        let text = try chain.folder.succeed("gov", "show", "2").output
        #expect(text.contains("failed        \(failed["failure"]["reason"].text)"), "\(text)")
    }

    @Test("The proposer takes his own proposal back; nobody else can, and then it is forgotten")
    func cancelled() throws {
        let chain = try GovernedChain()
        try chain.submit("text", "Nothing")
        let other = try chain.gov(["cancel", "1", "--from", "validator"])
        #expect(other.exitCode == 1)
        #expect(other.errors.contains("vote against it"), "\(other.errors)")
        try chain.folder.succeed("gov", "cancel", "1", "--from", "alice")
        try chain.endVoting()
        #expect(try chain.gov(["show", "1"]).exitCode == 3)
        #expect(try chain.folder.balance(of: "alice") == 95_000_000, "half of the deposit is burned")
    }

    @Test("Proposals are listed by number and by status, with what they wait for")
    func listed() throws {
        let chain = try GovernedChain()
        #expect(try chain.gov(["list"]).output == "mesh-devnet-1 has no proposals\n")
        try chain.submit("text", "First")
        let few = ["submit", "text", "Second", "--from", "alice", "--deposit", "5000000umesh"]
        #expect(try chain.gov(few).exitCode == 0)
        let text = try chain.folder.succeed("gov", "list").output
        #expect(
            text.contains("1  voting          –  10,000,000  First   2026-01-01T00:01:10Z, 55 seconds left\n"),
            "\(text)"
        )
        #expect(
            text.contains("2  deposit         –   5,000,000  Second  2026-01-03T00:00:15Z, 2 days left\n"),
            "\(text)"
        )
        func titles(_ arguments: String...) throws -> [String] {
            let outcome = try chain.gov(["list", "--output", "json"] + arguments)
            return try outcome.json["proposals"].elements.map { $0["title"].text }
        }
        #expect(try titles() == ["First", "Second"])
        #expect(try titles("--limit", "1") == ["Second"])
        #expect(try titles("--status", "voting") == ["First"])
        #expect(try titles("--status", "passed") == [])
        #expect(try chain.gov(["list", "--status", "failed"]).output.contains("no proposals of status failed"))
        let wrong = try chain.gov(["list", "--status", "lost"])
        #expect(wrong.exitCode == 2)
        #expect(wrong.errors.contains("'lost' is invalid for '--status <status>'"), "\(wrong.errors)")
        #expect(wrong.errors.contains("- waiting\n"), "\(wrong.errors)")
    }

    @Test("A chain without governance, an unknown proposal and what is no number are refused with what to do")
    func refused() throws {
        let folder = try TestFolder()
        let instances = #"{"instances":[{"module":"bank","label":"bank"},{"module":"staking","label":"staking"}]}"#
        let document = """
            {"chain_id":"bare-1","genesis_time":"2026-01-01T00:00:00Z","initial_height":"1","app_state":{"host":\(instances)}}
            """
        try folder.succeed("init", try folder.write("bare.json", document), "--prefix", "bare")
        try folder.succeed("keys", "add", "alice", "--recover", TestFolder.aliceSeed)
        for arguments in [["list"], ["show", "1"], ["vote", "1", "yes", "--from", "alice"]] {
            let outcome = try folder.run(["gov"] + arguments)
            #expect(outcome.exitCode == 3, "\(arguments)")
            #expect(outcome.errors.contains("bare-1 has no governance"), "\(outcome.errors)")
        }
        let chain = try GovernedChain()
        let commands = [
            ["show", "7"], ["tally", "7"], ["cancel", "7", "--from", "alice"],
            ["deposit", "7", "5umesh", "--from", "alice"], ["vote", "7", "yes", "--from", "alice"],
        ]
        for command in commands {
            let outcome = try chain.gov(command)
            #expect(outcome.exitCode == 3, "\(command)")
            #expect(outcome.errors.contains("has no proposal 7: `meshd gov list` shows"), "\(outcome.errors)")
            for word in ["seven", "0", "1.5", "99999999999999999999"] {
                let outcome = try chain.gov([command[0], word] + command.dropFirst(2))
                #expect(outcome.exitCode == 3, "\(command[0]) \(word)")
                #expect(outcome.errors.contains("'\(word)' is no number of a proposal"), "\(outcome.errors)")
            }
        }
        let word = try chain.gov(["show", "seven", "--output", "json"])
        #expect(word.exitCode == 3)
        let error = try JSON(word.errors)["error"]
        #expect(error["code"].text == "bad_input")
        #expect(
            error["message"].text
                == "'seven' is no number of a proposal: `meshd gov list` shows all, with their numbers"
        )
    }
}
