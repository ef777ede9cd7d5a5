import Foundation
import Testing

@Suite("meshd gov vote with collateral")
struct VaultVoteTests {
    @Test("Collateral that is staked on this chain votes for itself, and its owner's delegations for themselves")
    func asVault() throws {
        let chains = try PairedChains()
        let folder = chains.folder
        let validator = try chains.operators(of: "prov-1")[0]
        try folder.succeed("vault", "bond", "5000000uprov", "--from", "alice")
        try folder.succeed("vault", "stake", validator, "3000000uprov", "--from", "alice")
        try folder.succeed("tx", "delegate", validator, "2000000uprov", "--from", "alice")
        try folder.succeed("gov", "submit", "text", "Yes or no", "--deposit", "10000000uprov", "--from", "alice")
        try folder.succeed("gov", "vote", "1", "no", "--as-vault", "--from", "alice")
        try folder.succeed("gov", "vote", "1", "yes", "--from", "alice")
        let tally = try folder.succeed("gov", "tally", "1", "--output", "json").json
        #expect(tally["options"].elements.map { $0["amount"].text } == ["2000000", "0", "3000000", "0"])

        let none = try folder.meshd("gov", "vote", "1", "no", "--as-vault", "--vault", "nothing", "--from", "alice")
        #expect(none.exitCode == 3)
        #expect(none.errors.contains("name one of: vault"), "\(none.errors)")
        #expect(try folder.meshd("gov", "vote", "1", "no", "--vault", "vault", "--from", "alice").exitCode == 2)
    }
}
