extension Simulation {
    /// The same violation by the shortest run.
    ///
    /// What was found after a step is looked for after every step since the last look, in one more run. What was found in
    /// the end is looked for in the end of shorter runs, by bisection: a run that passes in the end may have failed on its
    /// way, so the result is a run that fails while the one below it passes.
    func shortened(_ found: SimulationViolation, in folder: String, _ progress: (Progress) -> Void) throws(SandboxError)
        -> SimulationViolation
    {
        progress(.shortening(found.stepCount))
        let checkedFrom = found.moment == .step ? max(0, found.stepCount - options.checkInterval) : found.stepCount
        guard var shortest = try violation(ofFirst: found.stepCount, checkedFrom: checkedFrom, in: folder) else {
            // Not deterministic, which the report says by itself.
            return found
        }
        shortest.isReproduced = true
        guard shortest.moment != .step else { return shortest }
        let (length, violation) = try ShortestFailure.bisect(passing: -1, failing: (shortest.stepCount, shortest)) {
            (length) throws(SandboxError) in
            progress(.shortening(length))
            return try self.violation(ofFirst: length, checkedFrom: length, in: folder)
        }
        shortest = violation
        shortest.stepCount = min(length, violation.stepCount)
        shortest.isReproduced = true
        return shortest
    }
}
