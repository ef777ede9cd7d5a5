import Foundation
import Testing

@Suite("meshd gov vote and tally")
struct VotingTests {
    @Test("The tally counts by stake, says which conditions hold, and what would come of it")
    func counted() throws {
        let chain = try GovernedChain()
        try chain.submit("text", "Yes or no")
        var tally = try chain.folder.succeed("gov", "tally", "1", "--output", "json").json
        #expect(tally["status"].text == "voting")
        #expect(tally["outcome"].text == "quorum_missed")
        #expect(tally["bonded"].text == "200000000000")
        #expect(tally["conditions"].elements.map { $0["holds"].flag } == [false, false, true])
        #expect(tally["conditions"][1]["share_basis_points"].isNull)

        try chain.vote("1", "no-with-veto", from: "validator")
        try chain.folder.succeed("tx", "delegate", "validator", "50000000umesh", "--from", "alice")
        try chain.vote("1", "yes=0.6", "abstain=0.4", from: "alice")
        tally = try chain.folder.succeed("gov", "tally", "1", "--output", "json").json
        #expect(tally["options"].elements.map { $0["option"].text } == ["yes", "abstain", "no", "no-with-veto"])
        #expect(tally["options"].elements.map { $0["amount"].text } == ["30000000", "20000000", "0", "100000000000"])
        #expect(tally["voted"].text == "100050000000")
        #expect(tally["outcome"].text == "vetoed")
        #expect(tally["conditions"].elements.map { $0["holds"].flag } == [true, false, false])
        #expect(tally["conditions"][0]["share_basis_points"].number == 5_001)

        // Who votes anew, votes otherwise.
        try chain.vote("1", "yes", from: "validator")
        let text = try chain.folder.succeed("gov", "tally", "1").output
        for line in [
            "proposal 1  Yes or no\n", "vote                    umesh    share\n",
            "yes           100,030,000,000  99.98 %\n", "no                          –   0.00 %\n",
            "quorum     yes     50.01 %  at least 33.4 % of the bonded stake vote\n",
            "threshold  yes    100.00 %  more than 50 % of these are for it, without those that abstain\n",
            "veto       yes      0.00 %  at most 33.4 % of these veto it\n", "as it stands  accepted\n",
        ] {
            #expect(text.contains(line), "\(line) is missing in \(text)")
        }
        try chain.endVoting()
        let final = try chain.folder.succeed("gov", "tally", "1", "--output", "json").json
        #expect(final["is_final"].flag == true)
        #expect(final["options"][0]["amount"].text == "100030000000")
        #expect(try chain.folder.succeed("gov", "tally", "1").output.contains("outcome  accepted\n"))
    }

    @Test("What is no vote is refused before anything is signed, with what is wrong")
    func bad() throws {
        let chain = try GovernedChain()
        try chain.submit("text", "Anything")
        let cases: [(vote: [String], hint: String)] = [
            (["maybe"], "'maybe' is no vote: name one of yes, abstain, no, no-with-veto"),
            (["Yes"], "'Yes' is no vote"),
            (["yes=0.7", "no=0.2"], "add up to 0.9: make them add up to 1"),
            (["yes=0.7", "no=0.4"], "add up to 1.1"),
            (["yes=0.5"], "add up to 0.5"),
            (["yes=0.5", "yes=0.5"], "yes stands twice"),
            (["yes", "no"], "'yes' has no part of the vote"),
            (["yes=0.5", "no"], "'no' has no part of the vote"),
            (["yes=1", "no=0"], "no has no weight"),
            (["yes=half", "no=0.5"], "the part of yes"),
            (["yes=", "no=1"], "the part of yes"),
            (["yes=0.5000000000000000001", "no=0.5"], "the part of yes"),
        ]
        for (vote, hint) in cases {
            let outcome = try chain.gov(["vote", "1"] + vote + ["--from", "validator"])
            #expect(outcome.exitCode == 3, "\(vote)")
            #expect(outcome.errors.contains(hint), "\(vote): \(outcome.errors)")
            #expect(outcome.output.isEmpty)
        }
        #expect(try chain.gov(["vote", "1", "--from", "validator"]).exitCode == 2)
        let nobody = try chain.gov(["vote", "1", "yes", "--from", "alice"])
        #expect(nobody.exitCode == 1)
        #expect(nobody.errors.contains("delegate first"), "\(nobody.errors)")
    }

    @Test("Nobody can vote too early or too late; a vote that is signed for later is not refused")
    func closed() throws {
        let chain = try GovernedChain()
        let few = ["submit", "text", "Early", "--from", "alice", "--deposit", "5000000umesh"]
        #expect(try chain.gov(few).exitCode == 0)
        let early = try chain.gov(["vote", "1", "yes", "--from", "validator"])
        #expect(early.exitCode == 3)
        #expect(early.errors.contains("it has only 5,000,000 of its deposit"), "\(early.errors)")
        let tally = try chain.gov(["tally", "1"])
        #expect(tally.exitCode == 3)
        #expect(tally.errors.contains("proposal 1 is not voted on (deposit)"), "\(tally.errors)")
        let signed = try chain.gov(["vote", "1", "yes", "--from", "validator", "--sign-only"])
        #expect(signed.exitCode == 0)

        let wrong = try chain.gov(["deposit", "1", "5uother", "--from", "alice"])
        #expect(wrong.exitCode == 1)
        #expect(wrong.errors.contains("only umesh above zero can be deposited"), "\(wrong.errors)")
        try chain.folder.succeed("gov", "deposit", "1", "5000000umesh", "--from", "alice")
        let late = try chain.gov(["deposit", "1", "5000000umesh", "--from", "alice"])
        #expect(late.exitCode == 1)
        #expect(late.errors.contains("takes no deposits any more"), "\(late.errors)")
        try chain.endVoting()
        let over = try chain.gov(["vote", "1", "yes", "--from", "validator"])
        #expect(over.exitCode == 3)
        #expect(over.errors.contains("it is rejected, its voting ended at 2026-01-01T00:01:"), "\(over.errors)")
        #expect(over.errors.contains("`meshd gov tally 1` shows"))
        #expect(try chain.folder.succeed("gov", "tally", "1").output.contains("outcome  not accepted: too few vote\n"))
    }
}
