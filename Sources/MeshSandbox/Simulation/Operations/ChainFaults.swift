/// Lets a chain crash, between two blocks or within one. One of them runs always.
struct ChainCrash: SimulationOperation {
    static let name = "crash"
    let weight: UInt32 = 1

    func perform(in world: SimulationWorld) throws(SandboxError) -> String? {
        let running = world.runningChains
        guard running.count > 1, let chain = world.draw(running) else { return nil }
        let isWithinBlock = world.draw(0...1) == 0
        let losesPending = world.draw(0...1) == 0
        try chain.crash(
            isWithinBlock ? .beforeCommit(time: world.network.now) : .betweenBlocks,
            losesPending: losesPending
        )
        return "\(chain.chainID) crashes\(isWithinBlock ? " within a block" : "")"
    }
}

/// Runs a chain again that has crashed.
struct ChainReopening: SimulationOperation {
    static let name = "reopening"
    let weight: UInt32 = 3

    func perform(in world: SimulationWorld) throws(SandboxError) -> String? {
        guard let chain = world.draw(world.network.chains.filter { !$0.isUp }) else { return nil }
        try chain.reopen()
        return "\(chain.chainID) is reopened"
    }
}

/// Lets time pass, sometimes more than the timeouts of packets.
struct PassingTime: SimulationOperation {
    static let name = "passing time"
    let weight: UInt32 = 4

    func perform(in world: SimulationWorld) throws(SandboxError) -> String? {
        let usual = world.network.stepInterval
        defer { world.network.stepInterval = usual }
        let interval = Duration.seconds(Int64(world.draw(5...120)))
        world.network.stepInterval = interval
        try world.advance()
        return "\(interval) pass"
    }
}
