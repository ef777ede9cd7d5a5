import Foundation
@_spi(Host) public import ModuleKit
public import StakingEvents

/// Takes two places at once: the host's, which reconfigures instances, and the slashing module's, which punishes validators.
struct Conductor: ProtocolModule {
    typealias Message = ConductorMessage
    typealias Event = ConductorEvent
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

    func apply(_ event: ConductorEvent, to state: StateWriter) throws(ModuleError) {}
}

extension ConductorMessage: MessageVocabulary {}

extension ConductorEvent: EventVocabulary {
    /// Every kind of event.
    public static let kinds = [
        EventKind(1, "slashed"), EventKind(2, "jailed"), EventKind(3, "tombstoned"), EventKind(4, "unjailed"),
    ]
    /// The description of `conductor.proto`.
    public static let descriptorSet = [UInt8](Data(base64Encoded: conductorDescriptorSetBase64) ?? Data())
}

extension ConductorEvent: PunishesValidators {
    /// What the event does to validators.
    public var punishments: [ValidatorPunishment] {
        get throws(ModuleError) {
            switch event {
            case .slashed(let slash):
                let action = ValidatorPunishment.Action.slash(
                    fraction: try Decimal18(slash.fraction),
                    infractionHeight: slash.infractionHeight,
                    power: slash.power
                )
                return [ValidatorPunishment(consensusAddress: try Address(bytes: slash.consensusAddress), action)]
            case .jailed(let event):
                let address = try Address(bytes: event.consensusAddress)
                return [ValidatorPunishment(consensusAddress: address, .jail(until: nil))]
            case .tombstoned(let event):
                return [ValidatorPunishment(consensusAddress: try Address(bytes: event.consensusAddress), .tombstone)]
            case .unjailed(let event):
                return [ValidatorPunishment(consensusAddress: try Address(bytes: event.consensusAddress), .unjail)]
            case nil: return []
            }
        }
    }
}
