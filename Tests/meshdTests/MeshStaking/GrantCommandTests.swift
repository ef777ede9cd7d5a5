import Foundation
import Testing

@Suite("meshd tx grant")
struct GrantCommandTests {
    @Test("The authority lowers a cap, which is shown, and shrinks what is minted; and takes the grant away")
    func caps() throws {
        let chains = try PairedChains()
        let folder = chains.folder
        try folder.succeed("cross-stake", try chains.validators[0], "5000000uprov", "--from", "alice")
        try chains.relay()
        let grant = ["main-virtual-staking", "virtual-staking/mint", "--from", "authority", "--home", chains.consumer]
        #expect(try folder.run(["tx", "grant"] + grant + ["--cap", "4000000"]).exitCode == 0)
        let text = try folder.succeed("query", "instances", "--home", chains.consumer).output
        #expect(text.contains("virtual-staking/mint up to 4,000,000 "), "\(text)")
        #expect(text.contains("bank/burn, bank/mint, bank/supply-offset "))
        let arguments = ["query", "instance", "main-virtual-staking", "--home", chains.consumer]
        let instance = try folder.run(arguments + ["--output", "json"]).json
        #expect(instance["grants"][0]["privilege"].text == "virtual-staking/mint")
        #expect(instance["grants"][0]["cap"].text == "4000000")
        let status = try chains.status("--output", "json").json
        #expect(status["cap"].text == "4000000")
        #expect(status["minted"].text == "4000000")

        let again = try folder.run(["tx", "grant"] + grant + ["--cap", "4000000"])
        #expect(again.exitCode == 1)
        #expect(again.errors.contains("grant it with another cap"), "\(again.errors)")
        #expect(try folder.run(["tx", "revoke"] + grant).exitCode == 0)
        let revoked = try folder.run(arguments + ["--output", "json"]).json
        #expect(revoked["grants"].elements.isEmpty)
        #expect(revoked["fingerprint"].text != instance["fingerprint"].text)
        #expect(try chains.status().output.contains("minted      0 of 0 ucons\n"))
        #expect(try folder.run(["tx", "revoke"] + grant).exitCode == 1)
    }

    @Test("Only the authority decides on grants, of privileges that the module has, with caps that are amounts")
    func refused() throws {
        let chains = try PairedChains(cap: nil)
        let cases: [(arguments: [String], exitCode: Int32, hint: String)] = [
            (["virtual-staking/mint", "--cap", "5", "--from", "alice"], 1, "authority"),
            (["virtual-staking/mint", "--cap", "many", "--from", "authority"], 3, "many"),
            (["virtual-staking/mint", "--cap", "1.5", "--from", "authority"], 3, "1.5"),
            (["virtual-staking/mint", "--cap=-1", "--from", "authority"], 3, "-1"),
            (["bank/mint", "--cap", "5", "--from", "authority"], 1, "virtual-staking/mint"),
        ]
        for (arguments, exitCode, hint) in cases {
            let command = ["tx", "grant", "main-virtual-staking", "--home", chains.consumer] + arguments
            let outcome = try chains.folder.run(command)
            #expect(outcome.exitCode == exitCode, "\(arguments): \(outcome.errors)")
            #expect(outcome.errors.contains(hint), "\(arguments): \(outcome.errors)")
        }
        let none = try chains.folder.meshd(
            "tx",
            "revoke",
            "main-virtual-staking",
            "virtual-staking/mint",
            "--from",
            "authority",
            "--home",
            chains.consumer
        )
        #expect(none.exitCode == 1)
        #expect(none.errors.contains("it holds: none"), "\(none.errors)")
    }
}
