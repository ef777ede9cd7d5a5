import Foundation
public import ModuleKit
public import StakingEvents

/// Punishes validators when a test says so.
public struct Magistrate: ProtocolModule {
    /// It takes none: tests record its events.
    public typealias Message = NoVocabulary
    /// What it records.
    public typealias Event = MagistrateEvent
    /// It answers nothing.
    public typealias Query = NoVocabulary

    /// What it says of itself.
    public static let manifest = Manifest(name: "magistrate", version: "1.0.0")

    /// A magistrate.
    public init() {}

    /// Refuses.
    public func handle(_ message: NoVocabulary, _ context: Context) throws(ModuleError) {
        throw ModuleError(.unknownMessage, "the magistrate takes no messages")
    }

    /// Keeps nothing.
    public func apply(_ event: MagistrateEvent, to state: StateWriter) throws(ModuleError) {}
}

extension MagistrateEvent: EventVocabulary {
    /// Every kind of event.
    public static let kinds = [
        EventKind(1, "slashed"), EventKind(2, "jailed"), EventKind(3, "tombstoned"), EventKind(4, "unjailed"),
    ]
    /// The description of `magistrate.proto` and its imports.
    public static let descriptorSet = [UInt8](Data(base64Encoded: magistrateDescriptorSetBase64) ?? Data())
}

extension MagistrateEvent: PunishesValidators {
    /// What the event does to validators.
    public var punishments: [ValidatorPunishment] {
        get throws(ModuleError) {
            switch event {
            case .slashed(let slash): [try slash.punishment]
            case .jailed(let jail): [try jail.punishment]
            case .tombstoned(let tombstone): [try tombstone.punishment]
            case .unjailed(let unjail): [try unjail.punishment]
            case nil: []
            }
        }
    }
}
