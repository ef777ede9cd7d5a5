import ModuleKit
import ModuleTesting
import Testing
import Vault
import VaultEvents

@Suite("Chains on which anything happens")
struct RandomChainTests {
    @Test("Vault and bank agree after every block, and what was destroyed is what was slashed")
    func anything() throws {
        var random = try SplitMix64.seeded()
        let chain = try VaultChain(slashable: ["alpha": "0.05", "beta": "0.5", "gamma": "1", "local-staking": "0.1"])
        var slashed = Amount.zero
        for _ in 0..<12 {
            for _ in 0..<12 {
                let owner = random.next() % 2 == 0 ? chain.alice : chain.bob
                let outcome = try happen(&random, to: owner, on: chain)
                for event in outcome.emitted where event.hasSlashed {
                    slashed = try slashed.adding(Amount(event.slashed.amount))
                }
            }
            try chain.finish()
            let unburned = try [chain.alice, chain.bob].map { try Amount(chain.details($0).unburned) }
            let existing = try Amount(chain.supply())
            let gone = try Amount(2_000_000 as UInt128).subtracting(existing)
            #expect(try gone.adding(unburned[0]).adding(unburned[1]) == slashed)
        }
    }

    private func happen(_ random: inout SplitMix64, to owner: Address, on chain: VaultChain) throws -> Outcome<Vault> {
        let amount = random.amount(upTo: 20_000)
        let coin = "\(amount)uatom"
        switch random.next() % 10 {
        case 0, 1: return try chain.bond(coin, from: owner)
        case 2: return try chain.unbond(coin, from: owner)
        case 3: return try chain.stakeLocal(coin, from: owner)
        case 4: return try chain.stake(coin, with: "alpha", from: owner)
        case 5: return try chain.stake(coin, with: random.next() % 2 == 0 ? "beta" : "gamma", from: owner)
        case 6: return try chain.say(Alpha.self, of: owner, .commit("\(amount)"), .rollBack("10"))
        case 7: return try chain.slash(Alpha.self, of: owner, by: "\(amount)")
        case 8: return try chain.slash(Beta.self, of: owner, by: "\(amount)")
        default:
            let answer: PawnshopCutAnswer = random.next() % 3 == 0 ? .throw : .settle
            try chain.tell(Local.self) { $0.cutAnswer = answer }
            return try chain.slash(Gamma.self, of: owner, by: "\(amount)")
        }
    }
}
