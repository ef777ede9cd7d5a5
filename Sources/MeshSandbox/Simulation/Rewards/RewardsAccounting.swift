/// All rewards of a pairing are accounted for on both chains: what the Converter has collected, and what External Staking has
/// received; and when nothing is under way, the two agree (spec section 10).
struct RewardsAccounting: SimulationInvariant {
    static let name = "accounting of rewards"
    let moment = SimulationMoment.always

    func violations(in world: SimulationWorld) throws(SandboxError) -> [String] {
        try world.violationsOfPairings { (pairing, provider, consumer) throws(SandboxError) in
            try pairing.rewards(provider, consumer).contradictions
        }
    }
}
