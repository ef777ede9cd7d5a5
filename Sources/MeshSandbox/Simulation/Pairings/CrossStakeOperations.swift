import ExternalStakingEvents
import ModuleKit
import VaultEvents

/// Stakes collateral on another chain's validator: now and then all that there is.
struct CrossStaking: SimulationOperation {
    static let name = "cross-stake"
    let weight: UInt32 = 14

    func perform(in world: SimulationWorld) throws(SandboxError) -> String? {
        guard let pairing = world.drawPairing() else { return nil }
        let chains = try world.chains(of: pairing)
        guard let validator = try world.drawOperator(of: chains.consumer),
            let account = world.draw(SimulationWorld.accounts)
        else { return nil }
        let holder = pairing.externalStaking
        let coin =
            try SimulationWorld.spenders.contains(account) || world.draw(0...2) == 0
            ? world.rest(of: account, for: holder, on: chains.provider) : world.drawStake(on: chains.provider)
        let message = VaultMessage.with {
            $0.stakeRemote.holder = holder
            $0.stakeRemote.validator = validator
            $0.stakeRemote.amount = coin
        }
        try chains.provider.submit(message, to: ChainSpecification.vault, from: account)
        return "\(chains.provider.chainID): \(account) cross-stakes \(coin.amount) over \(pairing.name) on \(validator)"
    }
}

/// Takes stake from another chain's validator.
struct CrossUnstaking: SimulationOperation {
    static let name = "cross-unstake"
    let weight: UInt32 = 7

    func perform(in world: SimulationWorld) throws(SandboxError) -> String? {
        guard let pairing = world.drawPairing() else { return nil }
        let chains = try world.chains(of: pairing)
        guard let validator = try world.drawOperator(of: chains.consumer) else { return nil }
        let coin = try world.coin(world.draw(1...60_000), on: chains.provider)
        let message = ExternalStakingMessage.with {
            $0.unstake.validator = validator
            $0.unstake.amount = coin
        }
        return try world.submit(
            message,
            to: pairing.externalStaking,
            on: chains.provider,
            "cross-unstakes \(coin.amount) over \(pairing.name) from \(validator)"
        )
    }
}

/// Gives up the lien on what has unbonded.
struct Withdrawal: SimulationOperation {
    static let name = "withdrawal"
    let weight: UInt32 = 3

    func perform(in world: SimulationWorld) throws(SandboxError) -> String? {
        guard let pairing = world.drawPairing() else { return nil }
        return try world.submit(
            ExternalStakingMessage.with { $0.withdrawUnbonded = .init() },
            to: pairing.externalStaking,
            on: try world.chains(of: pairing).provider,
            "withdraws what has unbonded over \(pairing.name)"
        )
    }
}
