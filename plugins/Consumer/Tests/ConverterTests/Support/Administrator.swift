import Converter
@_spi(Host) public import ModuleKit
import ModuleTesting

extension AdministratorReconfigure: MessageVocabulary {}

/// Takes the part of the host when an admin reconfigures instance 1.
struct Administrator: ProtocolModule {
    typealias Message = AdministratorReconfigure
    typealias Event = HarnessEvent
    typealias Query = NoVocabulary

    static let manifest = Manifest(name: "administrator", version: "1.0.0")

    func handle(_ message: AdministratorReconfigure, _ context: Context) throws(ModuleError) {
        let configuration = try JSONValue(parsing: message.configuration)
        let instance = try context.execution.instance(1)
        try instance.run(.configure(configuration, sender: context.sender), context.execution)
    }

    func apply(_ event: HarnessEvent, to state: StateWriter) throws(ModuleError) {}
}

extension ConsumerChain {
    /// Reconfigures the converter; what came of it.
    @discardableResult
    func reconfigure(_ configuration: JSONValue, from admin: Address = authority) throws -> Outcome<Converter> {
        try harness.when(.with { $0.configuration = configuration.text() }, to: Administrator.self, from: admin)
    }
}
