import ExternalStakingEvents
import Foundation
import ModuleKit

extension ValidatorRecord: StoredValue {
    init(_ stored: ExternalStakingStoredValidator) throws(ModuleError) {
        var namings: [KeyNaming] = []
        for naming in stored.namings { namings.append(try KeyNaming(naming)) }
        self.init(
            namings: namings,
            current: stored.hasCurrent ? try KeyNaming(stored.current) : nil,
            standing: try ValidatorStanding(stored.status, height: stored.statusHeight),
            reliedUpon: stored.hasReliedUpon ? try KeyNaming(stored.reliedUpon) : nil
        )
        guard namings.count <= Self.namingsMax, zip(namings, namings.dropFirst()).allSatisfy({ $0 < $1 }) else {
            throw .damaged("the keys of a validator are too many, or out of order")
        }
    }

    var stored: ExternalStakingStoredValidator {
        .with {
            $0.namings = namings.map(\.stored)
            if let current { $0.current = current.stored }
            $0.status = ExternalStakingValidatorStatus(rawValue: standing?.word.rawValue ?? 0) ?? .unspecified
            $0.statusHeight = standing?.height ?? 0
            if let reliedUpon { $0.reliedUpon = reliedUpon.stored }
        }
    }
}

extension KeyNaming {
    init(_ stored: ExternalStakingStoredKeyNaming) throws(ModuleError) {
        self.init(
            key: try ConsensusKey(optional: stored.key),
            vouchingKey: try ConsensusKey(optional: stored.vouchingKey),
            sequence: stored.sequence,
            height: stored.height
        )
    }

    var stored: ExternalStakingStoredKeyNaming {
        .with {
            $0.key = Data(key?.bytes ?? [])
            $0.vouchingKey = Data(vouchingKey?.bytes ?? [])
            $0.sequence = sequence
            $0.height = height
        }
    }
}

extension KeyClaim: StoredValue {
    init(_ stored: ExternalStakingStoredKeyClaim) {
        self.init(
            validator: stored.validator,
            sequence: stored.sequence,
            height: stored.height,
            isReliedUpon: stored.reliedUpon
        )
    }

    var stored: ExternalStakingStoredKeyClaim {
        .with {
            $0.validator = validator
            $0.sequence = sequence
            $0.height = height
            $0.reliedUpon = isReliedUpon
        }
    }
}

extension ConsensusKey {
    /// The key in a field that may be empty.
    init?(optional bytes: Data) throws(ModuleError) {
        guard !bytes.isEmpty else { return nil }
        try self.init(Array(bytes))
    }
}

extension ValidatorStanding {
    init?(_ status: ExternalStakingValidatorStatus, height: UInt64) throws(ModuleError) {
        guard status != .unspecified else { return nil }
        guard let word = Word(rawValue: status.rawValue) else { throw .damaged("a validator has an unknown status") }
        self.init(word: word, height: height)
    }
}
