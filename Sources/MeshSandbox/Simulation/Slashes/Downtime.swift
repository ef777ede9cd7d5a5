import ModuleKit
import SlashingEvents

/// Lets a validator sign no more. Its chain jails it, unless it is back in time.
struct GoingOffline: SimulationOperation {
    static let name = "downtime"
    let weight: UInt32 = 4

    func perform(in world: SimulationWorld) throws(SandboxError) -> String? {
        guard let chain = world.draw(world.runningChains), let name = world.draw(chain.specification.validatorNames),
            try world.canGoOffline(name, of: chain)
        else { return nil }
        do throws(SandboxError) {
            try chain.setOnline(false, validator: name)
        } catch  where error.code == .noQuorum {
            // One that was jailed a moment ago still counts.
            return nil
        }
        return "\(chain.chainID): \(name) goes offline"
    }
}

/// Lets a validator that is offline or jailed sign again; its operator says so to the chain, perhaps too early.
struct Unjailing: SimulationOperation {
    static let name = "unjailing"
    let weight: UInt32 = 4

    func perform(in world: SimulationWorld) throws(SandboxError) -> String? {
        guard let chain = world.draw(world.runningChains) else { return nil }
        let standings = try world.standings(of: chain)
        guard let validator = world.draw(standings.filter { $0.isOffline || $0.isJailed }) else { return nil }
        try chain.setOnline(true, validator: validator.name)
        guard validator.isJailed else { return "\(chain.chainID): \(validator.name) is online again" }
        try chain.submit(SlashingMessage.with { $0.unjail = .init() }, to: "slashing", from: validator.name)
        return "\(chain.chainID): \(validator.name) asks to be unjailed"
    }
}
