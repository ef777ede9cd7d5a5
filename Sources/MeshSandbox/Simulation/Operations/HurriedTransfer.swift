import ModuleKit

/// Sends something with so little time that it may come too late.
struct HurriedTransfer: SimulationOperation {
    static let name = "hurried transfer"
    let weight: UInt32 = 4

    func perform(in world: SimulationWorld) throws(SandboxError) -> String? {
        guard let end = world.drawEnd(), let account = world.draw(SimulationWorld.accounts),
            let receiver = try world.drawReceiver(beyond: end)
        else { return nil }
        let balances = try world.balances(of: account, on: try world.network.chain(end.chainID))
        guard let held = world.draw(balances.filter { !$0.amount.isZero }) else { return nil }
        let amount = Amount(UInt128(world.draw(1...min(1_000, UInt64(clamping: held.amount.units)))))
        let timeout = Duration.seconds(Int64(world.draw(1...30)))
        return try world.transfer(
            Coin(amount, held.denom),
            from: account,
            through: end,
            to: receiver,
            timeout: timeout
        ) + " within \(timeout)"
    }
}
