import ConverterEvents
import IBC
import InterchainEvents
public import ModuleKit

extension Converter {
    /// Reads the section with the instance's label, as the export writes it.
    ///
    /// Everything in it belongs to the one channel. Where Interchain does not have it, the next one of its name may
    /// lead to another chain: then all of it is reported as lost.
    ///
    /// - Throws: Codespace `genesis` for a malformed value, always with the JSON path; `converterGenesisContradiction`;
    ///   `converterNotConfigured`.
    public func importGenesis(_ genesis: GenesisDocument, _ context: Context, _ report: inout GenesisReport)
        throws(ModuleError)
    {
        let settings = try requireSettings(context)
        let section = genesis.appState[settings.label]
        guard section.optional != nil else { return }
        report.claim(settings.label)
        for (name, field) in try section.members() where name != "records" {
            report.skip("app_state.\(settings.label).\(name)", "nothing here knows this member", example: field.path)
        }
        let fields = try section["records"].array()
        guard let first = fields.first else { return }
        guard try hasChannel(first, settings, context) else {
            report.skip(
                "app_state.\(settings.label).records",
                "Interchain has no such channel, and the next one of its name may lead to another chain",
                example: first.path
            )
            return
        }
        for field in fields {
            let record = try self.record(field)
            do throws(ModuleError) {
                try context.emit(.with { $0.recordImported = record })
            } catch {
                throw field.invalid(error.message)
            }
        }
        let violations = try invariants(StateReader(context.instanceState))
        guard let violation = violations.first else { return }
        throw ModuleError(.converterGenesisContradiction, "\(section.path) contradicts itself: \(violation)")
    }

    /// Whether Interchain has the channel that the first record names, in the same state.
    private func hasChannel(_ field: JSONField, _ settings: ConverterSettings, _ context: Context) throws(ModuleError)
        -> Bool
    {
        guard case .channel(let channel) = try record(field).record else {
            throw field.invalid("the first record is the channel")
        }
        do throws(ModuleError) {
            let kept = try context.channel(try channel.end(settings)).end
            return kept.counterparty.channelID == channel.counterpartyChannelID
                && kept.counterparty.portID == channel.counterpartyPortID
                && (kept.state == .open) == channel.isOpen
        } catch {
            guard error.code == .unknownChannel else { throw error }
            return false
        }
    }

    private func record(_ field: JSONField) throws(ModuleError) -> ConverterRecordImported {
        do throws(ModuleError) {
            return try ConverterRecordImported(decodingJSON: try field.required().text())
        } catch {
            throw field.invalid(error.message)
        }
    }

    /// Takes a record over. Each has a place of its own, which is empty before.
    func apply(_ event: ConverterRecordImported, to state: StateWriter) throws(ModuleError) {
        switch event.record {
        case .channel(let channel):
            try Self.require(try self.channel.value(in: state) == nil, "the channel")
            _ = try channel.controlVersion()
            try self.channel.set(channel, in: state)
            if !channel.isOpen { try leftovers.set(Unit(), in: state) }
        case .price(let price):
            _ = try Decimal18(price.price)
            try self.price.set(price, in: state)
        case .isHandingBack: try handingBack.set(Unit(), in: state)
        case .validatorPledge(let pledge): try take(pledge, state)
        case .pledge(let pledge):
            let key = Pair(try Address(bech32: pledge.validator), pledge.delegator)
            try Self.require(try !pledges.contains(key, in: state), "a pledge")
            try pledges.set(try Amount(pledge.amount), for: key, in: state)
        case .standing(let standing):
            let validator = try Address(bech32: standing.validator)
            try Self.require(try !told.contains(validator, in: state), "a validator's standing")
            try told.set(standing.standing.stored, for: validator, in: state)
        case .touchedValidator(let validator):
            try enlist(Unit(), for: try Address(bech32: validator), in: touched, state)
        case .slash(let note):
            try Self.require(try !slashes.contains(note.slash, in: state), "a slash")
            try enlist(note, for: note.slash, in: slashes, state)
        case .notice(let record): try take(record, state)
        case .rewardTotals(let totals):
            try Self.require(try rewardTotals.value(in: state) == nil, "the totals of rewards")
            try rewardTotals.set(try totals.amounts().totals, in: state)
        case .batchProgress(let progress):
            try Self.require(try batchProgress.value(in: state) == nil, "the number of the last batch")
            try batchProgress.set(progress, in: state)
        case .paymentFloor(let floor):
            try Self.require(try paymentFloor.value(in: state) == nil, "the highest number that was forgotten")
            try paymentFloor.set(floor, in: state)
        case .validatorRewards(let rewards): try take(rewards, state)
        case .batch(let batch): try keep(batch, in: state)
        case .payment(let record):
            try remember(record.transaction, record.payment.error, record.payment.expiryNanoseconds, state)
        case nil: throw ModuleError(.inconsistentConverterEvent, "a record says nothing: remove it")
        }
    }

    private func take(_ pledge: ConverterValidatorPledge, _ state: StateWriter) throws(ModuleError) {
        let validator = try Address(bech32: pledge.validator)
        try Self.require(try !pledged.contains(validator, in: state), "a validator's pledge")
        try Self.require(try !unattributed.contains(validator, in: state), "a validator's pledge")
        let amount = try Amount(pledge.amount)
        let rest = try Amount(pledge.unattributed)
        if !amount.isZero { try pledged.set(amount, for: validator, in: state) }
        if !rest.isZero { try unattributed.set(rest, for: validator, in: state) }
    }

    private func take(_ record: ConverterNoticeRecord, _ state: StateWriter) throws(ModuleError) {
        guard record.dueNanoseconds > 0 else { return try launch(record.notice, record.sequence, state) }
        let key = Pair(Timestamp(nanoseconds: record.dueNanoseconds), record.sequence)
        try Self.require(try !returned.contains(key, in: state), "a notice")
        try enlist(record.notice, for: key, in: returned, state)
    }

    private func take(_ rewards: ConverterValidatorRewards, _ state: StateWriter) throws(ModuleError) {
        let validator = try Address(bech32: rewards.validator)
        for rewards in [waitingRewards, arrivedRewards] {
            try Self.require(try !rewards.contains(validator, in: state), "a validator's rewards")
        }
        try Self.require(try !suspensions.contains(validator, in: state), "a validator's rewards")
        try waitingRewards.increase(validator, by: try Amount(rewards.waiting), in: state)
        try arrivedRewards.increase(validator, by: try Amount(rewards.arrived), in: state)
        if rewards.hasSuspension { try suspensions.set(rewards.suspension, for: validator, in: state) }
    }

    private static func require(_ isNew: Bool, _ what: String) throws(ModuleError) {
        guard !isNew else { return }
        throw ModuleError(.inconsistentConverterEvent, "\(what) stands here twice; remove one")
    }
}
