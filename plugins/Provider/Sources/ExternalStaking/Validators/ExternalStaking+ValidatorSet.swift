import ControlChannel
import ExternalStakingEvents
import Foundation
import ModuleKit

/// How the consumer's validator set is taken in: in any order, any number of times, with one result.
extension ExternalStaking {
    /// Records what the consumer says of its validators. Rotation statements are checked here; one that is not valid
    /// is left out, and its key does not count.
    func take(
        _ packet: ValidatorSetUpdatePacket,
        _ sequence: UInt64,
        _ pairing: ExternalStakingPairing,
        _ context: Context
    ) throws(ModuleError) {
        var update = ExternalStakingValidatorSetUpdated()
        update.sequence = sequence
        update.height = packet.height
        update.timeSeconds = packet.timeSeconds
        update.additions = try announcements(packet.additions, pairing, context)
        update.removals = packet.removals
        update.updated = try announcements(packet.updated, pairing, context)
        update.jailed = packet.jailed
        update.unjailed = packet.unjailed
        update.tombstoned = packet.tombstoned
        update.slashed = packet.slashed.map(ExternalStakingReportedSlash.init)
        let event = update
        try context.emit(.with { $0.validatorSetUpdated = event })
    }

    private func announcements(
        _ validators: [AnnouncedValidator],
        _ pairing: ExternalStakingPairing,
        _ context: Context
    ) throws(ModuleError) -> [ExternalStakingKeyAnnouncement] {
        var announcements: [ExternalStakingKeyAnnouncement] = []
        for validator in validators {
            let key = validator.consensusKey ?? []
            var vouchingKey: [UInt8] = []
            if let rotation = validator.rotation {
                try context.charge(WorkMeter.Cost.signature)
                if rotation.isValid(on: pairing.chainID, of: validator.operatorAddress, to: key) {
                    vouchingKey = rotation.previousKey
                }
            }
            let voucher = vouchingKey
            announcements.append(
                .with {
                    $0.validator = validator.operatorAddress
                    $0.key = Data(key)
                    $0.vouchingKey = Data(voucher)
                }
            )
        }
        return announcements
    }

    /// Takes an update in: a few reads and writes for each validator that it names.
    func apply(_ update: ExternalStakingValidatorSetUpdated, to state: StateWriter) throws(ModuleError) {
        for announcement in update.additions + update.updated { try name(announcement, in: update, state) }
        try stand(update.additions.map(\.validator), .added, update, state)
        try stand(update.unjailed, .unjailed, update, state)
        try stand(update.removals, .removed, update, state)
        try stand(update.jailed, .jailed, update, state)
        try stand(update.tombstoned, .tombstoned, update, state)
    }

    private func name(
        _ announcement: ExternalStakingKeyAnnouncement,
        in update: ExternalStakingValidatorSetUpdated,
        _ state: StateWriter
    ) throws(ModuleError) {
        let naming = KeyNaming(
            key: try ConsensusKey(optional: announcement.key),
            vouchingKey: try ConsensusKey(optional: announcement.vouchingKey),
            sequence: update.sequence,
            height: update.height
        )
        try change(announcement.validator, state) { $0.add(naming) }
        guard let key = naming.key else { return }
        let claim = KeyClaim(validator: announcement.validator, sequence: update.sequence, height: update.height)
        try keyClaims.update(key, in: state) { kept in kept = min(kept ?? claim, claim) }
    }

    private func stand(
        _ names: [String],
        _ word: ValidatorStanding.Word,
        _ update: ExternalStakingValidatorSetUpdated,
        _ state: StateWriter
    ) throws(ModuleError) {
        let standing = ValidatorStanding(word: word, height: update.height)
        for name in names { try change(name, state) { $0.add(standing) } }
    }

    private func change(_ validator: String, _ state: StateWriter, _ body: (inout ValidatorRecord) -> Void)
        throws(ModuleError)
    {
        try validators.update(validator, in: state) { kept in
            var record = kept ?? ValidatorRecord()
            body(&record)
            kept = record
        }
    }
}

extension ExternalStakingReportedSlash {
    /// What the consumer reports, as it stands in the log.
    init(_ slash: ReportedSlash) {
        self = .with {
            $0.validator = slash.validator
            $0.infractionHeight = slash.infractionHeight
            $0.infractionTimeSeconds = slash.infractionTimeSeconds
            $0.power = slash.power
            $0.amount = ProtoCoin(slash.amount)
            $0.ratio = slash.ratio.description
        }
    }
}
