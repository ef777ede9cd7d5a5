import MeshHost
import ModuleKit

/// Observers of a scenario.
extension ScenarioRun {
    /// Has an account look at a chain, and prove on its own one what validators did there, each time waiting for the block.
    ///
    /// - Returns: what was found, and what became of it; one for each place that had to be told.
    @available(*, noasync)
    func observe(_ consumer: String, as account: AccountReference) throws(ScenarioError) -> [ObserverOutcome] {
        let (consumer, provider) = (try chain(consumer), try chain(account.chain))
        let place = current?.place
        let observed = try ScenarioError.running(place) { try ObservedChain(home: consumer.host().store) }
        let observer = Observer(of: observed)
        return try observer.outcomes(
            of: try ScenarioError.running(place) { try observed.faults() },
            reporting: { (fault) throws(ScenarioError) in
                try ScenarioError.running(place) { try observer.reports(of: fault, to: provider.host()) }
            },
            submitting: { (messages) throws(ScenarioError) in try transact(messages, from: account)?.error?.message }
        )
    }
}
