import ModuleKit
import ModuleTesting
import SlashingEvents
import Testing

@testable import Slashing

/// Sections that a stranger has changed in one place.
@Suite("Genesis mutations")
struct GenesisMutationTests {
    @Test("A changed section is refused with its place, or means something that is exported again")
    func mutations() throws {
        guard case .object(let base) = try SlashingScene.lively().exportAll() else { return }
        var part = JSONObject()
        for name in ["slashing", "evidence"] { part[name] = base[name] }
        let foreign = try AddressPrefixes(account: "osmo")
        let strangers: [JSONValue] = [
            .string(foreign.format(try SlashingScene.consensusAddress(0), as: .consensus)),
            .string(SlashingScene.prefixes.format(try SlashingScene.consensusAddress(29), as: .consensus)),
            .string(SlashingScene.text(SlashingScene.person(0))),
        ]
        let mutations = try GenesisMutations(of: .object(part), strangers: strangers)
        var generator = try SplitMix64.seeded()
        var (refused, taken) = (0, 0)
        for mutation in mutations.sample(150, using: &generator) + mutations.unallowed {
            guard case .object(let changed) = mutation.document else { continue }
            var sections = base
            for name in ["slashing", "evidence"] { sections[name] = changed[name] }
            switch try outcome(of: .object(sections)) {
            case .refused(let error):
                refused += 1
                #expect(error.contains("app_state"), "\(mutation.description): \(error)")
                #expect(!error.contains("does not fit"), "\(mutation.description): \(error)")
            case .taken(let exported):
                taken += 1
                #expect(!mutation.isUnallowed, "\(mutation.description)")
                let again = try SlashingScene(sections: exported).exportAll()
                #expect(again == exported, "\(mutation.description)")
            }
        }
        #expect(refused > 80 && taken > 2, "\(refused) refused, \(taken) taken")
    }

    private enum Verdict {
        case refused(String)
        case taken(JSONValue)
    }

    private func outcome(of sections: JSONValue) throws -> Verdict {
        let scene: SlashingScene
        do {
            scene = try SlashingScene(sections: sections)
        } catch let error as HarnessError where error.code == .unexpectedOutcome {
            return .refused(error.description)
        }
        return .taken(try scene.exportAll())
    }
}
