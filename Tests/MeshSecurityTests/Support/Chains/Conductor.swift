@_spi(Host) public import ModuleKit
import StakingTesting

/// Takes two places at once: the host's, which reconfigures instances, and the slashing module's, which punishes validators.
struct Conductor: ProtocolModule {
    typealias Message = ConductorMessage
    typealias Event = MagistrateEvent
    typealias Query = NoVocabulary

    static let manifest = Manifest(name: "conductor", version: "1.0.0")

    func handle(_ message: ConductorMessage, _ context: Context) throws(ModuleError) {
        guard case .reconfigure(let request) = message.message else {
            throw ModuleError(.unknownMessage, "the conductor reconfigures, and nothing else")
        }
        let configuration = try JSONValue(parsing: request.configuration)
        let instance = try context.execution.instance(request.instance)
        try instance.run(.configure(configuration, sender: context.sender), context.execution)
    }

    func apply(_ event: MagistrateEvent, to state: StateWriter) throws(ModuleError) {}
}

extension ConductorMessage: MessageVocabulary {}
