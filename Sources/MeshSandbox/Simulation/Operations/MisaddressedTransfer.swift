import ModuleKit

/// Sends something to nobody: the other chain refuses it, and it comes back.
struct MisaddressedTransfer: SimulationOperation {
    static let name = "misaddressed transfer"
    let weight: UInt32 = 3
    private static let receivers = ["nobody", "mesh1qqqq", "cosmos1w508d6qejxtdg4y5r3zarvary0c5xw7kw508d6", " ", "💥"]

    func perform(in world: SimulationWorld) throws(SandboxError) -> String? {
        guard let end = world.drawEnd(), let account = world.draw(SimulationWorld.accounts),
            let receiver = world.draw(Self.receivers)
        else { return nil }
        let balances = try world.balances(of: account, on: try world.network.chain(end.chainID))
        guard let held = world.draw(balances.filter { !$0.amount.isZero }) else { return nil }
        return try world.transfer(Coin(.one, held.denom), from: account, through: end, to: receiver)
    }
}
