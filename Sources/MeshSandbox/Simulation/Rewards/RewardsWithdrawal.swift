import ExternalStakingEvents
import LocalStakingEvents
import ModuleKit
import RewardsEvents

/// Withdraws what stake has earned, natively, locally or across chains; now and then for a recipient who is none.
struct RewardsWithdrawal: SimulationOperation {
    static let name = "rewards withdrawal"
    let weight: UInt32 = 6

    func perform(in world: SimulationWorld) throws(SandboxError) -> String? {
        switch world.draw(0...5) {
        case 0: try native(in: world)
        case 1: try local(in: world)
        default: try crossed(in: world)
        }
    }

    private func native(in world: SimulationWorld) throws(SandboxError) -> String? {
        guard let chain = world.draw(world.runningChains), let name = world.draw(chain.specification.validatorNames)
        else { return nil }
        let message = RewardsMessage.with { $0.withdrawAll = .init() }
        try chain.submit(message, to: ChainSpecification.rewardsLabel, from: name)
        return "\(chain.chainID): \(name) withdraws all rewards"
    }

    private func local(in world: SimulationWorld) throws(SandboxError) -> String? {
        guard let chain = world.draw(world.runningChains), let validator = try world.drawOperator(of: chain) else {
            return nil
        }
        return try world.submit(
            LocalStakingMessage.with { $0.withdrawRewards.validator = validator },
            to: ChainSpecification.localStaking,
            on: chain,
            "withdraws rewards of local stake"
        )
    }

    private func crossed(in world: SimulationWorld) throws(SandboxError) -> String? {
        guard let pairing = world.drawPairing() else { return nil }
        let chains = try world.chains(of: pairing)
        guard let validator = try world.drawOperator(of: chains.consumer),
            let recipient = world.draw(SimulationWorld.accounts)
        else { return nil }
        let remote = world.draw(0...9) == 0 ? "nobody" : try chains.consumer.address(of: recipient)
        let message = ExternalStakingMessage.with {
            $0.withdrawRewards.validator = validator
            $0.withdrawRewards.remoteRecipient = remote
        }
        return try world.submit(
            message,
            to: pairing.externalStaking,
            on: chains.provider,
            "withdraws rewards over \(pairing.name) at \(validator)"
        )
    }
}
