import CometBFT

/// Has a validator sign two blocks of one height. Its own chain sees it, or only observers do; now and then somebody tells its
/// providers at once.
struct DoubleSigning: SimulationOperation {
    static let name = "double sign"
    let weight: UInt32 = 4

    func perform(in world: SimulationWorld) throws(SandboxError) -> String? {
        guard let chain = world.draw(world.runningChains), let name = try world.drawOffender(of: chain) else {
            return nil
        }
        var isReported = world.draw(0...1) == 0
        if isReported { isReported = try world.canTombstone(name, of: chain) }
        let evidence = try chain.doubleSign(validator: name, isReported: isReported)
        var text = "\(chain.chainID): \(name) signs twice at height \(evidence.height)"
        if !isReported { text += ", which its chain does not see" }
        guard world.draw(0...2) == 0 else { return text }
        for pairing in world.pairings where pairing.consumer == chain.chainID {
            if let said = try world.bringEvidence(over: pairing) { text += "; \(said)" }
        }
        return text
    }
}
