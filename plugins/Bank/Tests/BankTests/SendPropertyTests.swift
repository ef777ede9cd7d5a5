import Bank
import BankEvents
import ModuleKit
import ModuleTesting
import Testing

@Suite("Properties")
struct SendPropertyTests {
    /// What a bank does in the plainest terms, for comparison.
    struct Model {
        var balances: [[UInt64]]

        mutating func send(_ amount: UInt64, _ denom: Int, from: Int, to: Int) -> Bool {
            guard amount > 0, balances[from][denom] >= amount else { return false }
            balances[from][denom] -= amount
            balances[to][denom] += amount
            return true
        }
    }

    @Test("Random sends conserve the supply and agree with a model", arguments: [1, 2, 3] as [UInt64])
    func randomSends(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let denoms = ["uatom", "uosmo", "ustars"]
        let users = (0..<6).map { Address.user("\($0)") }
        let chain = try BankChain()
        var model = Model(balances: [])
        for user in users {
            let amounts = denoms.map { _ in UInt64.random(in: 1...50, using: &random) }
            try chain.fund(user, zip(amounts, denoms).map { "\($0)\($1)" }.joined(separator: ","))
            model.balances.append(amounts)
        }
        let supplies = try denoms.map { try chain.supply($0).existing }

        for step in 0..<400 {
            let from = Int.random(in: 0..<users.count, using: &random)
            let to = Int.random(in: 0..<users.count, using: &random)
            let denom = Int.random(in: 0..<denoms.count, using: &random)
            let amount = UInt64.random(in: 0...60, using: &random)
            let isExpected = model.send(amount, denom, from: from, to: to)
            var coins = Coins.empty
            if amount > 0 { coins = Coins(try Coin("\(amount)\(denoms[denom])")) }
            let failure = code { try chain.send(coins.description, from: users[from], to: users[to]) }
            #expect((failure == nil) == isExpected, "seed \(seed), step \(step)")
        }
        for (user, amounts) in zip(users, model.balances) {
            for (denom, amount) in zip(denoms, amounts) {
                #expect(try chain.balance(user, denom) == "\(amount)", "seed \(seed)")
            }
        }
        #expect(try denoms.map { try chain.supply($0).existing } == supplies)
        try chain.finish()
    }

    @Test("Changed bytes of an event are refused or applied, and never trap", arguments: [11, 12] as [UInt64])
    func mutatedEvents(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let chain = try BankChain()
        try chain.fund(.user("alice"), "1000uatom")
        try chain.send("10uatom", from: .user("alice"), to: .user("bob"))
        var refused = 0
        for _ in 0..<300 {
            var event = try #require(chain.bankEvents.randomElement(using: &random))
            let index = Int.random(in: 0..<event.count, using: &random)
            event[index] ^= UInt8.random(in: 1...255, using: &random)
            if Bool.random(using: &random) { event.removeLast(Int.random(in: 1...event.count, using: &random)) }
            let replica = try BankChain(isGenesis: true)
            if code(of: { try replica.bank.apply(recorded: event, schemaVersion: 1) }) != nil { refused += 1 }
        }
        #expect(refused > 250, "seed \(seed): most changes break a checksum, a number or the structure")
    }
}
