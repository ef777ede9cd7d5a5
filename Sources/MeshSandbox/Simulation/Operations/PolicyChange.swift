/// Has the relayer treat the packets of a channel in another way from now on.
struct PolicyChange: SimulationOperation {
    static let name = "policy change"
    let weight: UInt32 = 3
    private static let policies: [(name: String, policy: DeliveryPolicy)] = [
        ("promptly", .prompt), ("in random order", .shuffled), ("twice", .duplicated), ("never", .dropped),
        ("late", .delayed(steps: 4)), ("after forgeries", .forged), ("in every way", .hostile),
    ]

    func perform(in world: SimulationWorld) throws(SandboxError) -> String? {
        guard let relayer = world.draw(world.network.relayers), let path = world.draw(relayer.paths),
            let (name, policy) = world.draw(Self.policies)
        else { return nil }
        try relayer.setPolicy(policy, ofPath: path.name)
        return "the relayer delivers over \(path.name) \(name)"
    }
}
