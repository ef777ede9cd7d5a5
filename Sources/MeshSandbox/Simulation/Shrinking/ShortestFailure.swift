/// Looking for the shortest beginning of something that fails.
enum ShortestFailure {
    /// Bisects between a length that passes and one that fails.
    ///
    /// - Parameters:
    ///   - passing: a length that is known, or taken, to pass.
    ///   - failing: a longer one that fails, with what it fails with.
    ///   - probe: what a length fails with; nil when it passes.
    /// - Returns: a length that fails while the one below passes, unless it is the first above `passing`; and what it fails
    ///   with.
    /// - Complexity: O(log(failing - passing)) probes.
    static func bisect<Failure>(
        passing: Int,
        failing: (length: Int, failure: Failure),
        _ probe: (Int) throws(SandboxError) -> Failure?
    ) throws(SandboxError) -> (length: Int, failure: Failure) {
        var (passing, failing) = (passing, failing)
        while failing.length - passing > 1 {
            let middle = passing + (failing.length - passing) / 2
            if let failure = try probe(middle) { failing = (middle, failure) } else { passing = middle }
        }
        return failing
    }
}
