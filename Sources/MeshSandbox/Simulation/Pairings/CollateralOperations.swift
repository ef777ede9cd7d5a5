import ModuleKit
import VaultEvents

/// Brings tokens into a vault.
struct Bonding: SimulationOperation {
    static let name = "bonding"
    let weight: UInt32 = 4

    func perform(in world: SimulationWorld) throws(SandboxError) -> String? {
        guard let chain = world.draw(world.runningChains) else { return nil }
        let coin = try world.drawStake(on: chain)
        return try world.submit(
            VaultMessage.with { $0.bond.amount = coin },
            to: ChainSpecification.vault,
            on: chain,
            "bonds \(coin.amount)"
        )
    }
}

/// Takes tokens out of a vault, mostly fewer than are free.
struct Unbonding: SimulationOperation {
    static let name = "unbonding"
    let weight: UInt32 = 3

    func perform(in world: SimulationWorld) throws(SandboxError) -> String? {
        guard let chain = world.draw(world.runningChains) else { return nil }
        let coin = try world.drawStake(on: chain)
        return try world.submit(
            VaultMessage.with { $0.unbond.amount = coin },
            to: ChainSpecification.vault,
            on: chain,
            "unbonds \(coin.amount)"
        )
    }
}
