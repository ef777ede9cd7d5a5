internal import ModuleKit

/// Instance 0 in the place of the host: it records what failed and was rolled back alone.
struct TestHost: ProtocolModule {
    typealias Message = NoVocabulary
    typealias Event = HarnessEvent
    typealias Query = NoVocabulary

    static let manifest = Manifest(name: "test-host", version: "1.0.0")

    func handle(_ message: NoVocabulary, _ context: Context) throws(ModuleError) {
        throw ModuleError(.unknownMessage, "the test host takes no messages")
    }

    func apply(_ event: HarnessEvent, to state: StateWriter) throws(ModuleError) {}
}
