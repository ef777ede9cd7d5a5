import ModuleKit
import ModuleTesting
import RewardsEvents
import Testing

@testable import Rewards

/// Sections that a stranger has changed in one place.
@Suite("Genesis mutations")
struct GenesisMutationTests {
    @Test("A changed section of a Cosmos chain is refused with its place, or means something that is exported again")
    func cosmos() throws {
        guard case .object(var base) = try CosmosExport.document() else { return }
        base["mint"] = try CosmosExport.mint()
        try mutate(["mint", "distribution"], of: base, count: 200)
    }

    @Test("A changed section of our own is refused with its place, or means something that is exported again")
    func own() throws {
        let scene = try RewardsScene(["mint": RewardsScene.minting])
        for number in 0..<2 { try scene.addValidator(number, 1_000_007) }
        try scene.stake(.delegate(3_000_001, to: 1), by: 5).thenSucceeded()
        try scene.payFees(.fee(1001))
        try scene.harness.nextBlock()
        try scene.tell(.payTo(.named("other")), by: 5).thenSucceeded()
        scene.harness.withhold(.mintProvisions)
        try scene.harness.nextBlock()
        guard case .object(let base) = try scene.exportAll() else { return }
        try mutate(["rewards"], of: base, count: 200)
    }

    private func mutate(_ names: [String], of base: JSONObject, count: Int, test: String = #function) throws {
        var part = JSONObject()
        for name in names { part[name] = base[name] }
        let foreign = try AddressPrefixes(account: "osmo")
        let strangers: [JSONValue] = [
            .string(foreign.format(RewardsScene.person(0), as: .validatorOperator)),
            .string(RewardsScene.operatorText(RewardsScene.person(29))),
            .string(RewardsScene.text(RewardsScene.person(29))),
            .string(RewardsScene.prefixes.format(try RewardsScene.consensusAddress(29), as: .consensus)),
            [["denom": "stake", "amount": "1"], ["denom": "stake", "amount": "1"]],
        ]
        let mutations = try GenesisMutations(of: .object(part), strangers: strangers)
        var generator = try SplitMix64.seeded(for: test)
        var (refused, taken) = (0, 0)
        for mutation in mutations.sample(count, using: &generator) + mutations.unallowed {
            guard case .object(let changed) = mutation.document else { continue }
            var sections = base
            for name in names { sections[name] = changed[name] }
            switch try outcome(of: .object(sections)) {
            case .refused(let error):
                refused += 1
                #expect(error.contains("app_state"), "\(mutation.description): \(error)")
            case .taken(let exported):
                taken += 1
                #expect(!mutation.isUnallowed, "\(mutation.description)")
                let again = try RewardsScene(sections: exported, isMinting: false).exportAll()
                #expect(again == exported, "\(mutation.description)")
            }
        }
        #expect(refused > count / 3 && taken > count / 60, "\(refused) refused, \(taken) taken")
    }

    private enum Verdict {
        case refused(String)
        case taken(JSONValue)
    }

    private func outcome(of sections: JSONValue) throws -> Verdict {
        let scene: RewardsScene
        do {
            scene = try RewardsScene(sections: sections, isMinting: false)
        } catch let error as HarnessError where error.code == .unexpectedOutcome {
            return .refused(error.description)
        }
        return .taken(try scene.exportAll())
    }
}
