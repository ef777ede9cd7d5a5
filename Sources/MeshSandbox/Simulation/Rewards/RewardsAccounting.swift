/// All rewards of a pairing are accounted for on both chains: what the Converter has collected, and what External Staking has
/// received; and when nothing is under way, the two agree (spec section 10).
struct RewardsAccounting: SimulationInvariant {
    static let name = "accounting of rewards"
    let moment = SimulationMoment.always

    func violations(in world: SimulationWorld) throws(SandboxError) -> [String] {
        var lines: [String] = []
        for pairing in world.pairings {
            let chains = try world.chains(of: pairing)
            guard chains.provider.isUp, chains.consumer.isUp else { continue }
            let rewards = try pairing.rewards(chains.provider, chains.consumer)
            lines += rewards.contradictions.map { "\(pairing.name): \($0)" }
        }
        return lines
    }
}
