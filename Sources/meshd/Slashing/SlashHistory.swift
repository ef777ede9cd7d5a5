import ExternalStakingEvents
import MeshHost
import ModuleKit

/// Everything that was slashed by evidence, of what somebody asks for: what the chain keeps of it, and what its log tells.
struct SlashHistory {
    let chainID: String
    /// The only account that counts; nil for all.
    let owner: String?
    /// By External Staking and validator.
    private(set) var validators: [SlashedValidator] = []

    /// Looks at what was proven. The log is only read where something was.
    ///
    /// - Parameters:
    ///   - validator: the only validator that counts; nil for all.
    ///   - limit: how many payments are kept of each infraction.
    init(_ chain: ChainView, externalStakings: [String], validator: String?, owner: String?, limit: Int)
        throws(CommandError)
    {
        chainID = chain.host.chainID
        self.owner = owner
        var guilty: [(label: String, offenders: [ExternalStakingOffender])] = []
        for label in externalStakings {
            let offenders = try chain.offenders(at: label).filter { validator == nil || $0.validator == validator }
            if !offenders.isEmpty { guilty.append((label, offenders)) }
        }
        guard !guilty.isEmpty else { return }
        let journal = try SlashJournal(chain, limit: limit, owner: owner)
        for (label, offenders) in guilty {
            let pairing = try chain.pairing(of: label)
            let liabilities = try owner.map { (owner) throws(CommandError) in
                try chain.liabilities(of: owner, at: label)
            }
            let number = try chain.instance(label).number
            for offender in offenders {
                var validator = journal.validator(offender, of: number, pairing)
                validator.liability = liabilities?.first { $0.validator == offender.validator }
                validators.append(validator)
            }
        }
    }
}

extension SlashJournal {
    /// What is known of a validator: what the chain keeps, and of infractions that it does not keep any more, what it
    /// recorded.
    fileprivate func validator(
        _ offender: ExternalStakingOffender,
        of externalStaking: UInt32,
        _ pairing: ExternalStakingPairing?
    ) -> SlashedValidator {
        let place = Place(externalStaking: externalStaking, validator: offender.validator, infraction: 0)
        let current = offender.infractions.map(\.infraction.number)
        let numbers = (current + (numbers[place] ?? []).filter { !current.contains($0) }).sorted()
        var infractions: [SlashInfraction] = []
        for number in numbers {
            let place = Place(externalStaking: externalStaking, validator: offender.validator, infraction: number)
            let known = offender.infractions.first { $0.infraction.number == number }
            guard let record = known?.infraction ?? records[place] else { continue }
            infractions.append(
                SlashInfraction(
                    record: record,
                    // What all have settled may give up its place to another one.
                    isSettled: known?.settled ?? true,
                    evidence: evidence[place],
                    payments: payments(at: place)
                )
            )
        }
        return SlashedValidator(
            externalStaking: label(of: externalStaking),
            chainID: pairing?.chainID,
            denom: pairing?.denom ?? "",
            offender: offender,
            infractions: infractions,
            spared: payments(at: place),
            failures: failures[place] ?? []
        )
    }

    private func payments(at place: Place) -> SlashPayments {
        SlashPayments(
            shown: (kept[place] ?? []).compactMap { payments[$0] },
            count: counts[place] ?? 0
        )
    }
}
