import ExternalStakingEvents
import Foundation
import ModuleKit

extension ExternalStaking {
    func answer(_ query: ExternalStakingValidatorsQuery, _ state: StateReader) throws(ModuleError)
        -> ExternalStakingValidators
    {
        let limit = Self.pageSize(query.limit)
        var page = ExternalStakingValidators()
        // A page ends after so many validators that were looked at, also where most are left out.
        var seen = 0
        try validators.forEach(in: state, from: query.startValidator) { (name, record) throws(ModuleError) in
            guard seen < limit else {
                page.nextValidator = name
                return false
            }
            seen += 1
            let validator = try describe(name, record, state)
            if !query.onlyActive || validator.takesStake { page.validators.append(validator) }
            return true
        }
        return page
    }

    /// - Throws: `notFound`.
    func describe(_ name: String, _ state: StateReader) throws(ModuleError) -> ExternalStakingValidator {
        guard let record = try validators.value(for: name, in: state) else {
            throw ModuleError(.notFound, "the consumer has never named \(name): ask for the list of its validators")
        }
        return try describe(name, record, state)
    }

    private func describe(_ name: String, _ record: ValidatorRecord, _ state: StateReader) throws(ModuleError)
        -> ExternalStakingValidator
    {
        let isActive = record.standing?.isActive ?? false
        let isKeyCounted = try isCurrentKeyCounted(record, of: name, state)
        let counted = try countedKeys(record, of: name, state)
        let totals = try validatorTotals.value(for: name, in: state) ?? StakeTotals()
        let isClosed = try closedAt(state) != nil
        let tombstonedAt = try offenders.value(for: name, in: state)?.tombstonedAt
        let isLeft = isClosed || tombstonedAt != nil
        return .with {
            $0.validator = name
            $0.state = ExternalStakingValidatorState(record.standing?.word)
            $0.takesStake = isActive && isKeyCounted && !isLeft
            $0.firstKey = Data(record.first?.key?.bytes ?? [])
            $0.currentKey = Data(record.current?.key?.bytes ?? [])
            $0.countedKeys = counted.map { Data($0.bytes) }
            // All that was committed unbonds once the channel is closed, or the validator tombstoned.
            $0.committed = (isLeft ? .zero : totals.committed).description
            $0.inFlight = totals.inFlight.description
            $0.unbonding =
                (isLeft ? totals.unbonding.saturatingAdding(totals.committed) : totals.unbonding).description
            $0.stakers = totals.count
            $0.tombstonedAt = tombstonedAt?.nanoseconds ?? 0
        }
    }
}

extension ExternalStakingValidatorState {
    fileprivate init(_ word: ValidatorStanding.Word?) {
        self =
            switch word {
            case .added, .unjailed: .active
            case .removed: .unbonded
            case .jailed: .jailed
            case .tombstoned: .tombstoned
            case nil: .unknown
            }
    }
}
