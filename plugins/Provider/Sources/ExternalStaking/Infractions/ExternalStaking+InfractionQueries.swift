import ExternalStakingEvents
import ModuleKit

/// What is asked about infractions. Who has paid what stands in the events.
extension ExternalStaking {
    /// - Throws: `notFound` for a validator that was never proven guilty.
    func offender(_ validator: String, _ state: StateReader) throws(ModuleError) -> ExternalStakingOffender {
        guard let offender = try offenders.value(for: validator, in: state) else {
            throw ModuleError(
                .notFound,
                "\(validator) was never proven guilty of anything: ask for the list of those who were"
            )
        }
        return try describe(validator, offender, state)
    }

    func answer(_ query: ExternalStakingOffendersQuery, _ state: StateReader) throws(ModuleError)
        -> ExternalStakingOffenders
    {
        let limit = Self.pageSize(query.limit)
        var page = ExternalStakingOffenders()
        try offenders.forEach(in: state, from: query.startValidator) { (name, offender) throws(ModuleError) in
            guard page.offenders.count < limit else {
                page.nextValidator = name
                return false
            }
            page.offenders.append(try describe(name, offender, state))
            return true
        }
        return page
    }

    func answer(_ query: ExternalStakingLiabilitiesQuery, _ state: StateReader) throws(ModuleError)
        -> ExternalStakingLiabilities
    {
        let owner = try account(query.owner, state)
        let dating = try dating(state)
        var found: [ExternalStakingLiability] = []
        for (validator, stake) in try stakes(of: owner, in: state) {
            guard let infractions = try offenders.value(for: validator, in: state)?.infractions else { continue }
            let due = try stake.due(for: infractions, dating)
            let all = try stake.due(for: infractions, dating, isLanding: true)
            found.append(
                .with {
                    $0.validator = validator
                    $0.paid = stake.paid.description
                    $0.due = due.amount.description
                    $0.infraction = due.infraction
                    $0.dueInFlight = all.amount.saturatingSubtracting(due.amount).description
                }
            )
        }
        let liabilities = found
        return .with { $0.liabilities = liabilities }
    }

    private func describe(_ validator: String, _ offender: Offender, _ state: StateReader) throws(ModuleError)
        -> ExternalStakingOffender
    {
        let prefix = try requireSettings(state).bech32Prefix
        let next = try offender.sweep?.nextOwner?.text(prefix: prefix) ?? ""
        return .with {
            $0.validator = validator
            $0.tombstonedAt = offender.tombstonedAt.nanoseconds
            $0.infractions = offender.infractions.map { infraction in
                .with {
                    $0.infraction = infraction.stored
                    $0.settled = infraction.number <= offender.settledThrough
                }
            }
            $0.nextOwner = next
            $0.settled = offender.sweep == nil
            $0.taken = offender.taken.description
        }
    }
}
