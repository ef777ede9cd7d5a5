import ExternalStakingEvents
import ModuleKit
import VaultEvents

/// Stakes collateral on another chain's validator: now and then all that there is, so that liens give way to slashes of others.
struct CrossStaking: SimulationOperation {
    static let name = "cross-stake"
    let weight: UInt32 = 14

    func perform(in world: SimulationWorld) throws(SandboxError) -> String? {
        guard let pairing = world.drawPairing() else { return nil }
        let chains = try world.chains(of: pairing)
        guard let validator = try world.drawOperator(of: chains.consumer),
            let account = world.draw(SimulationWorld.accounts)
        else { return nil }
        var coin = try world.drawStake(on: chains.provider)
        if world.draw(0...2) == 0 { coin.amount = try Self.rest(of: account, over: pairing, on: chains.provider) }
        let message = VaultMessage.with {
            $0.stakeRemote.holder = pairing.externalStaking
            $0.stakeRemote.validator = validator
            $0.stakeRemote.amount = coin
        }
        try chains.provider.submit(message, to: ChainSpecification.vault, from: account)
        return "\(chains.provider.chainID): \(account) cross-stakes \(coin.amount) over \(pairing.name) on \(validator)"
    }

    /// How far an account's lien may still grow.
    private static func rest(of account: String, over pairing: PairingSpecification, on chain: SandboxChain)
        throws(SandboxError) -> String
    {
        let address = try chain.address(of: account)
        let query = VaultQuery.with { $0.account.address = address }
        let found = try chain.query(query, of: ChainSpecification.vault).account
        return try SandboxError.asking("the collateral of '\(account)'") { () throws(ModuleError) in
            let lien = found.liens.first { $0.holder.label == pairing.externalStaking }
            let high = try lien.map { (lien) throws(ModuleError) in try Amount(lien.amount.high) } ?? .zero
            return try Amount(found.bonded).saturatingSubtracting(high).description
        }
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
