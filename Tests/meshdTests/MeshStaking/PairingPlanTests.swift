import Foundation
import Testing

@Suite("meshd pairing plan")
struct PairingPlanTests {
    private static let terms = ["--price", "2", "--cap", "1000000000", "--slash-ratio", "0.1", "--deployer", "alice"]

    @Test("A plan's commands, carried out one step after the other, lead to a pairing that holds in every point")
    func carriedOut() throws {
        let chains = try PairedChains(stages: 1)
        var done: [String] = []
        while let step = try plan(chains)["steps"].elements.first {
            let name = step["step"].text
            try #require(done.count < 10 && !done.suffix(1).contains("\(name) \(step["chain_id"].text)"))
            done.append("\(name) \(step["chain_id"].text)")
            if name == "open_channel" {
                // The handshake's first step is anyone's; the others need proofs, which relayers bring.
                let command = step["commands"][0].text.replacing("--from ANYONE", with: "--from bob")
                try chains.folder.shell(command)
                try chains.carryOutNextStage()
                continue
            }
            for command in step["commands"].elements { try chains.folder.shell(command.text) }
        }
        #expect(
            done == [
                "deploy cons-1", "deploy prov-1", "introduce cons-1", "open_channel ", "hand_over cons-1",
                "hand_over prov-1", "authorise cons-1", "recommend prov-1",
            ]
        )
        #expect(try plan(chains)["is_complete"].flag == true)
        #expect(try chains.plan().output.contains("nothing is missing; `meshd pairing verify` checks it"))
        let verdict = try chains.verify()
        #expect(verdict.exitCode == 0, "\(verdict.output)\(verdict.errors)")
        try chains.folder.succeed("cross-stake", try chains.validators[0], "5000000uprov", "--from", "alice")
        try chains.relay()
        #expect(try chains.status().exitCode == 0)
    }

    private func plan(_ chains: PairedChains) throws -> JSON {
        let home = ["--provider", chains.folder.home.path, "--consumer", chains.consumer, "--output", "json"]
        let outcome = try chains.folder.run(["pairing", "plan", "main"] + home + Self.terms)
        try #require(outcome.exitCode == 0, "\(outcome.errors)")
        return try outcome.json
    }

    @Test("All missing steps are printed in their order; words in capitals stand for what only people know")
    func text() throws {
        let chains = try PairedChains(stages: 0)
        let text = try chains.plan().output
        #expect(text.hasPrefix("main: prov-1 secures cons-1\n\n1. a relayer opens clients, a connection and a channel"))
        let lines = text.split(separator: "\n").filter { $0.first?.isNumber == true }
        #expect(
            lines.dropFirst() == [
                "2. the deployer on cons-1 deploys Price feed, Converter and Virtual Staking",
                "3. the deployer on prov-1 deploys External Staking for the Converter",
                "4. the deployer on cons-1 tells the Converter where External Staking is",
                "5. a relayer opens the channel, beginning at the Converter",
                "6. the deployer on cons-1 gives up its power over the pairing",
                "7. the deployer on prov-1 gives up its power over the pairing",
                "8. the authority on cons-1 lets Virtual Staking mint",
                "9. the authority on prov-1 recommends External Staking to the chain's users",
            ]
        )
        for word in [
            #""price":"PRICE""#, "--cap CAP", "--from DEPLOYER", #""double_sign":"SLASH_RATIO""#, "--from authority",
            #""port":"PORT_OF_main-converter""#, #""connection":"CONNECTION_OF_PROVIDER""#, "--from ANYONE",
            #"'{"recommend":{"instance":"main-external-staking"}}'"#, #""unbonding_period":"1814400s""#,
            #""remote_denom":"uprov""#, "--home \(chains.consumer)",
            #""rewards":{"route":"ics20-memo","transfer":"transfer","channel":"CHANNEL_OF_CONSUMER""#,
            #""channel":"CHANNEL_OF_PROVIDER","timeout":"3600s"}"#,
        ] {
            #expect(text.contains(word), "\(word) is missing in \(text)")
        }
        let waiting = try chains.plan("--rewards-route", "none").output
        #expect(!waiting.contains(#""rewards":"#), "\(waiting)")
        #expect(try chains.plan("--rewards-route", "held").output.contains(#""rewards":{"route":"held","#))
        let passing = try chains.plan("--to-authority").output
        #expect(passing.contains("tx set-admin main-converter cons1"), "\(passing)")
        #expect(
            passing.contains("6. the deployer on cons-1 passes its power over the pairing to the chain's authority")
        )
    }

    @Test("The setup of a sandbox is the same plan: after each of its stages, one step less is left")
    func shared() throws {
        let chains = try PairedChains(stages: 1)
        for left in (0...8).reversed() {
            let plan = try plan(chains)
            #expect(plan["steps"].elements.count == left)
            #expect(plan["is_complete"].flag == (left == 0))
            try chains.carryOutNextStage()
        }
    }

    @Test("What can't be planned is refused with its reason")
    func refused() throws {
        let chains = try PairedChains(stages: 1)
        let cases: [(arguments: [String], hint: String)] = [
            (["--price", "much"], "much"), (["--cap", "1.5"], "1.5"), (["--discount", "x"], "x"),
            (["--connection", "connection-7"], "name one with --connection, of: connection-0"),
            (["--vault", "nothing"], "name one of: vault"), (["--unbonding", "soon"], "soon"),
            (["--rewards-route", "pigeon"], "use ics20-memo, ics20-control, held or none"),
            (["--rewards-timeout", "later"], "later"),
            (["--transfer-channel", "channel-7"], "name one with --transfer-channel, of: channel-0"),
        ]
        let homes = ["--provider", chains.folder.home.path, "--consumer", chains.consumer]
        for (arguments, hint) in cases {
            let outcome = try chains.folder.run(["pairing", "plan", "main"] + homes + arguments)
            #expect(outcome.exitCode == 3, "\(arguments)")
            #expect(outcome.errors.contains(hint), "\(outcome.errors)")
            #expect(outcome.output.isEmpty)
        }
        let name = try chains.folder.run(["pairing", "plan", "Main!"] + homes)
        #expect(name.errors.contains("is no name for a pairing"), "\(name.errors)")
        let same = try chains.folder.run(
            ["pairing", "plan", "main", "--provider", chains.consumer, "--consumer", chains.consumer]
        )
        #expect(same.errors.contains("are one home"), "\(same.errors)")
        // Somebody else has the label.
        try chains.folder.succeed(
            "tx",
            "deploy",
            "bank",
            "main-converter",
            "--from",
            "bob",
            "--home",
            chains.consumer
        )
        let taken = try chains.plan()
        #expect(taken.errors.contains("choose another name for the pairing"), "\(taken.errors)")
    }

    @Test("A pairing that is over is not planned again")
    func over() throws {
        let chains = try PairedChains()
        try chains.closeChannel()
        let outcome = try chains.plan()
        #expect(outcome.exitCode == 3)
        #expect(outcome.errors.contains("a pairing is never opened again"), "\(outcome.errors)")
    }
}

extension TestFolder {
    /// Runs a command line by a shell, as a person would who copies it.
    fileprivate func shell(_ line: String, at location: SourceLocation = #_sourceLocation) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        let program = MeshdBinary.url.deletingLastPathComponent().path
        process.arguments = ["-c", "PATH=\"$0:$PATH\" && \(line) > /dev/null 2> errors", program]
        process.currentDirectoryURL = url
        try process.run()
        process.waitUntilExit()
        let errors = (try? String(contentsOf: url.appendingPathComponent("errors"), encoding: .utf8)) ?? ""
        try #require(process.terminationStatus == 0, "\(line): \(errors)", sourceLocation: location)
    }
}
