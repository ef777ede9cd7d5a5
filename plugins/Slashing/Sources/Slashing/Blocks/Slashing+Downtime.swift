internal import Foundation
import ModuleKit
import SlashingEvents

/// The Cosmos SDK's `HandleValidatorSignature`, without the writes for votes that were given.
extension Slashing {
    /// A validator that may have missed too many votes, as of this block.
    private struct Suspect {
        let address: Address
        let power: UInt64
        let missed: UInt64
    }

    /// Counts the votes of the last commit, and punishes whoever has missed too many.
    func count(_ votes: [EngineReport.Vote], _ rules: SlashingRules, _ context: Context) throws(ModuleError) {
        let watched = try watchedValidators(context)
        guard !watched.isEmpty || votes.contains(where: { !$0.hasSigned }) else { return }
        let signers = try collections.currentSigners(context)
        let missedMax = try rules.missedMax()
        var missedVotes: [SlashingMissedVote] = []
        var suspects: [Suspect] = []
        var seen: Set<Address> = []
        for vote in votes where !vote.hasSigned || watched.contains(vote.validator) {
            // Of what a report says twice, the first counts.
            guard let entry = signers.entry(of: vote.validator), seen.insert(vote.validator).inserted else { continue }
            let info = try collections.infos.value(for: vote.validator, in: context) ?? SlashingSigningInfo()
            let number = entry.vote(reportedAt: context.block.height)
            let before = try collections.missed(
                by: vote.validator,
                info,
                window: rules.window,
                before: number &+ 1,
                in: context
            )
            let missed = vote.hasSigned ? before : before &+ 1
            let isTooMuch = missed > missedMax
            let isDue = context.block.height > info.startHeight.addingSaturating(rules.window)
            if isTooMuch, isDue { suspects.append(Suspect(address: vote.validator, power: vote.power, missed: missed)) }
            guard !vote.hasSigned else { continue }
            missedVotes.append(
                .with {
                    $0.consensusAddress = Data(vote.validator.bytes)
                    $0.vote = number
                    $0.windowStart = number >= rules.window ? number - rules.window + 1 : 0
                    $0.missed = missed
                    $0.isWatched = isTooMuch
                }
            )
        }
        try record(missedVotes, context)
        for suspect in suspects { try punish(suspect, missedMax: missedMax, rules, context) }
    }

    /// Those that are looked at even when they sign; mostly nobody.
    private func watchedValidators(_ context: Context) throws(ModuleError) -> Set<Address> {
        var watched: Set<Address> = []
        try collections.watched.forEach(in: context) { (address, _) throws(ModuleError) in
            watched.insert(address)
            return true
        }
        return watched
    }

    private func record(_ votes: [SlashingMissedVote], _ context: Context) throws(ModuleError) {
        var rest = votes[...]
        while !rest.isEmpty {
            let part = rest.prefix(Self.entriesMax)
            rest = rest.dropFirst(Self.entriesMax)
            try context.emit(
                .with {
                    $0.votesMissed.height = context.block.height
                    $0.votesMissed.votes = Array(part)
                }
            )
        }
    }

    private func punish(_ suspect: Suspect, missedMax: UInt64, _ rules: SlashingRules, _ context: Context)
        throws(ModuleError)
    {
        let validator = try stakeSource(context).validator(withConsensusAddress: suspect.address)
        guard let validator, !validator.isJailed else { return }
        let height = context.block.height
        let event = SlashingDowntimePunished.with {
            $0.consensusAddress = Data(suspect.address.bytes)
            $0.validator = context.operatorText(validator.operatorAddress)
            $0.height = height
            $0.missed = suspect.missed
            $0.missedMax = missedMax
            $0.window = rules.window
            // The votes are for the block before this one, and the powers in it are those that one more block before has set.
            $0.infractionHeight = height >= 2 ? height - 2 : 0
            $0.power = suspect.power
            $0.fraction = rules.downtimeFraction.description
            $0.jailedUntilNanoseconds =
                context.block.time.saturatingAdding(rules.downtimeJailDuration).nanoseconds
        }
        try punish(suspect.address, isDoubleSign: false, context) { () throws(ModuleError) in
            try context.emit(.with { $0.downtimePunished = event })
        }
    }

    /// Records a punishment, or that native staking did not carry it out: one that fails takes nothing else with it.
    func punish(
        _ address: Address,
        isDoubleSign: Bool,
        _ context: Context,
        _ record: () throws(ModuleError) -> Void
    ) throws(ModuleError) {
        do throws(ModuleError) {
            try record()
        } catch {
            try context.emit(
                .with {
                    $0.punishmentRefused.consensusAddress = Data(address.bytes)
                    $0.punishmentRefused.height = context.block.height
                    $0.punishmentRefused.isDoubleSign = isDoubleSign
                    $0.punishmentRefused.reason = error.recordedMessage
                }
            )
        }
    }
}

extension UInt64 {
    /// The sum, or the largest number.
    fileprivate func addingSaturating(_ other: UInt64) -> UInt64 {
        let (sum, overflow) = addingReportingOverflow(other)
        return overflow ? .max : sum
    }
}
