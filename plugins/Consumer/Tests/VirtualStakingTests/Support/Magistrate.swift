import Foundation
public import ModuleKit
public import StakingEvents

/// Punishes validators when a test says so.
struct Magistrate: ProtocolModule {
    typealias Message = NoVocabulary
    typealias Event = MagistrateEvent
    typealias Query = NoVocabulary

    static let manifest = Manifest(name: "magistrate", version: "1.0.0")

    func handle(_ message: NoVocabulary, _ context: Context) throws(ModuleError) {
        throw ModuleError(.unknownMessage, "the magistrate takes no messages")
    }

    func apply(_ event: MagistrateEvent, to state: StateWriter) throws(ModuleError) {}
}

extension MagistrateEvent: EventVocabulary {
    /// Every kind of event.
    public static let kinds = [
        EventKind(1, "slashed"), EventKind(2, "jailed"), EventKind(3, "tombstoned"), EventKind(4, "unjailed"),
    ]
    /// The description of `magistrate.proto`.
    public static let descriptorSet = [UInt8](Data(base64Encoded: magistrateDescriptorSetBase64) ?? Data())
}

extension MagistrateEvent: PunishesValidators {
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
                return [
                    ValidatorPunishment(consensusAddress: try Address(bytes: event.consensusAddress), .jail(until: nil))
                ]
            case .tombstoned(let event):
                return [ValidatorPunishment(consensusAddress: try Address(bytes: event.consensusAddress), .tombstone)]
            case .unjailed(let event):
                return [ValidatorPunishment(consensusAddress: try Address(bytes: event.consensusAddress), .unjail)]
            case nil: return []
            }
        }
    }
}
