public import CometBFT
import MeshHost

extension Network {
    /// Has an account watch a chain, and tell another one what validators did there. It waits for nothing but inclusion.
    ///
    /// - Parameters:
    ///   - consumer: the chain that is watched, by its blocks.
    ///   - provider: the chain that is told.
    ///   - votes: what the observer has heard besides.
    ///   - account: who signs.
    /// - Returns: what was found, and what became of it; one for each place that had to be told.
    /// - Throws: `wrongName`, `chainDown`, and what making blocks throws.
    @available(*, noasync)
    public func observe(
        _ consumer: String,
        for provider: String,
        hearing votes: [Vote] = [],
        evidence: [Evidence] = [],
        as account: String
    ) throws(SandboxError) -> [ObserverOutcome] {
        var observed = try ObservedChain(home: chain(consumer).host().store)
        observed.add(votes)
        observed.add(evidence)
        let observer = Observer(of: observed)
        return try observer.outcomes(
            of: try observed.faults(),
            reporting: { (fault) throws(SandboxError) in try observer.reports(of: fault, to: chain(provider).host()) },
            submitting: { (messages) throws(SandboxError) in
                do throws(SandboxError) {
                    try execute(messages, on: provider, from: account)
                    return nil
                } catch  where error.code == .refused {
                    return error.message
                }
            }
        )
    }
}
