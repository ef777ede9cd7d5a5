import ModuleKit

/// Nobody pays more for an infraction than its fraction of what he had at the time (spec section 11).
///
/// Rounded down for each user and validator. What was sent or given up within the difference of the two clocks counts as stake.
struct SlashesWithinStake: SimulationInvariant {
    static let name = "slashes within stake"
    let moment = SimulationMoment.always

    func violations(in world: SimulationWorld) throws(SandboxError) -> [String] {
        try world.linesOfInfractions { (book) throws(ModuleError) in try book.excesses() }
    }
}

/// Nobody who had stake at an infraction gets away without paying, once nothing is under way (spec section 11).
///
/// What was sent or given up within the difference of the two clocks may be left out, and so is what was cut since.
struct NobodyEscapes: SimulationInvariant {
    static let name = "nobody escapes"
    let moment = SimulationMoment.settled

    func violations(in world: SimulationWorld) throws(SandboxError) -> [String] {
        try world.linesOfInfractions { (book) throws(ModuleError) in try book.escapes() }
    }
}

extension SimulationWorld {
    fileprivate func linesOfInfractions(_ find: (InfractionBook) throws(ModuleError) -> [String])
        throws(SandboxError) -> [String]
    {
        var lines: [String] = []
        for (pairing, book) in zip(pairings, logs.infractions) {
            lines += try SandboxError.asking("the infractions over '\(pairing.name)'") { () throws(ModuleError) in
                try find(book).map { "\(pairing.name): \($0)" }
            }
        }
        return lines
    }
}
