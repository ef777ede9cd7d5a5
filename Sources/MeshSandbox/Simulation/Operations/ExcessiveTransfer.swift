import ModuleKit

/// Sends more than there is: it fails where it is sent.
struct ExcessiveTransfer: SimulationOperation {
    static let name = "excessive transfer"
    let weight: UInt32 = 2

    func perform(in world: SimulationWorld) throws(SandboxError) -> String? {
        guard let end = world.drawEnd(), let account = world.draw(SimulationWorld.accounts),
            let receiver = try world.drawReceiver(beyond: end)
        else { return nil }
        let balances = try world.balances(of: account, on: try world.network.chain(end.chainID))
        guard let held = world.draw(balances) else { return nil }
        // One more than there is, or as much as there can be.
        let amount = world.draw(0...1) == 0 ? held.amount.saturatingAdding(.one) : .max
        return try world.transfer(Coin(amount, held.denom), from: account, through: end, to: receiver)
    }
}
