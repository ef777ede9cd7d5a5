import ModuleKit
import StakingEvents

/// A journal of what happened to validators of late.
///
/// Whoever follows validators on behalf of another chain reads it in a hook of its own, from where it was. Reacting to the
/// events would do as well, but anyone may deploy followers: then every one of them would take part in every punishment,
/// and many could use up what a punishment may record.
extension StakingState {
    /// How many changes are kept. Who falls behind further has to look at all validators.
    static let validatorChangesKept: UInt64 = 8_192

    /// Writes down what an event does to validators; before it is projected, to know who was active.
    func noteChanges(by event: StakingEvent, in state: StateWriter) throws(ModuleError) {
        switch event.event {
        case .validatorSetUpdated(let event):
            for update in event.updates {
                let isActive = try powers.contains(try Address(bech32: update.validator), in: state)
                if isActive != (update.power > 0) { try note(update.validator, in: state) }
            }
        case .validatorJailed(let event): try note(event.validator, in: state)
        case .validatorUnjailed(let event): try note(event.validator, in: state)
        case .validatorTombstoned(let event): try note(event.validator, in: state)
        case .slashStarted(let event): try note(event.validator, event, in: state)
        default: return
        }
    }

    /// One more entry comes, and one at most goes.
    private func note(_ validator: String, _ slash: StakingSlashStarted? = nil, in state: StateWriter)
        throws(ModuleError)
    {
        let number = try nextValidatorChange.value(in: state) ?? 0
        let change = StakingValidatorChange.with {
            $0.validator = validator
            if let slash { $0.slash = slash }
        }
        try validatorChanges.set(change, for: number, in: state)
        try nextValidatorChange.set(number &+ 1, in: state)
        guard number >= Self.validatorChangesKept else { return }
        try validatorChanges.remove(number - Self.validatorChangesKept, in: state)
    }
}

extension StakingAnswerer {
    /// What happened to validators from a number on; one read where nothing did.
    func changes(_ query: StakingValidatorChangesQuery) throws(ModuleError) -> StakingValidatorChangesAnswer {
        let next = try collections.nextValidatorChange.value(in: state) ?? 0
        var answer = StakingValidatorChangesAnswer()
        answer.next = next
        let oldest = next < StakingState.validatorChangesKept ? 0 : next - StakingState.validatorChangesKept
        answer.start = min(max(query.start, oldest), next)
        guard answer.start < next else { return answer }
        let limit = query.limit == 0 ? Self.pageDefault : min(Int(query.limit), Self.pageMax)
        let found = try collections.validatorChanges.entries(in: state, from: answer.start, limit: limit)
        answer.changes = found.map(\.value)
        return answer
    }
}
