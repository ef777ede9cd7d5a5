import ModuleKit

/// Sends some of a chain's own token to a neighbour.
struct NativeTransfer: SimulationOperation {
    static let name = "native transfer"
    let weight: UInt32 = 8

    func perform(in world: SimulationWorld) throws(SandboxError) -> String? {
        guard let end = world.drawEnd(), let account = world.draw(SimulationWorld.accounts),
            let receiver = try world.drawReceiver(beyond: end),
            let token = world.tokens.first(where: { $0.chainID == end.chainID })
        else { return nil }
        let amount = Amount(UInt128(world.draw(1...5_000)))
        let coin = try SandboxError.asking("a coin") { () throws(ModuleError) in
            Coin(amount, try Denom(token.denomination))
        }
        return try world.transfer(coin, from: account, through: end, to: receiver)
    }
}
