import Foundation
public import ModuleKit

extension LedgerMessage: MessageVocabulary {
    /// A message that goes through some steps.
    static func steps(_ steps: LedgerStep...) -> LedgerMessage { .steps(steps) }

    static func steps(_ steps: [LedgerStep]) -> LedgerMessage { .with { $0.script.steps = steps } }
}

extension LedgerQuery: QueryVocabulary {
    /// What the ledger answers with.
    public typealias Answer = LedgerAnswer
}

extension LedgerEvent: EventVocabulary {
    /// Every kind that the ledger may record; `stray` is left out on purpose.
    public static let kinds: [EventKind] = [
        EventKind(1, "set"),
        EventKind(2, "removed"),
        EventKind(3, "nested"),
        EventKind(4, "poisoned"),
        EventKind(5, "minted", privilege: .ledgerMint),
        EventKind(6, "power_changed"),
        EventKind(7, "settled", delivery: .final),
        EventKind(8, "padded"),
        EventKind(10, "heard"),
        EventKind(11, "sent"),
    ]

    /// Version 2; the first is read by `upcast`.
    public static let schemaVersion: UInt32 = 2

    /// The descriptor set of `testing.proto`.
    public static let descriptorSet: [UInt8] = Array(Data(base64Encoded: testingDescriptorSetBase64) ?? Data())

    /// Reads version 1, in which values were texts.
    public static func upcast(_ payload: [UInt8], from schemaVersion: UInt32) throws(ModuleError) -> LedgerEvent {
        guard schemaVersion == 1 else {
            throw ModuleError(.unknownSchemaVersion, "version \(schemaVersion) of the ledger's events is not known")
        }
        let first = try LedgerFirstEvent(decodingBytes: payload)
        try first.requireKnownFields()
        guard let value = UInt64(first.set.value) else {
            throw ModuleError(.undecodable, "'\(first.set.value)' is not a value")
        }
        return .set(first.set.shelf, first.set.name, value)
    }
}

extension LedgerEvent: UpdatesValidators {
    /// A change of the one validator's power.
    public var validatorUpdates: [ValidatorUpdate] {
        get throws(ModuleError) {
            guard case .powerChanged(let power) = event else { return [] }
            return [ValidatorUpdate(publicKey: Array(repeating: 7, count: 32), power: power)]
        }
    }
}

extension Privilege {
    static let ledgerMint = Privilege("ledger/mint")
}

extension ModuleError.Code {
    /// A script's `fail`.
    static let scripted = Self("ledger", 1)
    /// A poisoned event does not fit any state.
    static let poisoned = Self("ledger", 2)
}

extension LedgerStep {
    static func set(_ shelf: String, _ name: String, _ value: UInt64) -> LedgerStep {
        .with { $0.set = .entry(shelf, name, value) }
    }

    static func remove(_ shelf: String, _ name: String) -> LedgerStep {
        .with {
            $0.remove.shelf = shelf
            $0.remove.name = name
        }
    }

    static func poison(_ shelf: String, _ name: String, _ value: UInt64) -> LedgerStep {
        .with { $0.poison = .entry(shelf, name, value) }
    }

    static func attempt(_ steps: LedgerStep...) -> LedgerStep { attempt(steps) }

    static func attempt(_ steps: [LedgerStep]) -> LedgerStep { .with { $0.attempt.steps = steps } }

    static func insist(_ steps: LedgerStep...) -> LedgerStep { insist(steps) }

    static func insist(_ steps: [LedgerStep]) -> LedgerStep { .with { $0.insist.steps = steps } }

    static func settle(_ steps: LedgerStep...) -> LedgerStep { .with { $0.settle.steps = steps } }

    /// Tells instances something, in the ledger's own name.
    static func send(_ messages: (instance: String, payload: [UInt8])...) -> LedgerStep {
        .with { step in
            step.send.messages = messages.map { message in
                .with {
                    $0.instance = message.instance
                    $0.payload = Data(message.payload)
                }
            }
        }
    }

    /// Tells a ledger to go through some steps.
    static func send(to instance: String, _ steps: LedgerStep...) throws -> LedgerStep {
        .send((instance, try LedgerMessage.steps(steps).encodedBytes()))
    }

    static func mint(_ value: UInt64) -> LedgerStep { .with { $0.mint = value } }

    static func power(_ value: UInt64) -> LedgerStep { .with { $0.power = value } }

    static func pad(_ count: UInt32) -> LedgerStep { .with { $0.pad = count } }

    static var fail: LedgerStep { .with { $0.fail = "as the script says" } }

    static var stray: LedgerStep { .with { $0.stray = 1 } }

    static var blank: LedgerStep { .with { $0.blank = true } }

    /// Events that lead to one another, so many in a chain.
    static func chain(_ count: Int) -> LedgerStep {
        (1..<max(count, 1)).reduce(.insist()) { inner, _ in .insist(inner) }
    }
}

extension LedgerEntry {
    static func entry(_ shelf: String, _ name: String, _ value: UInt64) -> LedgerEntry {
        .with {
            $0.shelf = shelf
            $0.name = name
            $0.value = value
        }
    }
}

extension LedgerEvent {
    static func set(_ shelf: String, _ name: String, _ value: UInt64) -> LedgerEvent {
        .with { $0.set = .entry(shelf, name, value) }
    }

    static func nested(_ steps: LedgerStep...) -> LedgerEvent { .with { $0.nested.steps = steps } }

    static func settled(_ steps: LedgerStep...) -> LedgerEvent { .with { $0.settled.steps = steps } }

    static func heard(_ sequence: UInt64) -> LedgerEvent { .with { $0.heard = sequence } }

    /// The name of the event's kind.
    var kindName: String {
        guard let payload = try? encodedBytes(), let tag = payload.first else { return "blank" }
        return Self.kind(numbered: UInt32(tag >> 3))?.name ?? "unlisted"
    }
}

extension LedgerEvent: SendsMessages {
    /// What a script says that others are told; a message to `broken` can't be read.
    public var outgoingMessages: [OutgoingMessage] {
        get throws(ModuleError) {
            guard case .sent(let dispatch) = event else { return [] }
            guard !dispatch.messages.contains(where: { $0.instance == "broken" }) else {
                throw ModuleError(.scripted, "as the event says")
            }
            return dispatch.messages.map { OutgoingMessage(to: $0.instance, payload: Array($0.payload)) }
        }
    }
}

extension LedgerEvent: AddressesInstances {
    /// What is heard from a thousand on is for the instance of that number, less a thousand.
    public var addressee: UInt32? {
        guard case .heard(let value) = event, value >= 1_000 else { return nil }
        return UInt32(clamping: value - 1_000)
    }
}

extension LedgerEvent: AuthorizesReactions {
    /// An entry on the shelf `authorized` names the instance of its value, also where it is a script's first step; one on the
    /// shelf `broken` can't be read.
    public var authorizedInstances: [UInt32] {
        get throws(ModuleError) {
            let entry: LedgerEntry? =
                switch event {
                case .set(let entry): entry
                case .settled(let script): script.steps.first?.set
                default: nil
                }
            switch entry?.shelf {
            case "authorized": return [UInt32(clamping: entry?.value ?? 0)]
            case "broken": throw ModuleError(.scripted, "as the event says")
            default: return []
            }
        }
    }
}
