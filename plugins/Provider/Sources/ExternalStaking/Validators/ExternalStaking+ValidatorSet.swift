import ControlChannel
import ExternalStakingEvents
import Foundation
import ModuleKit

/// How the consumer's validator set is taken in: in any order, any number of times, with one result.
extension ExternalStaking {
    /// Records what the consumer says of its validators. Rotation statements are checked here; one that is not valid
    /// is left out, and its key does not count.
    ///
    /// - Throws: `tooManyConsumerValidators`, `tooManyKeys`: then all of the packet is refused, and sent again later. A
    ///   consumer that asks for more room than there is does nothing but that.
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
        try requireRoom(for: event, context)
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

    /// Checks that an update names no more validators and keys than there is room for.
    private func requireRoom(for update: ExternalStakingValidatorSetUpdated, _ context: Context) throws(ModuleError) {
        let settings = try requireSettings(context)
        var count = try validatorCount.value(in: context) ?? 0
        // By the bytes of the name; never iterated.
        var records: [[UInt8]: ValidatorRecord] = [:]
        func record(of validator: String) throws(ModuleError) -> ValidatorRecord {
            let name = Array(validator.utf8)
            if let known = records[name] { return known }
            let stored = try validators.value(for: validator, in: context)
            count += stored == nil ? 1 : 0
            let found = stored ?? ValidatorRecord()
            records[name] = found
            return found
        }
        for announcement in update.additions + update.updated {
            var record = try record(of: announcement.validator)
            let naming = try KeyNaming(announcement, in: update)
            guard record.hasRoom(for: naming, max: Int(settings.keysMax)) else {
                throw ModuleError(
                    .tooManyKeys,
                    "\(settings.keysMax) keys of one validator are kept here, and no more: have the admin of the "
                        + "external staking raise keys_max"
                )
            }
            record.add(naming)
            records[Array(announcement.validator.utf8)] = record
        }
        for name in update.removals + update.jailed + update.unjailed + update.tombstoned { _ = try record(of: name) }
        guard count <= settings.validatorsMax else {
            throw ModuleError(
                .tooManyConsumerValidators,
                "\(settings.validatorsMax) validators are known here at most: have the admin of the external staking raise "
                    + "validators_max"
            )
        }
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
        let naming = try KeyNaming(announcement, in: update)
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

    /// Changes what is known of a validator, and counts one that was not known.
    func change(_ validator: String, _ state: StateWriter, _ body: (inout ValidatorRecord) -> Void) throws(ModuleError)
    {
        var isNew = false
        try validators.update(validator, in: state) { kept in
            isNew = kept == nil
            var record = kept ?? ValidatorRecord()
            body(&record)
            kept = record
        }
        guard isNew else { return }
        try validatorCount.set((try validatorCount.value(in: state) ?? 0) &+ 1, in: state)
    }

    /// Somebody stakes on a validator: from the first stake on, its first key and whose that is are settled.
    func relyOn(_ validator: String, _ state: StateWriter) throws(ModuleError) {
        guard var record = try validators.value(for: validator, in: state), record.reliedUpon == nil else { return }
        record.rely()
        guard let first = record.reliedUpon else { return }
        try validators.set(record, for: validator, in: state)
        guard let key = first.key, var claim = try keyClaims.value(for: key, in: state),
            claim.validator.isSameKey(as: validator)
        else { return }
        claim.isReliedUpon = true
        try keyClaims.set(claim, for: key, in: state)
    }
}

extension KeyNaming {
    fileprivate init(_ announcement: ExternalStakingKeyAnnouncement, in update: ExternalStakingValidatorSetUpdated)
        throws(ModuleError)
    {
        self.init(
            key: try ConsensusKey(optional: announcement.key),
            vouchingKey: try ConsensusKey(optional: announcement.vouchingKey),
            sequence: update.sequence,
            height: update.height
        )
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
