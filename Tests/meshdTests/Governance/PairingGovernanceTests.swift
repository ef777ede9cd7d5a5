import Foundation
import Testing

@Suite("meshd gov and pairings")
struct PairingGovernanceTests {
    @Test(
        "Where governance is the authority, a plan ends with proposals, and its commands lead to a pairing that holds"
    )
    func planned() throws {
        let chains = try PairedChains(cap: nil)
        let (folder, provider, consumer) = (chains.folder, chains.folder.home.path, chains.consumer)
        try folder.tell("recommended", #"{"withdraw":{"instance":"main-external-staking"}}"#, home: provider)
        try chains.governBoth()

        let terms = ["--price", "2", "--cap", "1000000000", "--slash-ratio", "0.1", "--deployer", "alice"]
        let plan = try chains.plan(terms).json["steps"].elements
        #expect(plan.map { $0["step"].text } == ["authorise", "recommend"])
        #expect(plan.map { $0["actor"].text } == ["governance", "governance"])
        #expect(
            plan[0]["commands"].elements.map(\.text) == [
                "meshd gov submit authorise main-virtual-staking --cap 1000000000 --deposit 10000000ucons "
                    + "--from PROPOSER --home \(consumer)",
                "meshd gov vote PROPOSAL yes --from VOTER --home \(consumer)",
            ]
        )
        #expect(try chains.plan().output.contains("governance on prov-1 recommends External Staking"))
        #expect(try chains.plan().output.contains("--cap CAP --deposit 10000000ucons"))

        for (step, home) in zip(plan, [consumer, provider]) {
            for command in step["commands"].elements {
                let words = command.text.split(separator: " ").dropFirst().map { word in
                    switch word {
                    case "PROPOSER", "VOTER": "alice"
                    case "PROPOSAL": "1"
                    default: String(word)
                    }
                }
                let outcome = try folder.run(words)
                #expect(outcome.exitCode == 0, "\(command.text): \(outcome.errors)")
            }
            try folder.pass("48h", home: home)
        }
        #expect(try chains.plan(terms).json["is_complete"].flag == true)
        let verdict = try chains.verify()
        #expect(verdict.exitCode == 0, "\(verdict.output)\(verdict.errors)")
    }

    @Test("A grant is proposed with a weight, its cap changed, and taken away; each form checks that it fits")
    func grants() throws {
        let chains = try PairedChains(cap: nil)
        let (folder, consumer) = (chains.folder, chains.consumer)
        try chains.governBoth()
        func refusal(_ arguments: String...) throws -> String {
            let options = ["--deposit", "10000000ucons", "--from", "alice", "--home", consumer]
            let outcome = try folder.run(["gov", "submit"] + arguments + options)
            #expect(outcome.exitCode == 3, "\(arguments)")
            return outcome.errors
        }
        let label = "main-virtual-staking"
        #expect(
            try refusal("change-cap", label, "--cap", "5ucons").contains("propose one with `meshd gov submit authorise")
        )
        #expect(try refusal("revoke", label).contains("has no grant of virtual-staking/mint"))
        #expect(try refusal("authorise", label, "--cap", "5uprov").contains("give it in ucons"))
        #expect(try refusal("authorise", label, "--cap", "5", "--multiplier", "1.5").contains("is above 1"))
        #expect(try refusal("authorise", label, "--cap", "5", "--multiplier", "x").contains("--multiplier"))

        try chains.decide(1, ["authorise", label, "--cap", "500000ucons", "--multiplier", "0.5"], home: consumer)
        let shown = try folder.succeed("gov", "show", "1", "--home", consumer, "--output", "json").json
        #expect(shown["status"].text == "passed")
        #expect(shown["title"].text == "Authorise \(label) for virtual-staking/mint up to 500,000")
        #expect(shown["messages"][0]["message"]["grant"]["cap"].text == "500000")
        #expect(shown["messages"][1]["message"]["set_weight"]["delegator"].text == label)
        #expect(try chains.cap() == "500000")
        #expect(try refusal("authorise", label, "--cap", "5").contains("`meshd gov submit change-cap"))

        try chains.decide(2, ["change-cap", label, "--cap", "250000"], home: consumer)
        #expect(try chains.cap() == "250000")
        try chains.decide(3, ["revoke", label], home: consumer)
        #expect(try chains.cap() == nil)
        let audit = try folder.run(["audit", "privileges", "--home", consumer])
        #expect(audit.exitCode == 0, "\(audit.errors)")
        #expect(audit.output.contains("proposal 1 of governance"), "\(audit.output)")
    }

    @Test("A recommendation is withdrawn and made again, with a note; and a pairing is closed, from its own end alone")
    func recommendations() throws {
        let chains = try PairedChains()
        let (folder, provider) = (chains.folder, chains.folder.home.path)
        try chains.governBoth()
        let label = "main-external-staking"
        try chains.decide(1, ["withdraw-recommendation", label], home: provider)
        let offered = ["cross-stake", try chains.validators[0], "5000000uprov", "--from", "bob"]
        #expect(try folder.run(offered).errors.contains("the recommended list of prov-1 is empty"))
        try chains.decide(2, ["recommend", label, "--note", "Looked at"], home: provider)
        #expect(try folder.run(offered).exitCode == 0)
        let shown = try folder.succeed("gov", "show", "2", "--output", "json").json
        #expect(shown["messages"][0]["message"]["recommend"]["note"].text == "Looked at")

        let options = ["--deposit", "10000000uprov", "--from", "alice"]
        let wrong = try folder.run(["gov", "submit", "close-pairing", "vault"] + options)
        #expect(wrong.exitCode == 3)
        #expect(wrong.errors.contains("no end of a pairing: name one of main-external-staking"), "\(wrong.errors)")
        try chains.decide(3, ["close-pairing", label], home: provider)
        #expect(try folder.succeed("gov", "list").output.contains("Close the pairing of main-external-staking"))
        #expect(try chains.plan().errors.contains("a pairing is never opened again"))
    }
}

extension PairedChains {
    /// Governance becomes the authority of both chains, and the admin of the recommended list; alice has most of the stake.
    fileprivate func governBoth() throws {
        for (home, denom) in [(folder.home.path, "uprov"), (consumer, "ucons")] {
            let instance = ["query", "instance", "governance", "--home", home, "--output", "json"]
            let address = try folder.run(instance).json["address"].text
            if denom == "uprov" {
                let handover = ["tx", "set-admin", "recommended", address, "--from", "authority", "--home", home]
                #expect(try folder.run(handover).exitCode == 0)
            }
            try folder.tell("host", #"{"set_authority":{"authority":"governance"}}"#, home: home)
            let validator = try operators(of: denom == "uprov" ? "prov-1" : "cons-1")[0]
            let stake = ["tx", "delegate", validator, "500000000\(denom)", "--from", "alice", "--home", home]
            #expect(try folder.run(stake).exitCode == 0)
        }
    }

    /// Alice proposes, votes for it, and the voting ends.
    fileprivate func decide(
        _ number: Int,
        _ request: [String],
        home: String,
        at location: SourceLocation = #_sourceLocation
    )
        throws
    {
        let denom = home == consumer ? "ucons" : "uprov"
        let place = ["--from", "alice", "--home", home]
        let submitted = try folder.run(["gov", "submit"] + request + ["--deposit", "10000000\(denom)"] + place)
        try #require(submitted.exitCode == 0, "\(submitted.errors)", sourceLocation: location)
        let voted = try folder.run(["gov", "vote", "\(number)", "yes"] + place)
        try #require(voted.exitCode == 0, "\(voted.errors)", sourceLocation: location)
        try folder.pass("48h", home: home)
    }

    /// The cap of Virtual Staking; nil where it has no grant.
    fileprivate func cap() throws -> String? {
        let instance = ["query", "instance", "main-virtual-staking", "--home", consumer, "--output", "json"]
        let grants = try folder.run(instance).json["grants"].elements
        return grants.first?["cap"].text
    }

    /// The plan for programs.
    fileprivate func plan(_ terms: [String]) throws -> Outcome {
        try folder.run(
            ["pairing", "plan", "main", "--provider", folder.home.path, "--consumer", consumer, "--output", "json"]
                + terms
        )
    }
}

extension TestFolder {
    /// The authority sends a message.
    fileprivate func tell(_ instance: String, _ message: String, home: String) throws {
        let outcome = try run(["tx", "message", instance, message, "--from", "authority", "--home", home])
        try #require(outcome.exitCode == 0, "\(outcome.errors)")
    }
}
