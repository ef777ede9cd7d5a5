import LocalStakingEvents
import ModuleKit
import VaultEvents

/// Stakes collateral on its own chain, moves it, or takes it back.
struct LocalStakeOperation: SimulationOperation {
    static let name = "local stake"
    let weight: UInt32 = 6

    func perform(in world: SimulationWorld) throws(SandboxError) -> String? {
        guard let chain = world.draw(world.runningChains), let validator = try world.drawOperator(of: chain),
            let other = try world.drawOperator(of: chain)
        else { return nil }
        let holder = ChainSpecification.localStaking
        let choice = world.draw(0...4)
        if choice < 2 { return try stake(on: validator, of: chain, in: world) }
        let coin = try world.drawStake(on: chain)
        switch choice {
        case 2:
            let message = LocalStakingMessage.with {
                $0.unstake.validator = validator
                $0.unstake.amount = coin
            }
            return try world.submit(message, to: holder, on: chain, "unstakes \(coin.amount) locally")
        case 3:
            let message = LocalStakingMessage.with {
                $0.restake.source = validator
                $0.restake.destination = other
                $0.restake.amount = coin
            }
            return try world.submit(message, to: holder, on: chain, "restakes \(coin.amount) locally")
        default:
            return try world.submit(
                LocalStakingMessage.with { $0.release = .init() },
                to: holder,
                on: chain,
                "releases what has come back"
            )
        }
    }

    private func stake(on validator: String, of chain: SandboxChain, in world: SimulationWorld) throws(SandboxError)
        -> String?
    {
        guard let account = world.draw(SimulationWorld.accounts) else { return nil }
        let coin =
            try SimulationWorld.spenders.contains(account)
            ? world.rest(of: account, for: ChainSpecification.localStaking, on: chain) : world.drawStake(on: chain)
        let message = VaultMessage.with {
            $0.stakeLocal.validator = validator
            $0.stakeLocal.amount = coin
        }
        try chain.submit(message, to: ChainSpecification.vault, from: account)
        return "\(chain.chainID): \(account) stakes \(coin.amount) locally"
    }
}
