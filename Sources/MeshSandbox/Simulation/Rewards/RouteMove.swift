/// Sends rewards of a pairing another way, mostly by the authorities of both chains.
struct RouteMove: SimulationOperation {
    static let name = "route move"
    let weight: UInt32 = 2

    func perform(in world: SimulationWorld) throws(SandboxError) -> String? {
        guard let pairing = world.drawPairing(), let route = world.draw(RewardRoute.allCases) else { return nil }
        let chains = try world.chains(of: pairing)
        // One that only one chain knows of has the other refuse, until it is told too.
        let sides = world.draw(0...4) == 0 ? world.draw(PairingSide.allCases).map { [$0] } ?? [] : PairingSide.allCases
        for side in sides {
            let message = try PairingSetup(pairing).rerouting(to: route, on: side, in: world.network)
            let chain = side == .provider ? chains.provider : chains.consumer
            try chain.submit([message], from: ChainSpecification.authority)
        }
        return "\(pairing.name): rewards go by \(route.rawValue), says \(sides.map(\.rawValue).joined(separator: ", "))"
    }
}
