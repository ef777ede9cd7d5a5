/// Nothing fails that nobody may refuse: acknowledgements, timeouts, cuts of liens, and what blocks begin and end with (spec
/// section 3).
struct AcknowledgementsTaken: SimulationInvariant {
    static let name = "acknowledgements taken"
    let moment = SimulationMoment.always

    func violations(in world: SimulationWorld) -> [String] { world.logs.failures + world.refusedSettlements }
}
