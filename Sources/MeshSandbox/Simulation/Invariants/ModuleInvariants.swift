/// What the modules of every chain say of their own state.
struct ModuleInvariants: SimulationInvariant {
    static let name = "module invariants"
    let moment = SimulationMoment.always

    func violations(in world: SimulationWorld) throws(SandboxError) -> [String] {
        var lines: [String] = []
        for chain in world.runningChains {
            lines += try chain.invariantViolations().map { "\(chain.chainID): \($0)" }
        }
        return lines
    }
}
