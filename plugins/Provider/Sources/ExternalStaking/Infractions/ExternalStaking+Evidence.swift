import EvidenceEvents
import ExternalStakingEvents
import Foundation
import ModuleKit

/// Evidence that a validator of the consumer has signed two blocks of one height.
extension ExternalStaking {
    /// Takes evidence whose signatures were checked, and whose header the client has verified: records the infraction. Who
    /// pays is settled from the end of this block on.
    ///
    /// What the consumer says of where the validator stands never refuses evidence: its own tombstone may come first.
    /// Neither does a closed channel: stake that unbonds pays as well. A height before the validator was known is no
    /// reason either, for the consumer may claim any height: who staked afterwards pays nothing.
    ///
    /// - Throws: `untrustedEvidence`, `noControlChannel`, `evidenceOfAnotherChain`, `evidenceKeyNotCounted`,
    ///   `infractionTooOld`, `infractionKnown`, `tooManyInfractions`; nothing was proven then.
    func take(_ proof: EvidenceDuplicateVoteProven, from origin: EventOrigin, _ context: Context) throws(ModuleError) {
        guard origin.instance.module == evidenceModuleName else {
            throw ModuleError(
                .untrustedEvidence,
                "\(origin.instance.label) runs \(origin.instance.module), which proves nothing: bring the evidence to an "
                    + "instance of \(evidenceModuleName)"
            )
        }
        let pairing = try requirePairing(context)
        guard proof.clientID == pairing.clientID, proof.chainID == pairing.chainID else {
            throw ModuleError(
                .evidenceOfAnotherChain,
                "the pairing is with \(pairing.chainID) by \(pairing.clientID), and the evidence is about \(proof.chainID) "
                    + "by \(proof.clientID): bring it to the external staking of that chain"
            )
        }
        let key = try ConsensusKey(Array(proof.key))
        let validator = try offender(with: key, context)
        let time = Timestamp(nanoseconds: proof.time)
        try requireRecent(time, pairing, context)
        let replaced = try requireRoom(forHeight: proof.height, of: validator, context)
        let settings = try requireSettings(context)
        let isAccount = (try? context.addresses.parse(proof.submitter, as: .account)) != nil
        let infraction = Infraction(
            number: (try infractionCount.value(in: context) ?? 0) &+ 1,
            height: proof.height,
            time: time,
            fraction: try Decimal18(settings.slashRatio.doubleSign),
            key: key,
            evidenceHash: Array(proof.evidenceHash),
            submitter: isAccount ? proof.submitter : "",
            evidence: origin.instance.number,
            recordedAt: context.block.time
        )
        try context.emit(
            .with {
                $0.infractionRecorded.validator = validator
                $0.infractionRecorded.infraction = infraction.stored
                $0.infractionRecorded.replaced = replaced ?? 0
            }
        )
    }

    /// The validator to which a key belongs and for which it counts.
    private func offender(with key: ConsensusKey, _ context: Context) throws(ModuleError) -> String {
        if let validator = try keyClaims.value(for: key, in: context)?.validator,
            let record = try validators.value(for: validator, in: context),
            try countedKeys(record, of: validator, context).contains(key)
        {
            return validator
        }
        throw ModuleError(
            .evidenceKeyNotCounted,
            "no validator of the other chain is liable for this key: it is unknown here, or none of the validator's counted "
                + "keys has signed for it"
        )
    }

    /// Checks that an infraction was since the channel was opened, and within one unbonding period.
    private func requireRecent(_ time: Timestamp, _ pairing: ExternalStakingPairing, _ context: Context)
        throws(ModuleError)
    {
        let dating = try dating(context)
        let first = context.block.time.saturatingSubtracting(dating.period)
        guard time >= first, time.saturatingAdding(dating.drift) >= Timestamp(nanoseconds: pairing.openedAt) else {
            throw ModuleError(
                .infractionTooOld,
                "the infraction was at \(time), before the pairing or more than an unbonding period ago: whoever had stake "
                    + "then may be gone"
            )
        }
    }

    /// Checks that an infraction is new, and that there is a place for it: an infraction goes only when nobody can come to owe
    /// anything more for it. As long as stake of the validator is in flight somebody can, for he may have unstaked before the
    /// others that are kept.
    ///
    /// No more stake is sent to the validator, and whoever has brought the evidence can relay what was: so nobody can keep
    /// evidence away for long.
    ///
    /// - Returns: the number of the one whose place it takes; nil where that is not needed.
    private func requireRoom(forHeight height: UInt64, of validator: String, _ context: Context) throws(ModuleError)
        -> UInt64?
    {
        guard let offender = try offenders.value(for: validator, in: context) else { return nil }
        guard !offender.infractions.contains(where: { $0.height == height }) else {
            throw ModuleError(
                .infractionKnown,
                "\(validator) is known already to have signed two blocks of height \(height): once is enough"
            )
        }
        guard offender.isFull else { return nil }
        let inFlight = try validatorTotals.value(for: validator, in: context)?.inFlight ?? .zero
        guard let earliest = offender.earliestSettled, inFlight.isZero, try !isDue(validator, context) else {
            throw ModuleError(
                .tooManyInfractions,
                "\(Offender.infractionsMax) infractions of \(validator) are being settled, which is as many as are kept: "
                    + "bring the evidence again when all stakers have settled and no stake on it is in flight"
            )
        }
        return earliest
    }

    /// Whether anybody is listed who owes for a validator.
    private func isDue(_ validator: String, _ context: Context) throws(ModuleError) -> Bool {
        var isDue = false
        try dues.forEach(startingWith: validator, in: context) { _, _ in
            isDue = true
            return false
        }
        return isDue
    }

    /// How stake is dated here.
    func dating(_ state: some StateReading) throws(ModuleError) -> Stake.Dating {
        let settings = try requireSettings(state)
        return Stake.Dating(
            drift: TimeSpan(nanoseconds: settings.clockDrift),
            period: TimeSpan(nanoseconds: settings.unbondingPeriod)
        )
    }
}
