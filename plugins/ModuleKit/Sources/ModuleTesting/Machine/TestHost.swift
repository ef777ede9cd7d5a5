internal import ModuleKit

/// Instance 0 in the place of the host: it records what failed and was rolled back alone, and what a test decides on grants.
struct TestHost: ProtocolModule {
    typealias Message = NoVocabulary
    typealias Event = HarnessEvent
    typealias Query = NoVocabulary

    static let manifest = Manifest(name: "test-host", version: "1.0.0")

    let decisions = StateMap<Pair<UInt32, String>, HarnessDecision>(1, "decisions")

    func handle(_ message: NoVocabulary, _ context: Context) throws(ModuleError) {
        throw ModuleError(.unknownMessage, "the test host takes no messages")
    }

    func apply(_ event: HarnessEvent, to state: StateWriter) throws(ModuleError) {
        guard let change = try event.grantChange else { return }
        let decision = HarnessDecision.with {
            $0.isGranted = change.grant != nil
            $0.cap = change.grant?.recordedCap ?? ""
        }
        try decisions.set(decision, for: Pair(change.instance, change.privilege.name), in: state)
    }

    /// What the test has decided on an instance's grant; nil when it has decided nothing.
    func decision(on privilege: Privilege, of instance: InstanceIdentity, in state: StateReader) throws(ModuleError)
        -> HarnessDecision?
    {
        try decisions.value(for: Pair(instance.number, privilege.name), in: state)
    }
}
