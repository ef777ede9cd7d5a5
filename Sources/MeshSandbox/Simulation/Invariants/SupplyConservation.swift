import ModuleKit

/// At home, there is always as much of a token: what is away waits in escrow.
struct SupplyConservation: SimulationInvariant {
    static let name = "supply at home"
    let moment = SimulationMoment.always

    func violations(in world: SimulationWorld) throws(SandboxError) -> [String] {
        var violations: [String] = []
        for token in world.tokens {
            let chain = try world.network.chain(token.chainID)
            guard chain.isUp else { continue }
            let supply = try chain.supply(of: token.denomination)
            guard supply != token.supply else { continue }
            violations.append("\(token.chainID): there are \(supply) \(token.denomination), not \(token.supply)")
        }
        return violations
    }
}
