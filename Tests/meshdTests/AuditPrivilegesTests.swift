import Foundation
import Testing

@Suite("meshd audit privileges")
struct AuditPrivilegesTests {
    @Test("lists who gave which grant, with every cap and what was had by it, in text and for programs")
    func lists() throws {
        let chains = try PairedChains()
        let folder = chains.folder
        let grant = ["main-virtual-staking", "virtual-staking/mint", "--from", "authority", "--home", chains.consumer]
        #expect(try folder.run(["tx", "grant"] + grant + ["--cap", "4000000"]).exitCode == 0)
        #expect(try folder.run(["tx", "revoke"] + grant).exitCode == 0)

        let audit = ["audit", "privileges", "--home", chains.consumer]
        let json = try folder.run(audit + ["--output", "json"]).json
        #expect(json["is_sound"].flag == true && json["is_complete"].flag == true)
        let minting = try #require(json["grants"].elements.first { $0["privilege"].text == "virtual-staking/mint" })
        #expect(minting["instance"].text == "main-virtual-staking")
        #expect(minting["is_live"].flag == false)
        #expect(minting["use"]["last"].text == "0")
        let decisions = minting["decisions"].elements
        #expect(decisions.map { $0["action"].text } == ["granted", "cap-changed", "cap-changed", "revoked"])
        #expect(decisions.prefix(3).map { $0["cap"].text } == ["1000000000", "4000000", "0"])
        #expect(Set(decisions.map { $0["by"]["kind"].text }) == ["transaction"])
        let authority = try #require(decisions.last)["by"]["signers"][0].text
        #expect(authority.hasPrefix("cons1"))
        let bank = try #require(json["grants"].elements.first { $0["privilege"].text == "bank/mint" })
        #expect(bank["decisions"][0]["by"]["kind"].text == "genesis")
        #expect(json["vocabularies"].elements.contains { $0["message"].text == "mesh.virtualstaking.v1.Event" })

        let text = try folder.run(audit)
        #expect(text.exitCode == 0)
        for part in ["main-virtual-staking", "1,000,000,000", "revoked", "genesis", authority] {
            #expect(text.output.contains(part), "\(part)")
        }
    }

    @Test("ends with code 1 and the place when a privileged event stands without a grant")
    func finds() throws {
        let folder = try TestFolder.withChain()
        let home = folder.home.appendingPathComponent("chain").path
        let forged = try ForgedMint.append(to: home)
        let outcome = try folder.run(["audit", "privileges"])
        #expect(outcome.exitCode == 1)
        #expect(outcome.output.contains("privilege-missing at height \(forged.height), sequence \(forged.sequence)"))
        let json = try folder.run(["audit", "privileges", "--output", "json"])
        #expect(json.exitCode == 1)
        #expect(try json.json["findings"][0]["sequence"].number == Int(forged.sequence))
    }
}
