/// Auditing the logs of a scenario's chains.
extension ScenarioRun {
    /// Closes a chain and audits its log; puts down what was found.
    ///
    /// - Parameter isReopened: whether the chain runs again afterwards, if it ran before.
    @available(*, noasync)
    func audit(_ name: String, reopening isReopened: Bool) throws(ScenarioError) {
        let chain = try chain(name)
        let wasUp = chain.isUp
        try ScenarioError.running(current?.place) { try chain.close() }
        if let auditor {
            let verdict = try ScenarioError.running(current?.place) { try auditor.audit(chain) }
            check("audit of \(name)", expected: "sound", ScenarioFinding(verdict.text, isMet: verdict.isSound))
        }
        if isReopened, wasUp { try ScenarioError.running(current?.place) { try chain.reopen() } }
    }
}
