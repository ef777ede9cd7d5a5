internal import Foundation
import ModuleKit
import SlashingEvents
import StakingEvents

/// The Cosmos SDK's `handleEquivocationEvidence`.
extension Slashing {
    /// Punishes a double sign that the consensus engine has seen, or says why not.
    func judge(_ misbehavior: EngineReport.Misbehavior, _ rules: SlashingRules, _ context: Context)
        throws(ModuleError)
    {
        let equivocation = SlashingEquivocation.with {
            $0.consensusAddress = Data(misbehavior.validator.bytes)
            $0.height = misbehavior.height
            $0.timeNanoseconds = misbehavior.time.nanoseconds
            $0.power = misbehavior.power
        }
        let validator = try stakeSource(context).validator(withConsensusAddress: misbehavior.validator)
        if let reason = try reasonToIgnore(misbehavior, validator, rules, context) {
            try context.emit(
                .with {
                    $0.misbehaviorIgnored.equivocation = equivocation
                    $0.misbehaviorIgnored.reason = reason
                }
            )
            return
        }
        guard let validator else { return }
        let entry = try collections.currentSigners(context).entry(of: misbehavior.validator)
        let event = SlashingDoubleSignPunished.with {
            $0.validator = context.operatorText(validator.operatorAddress)
            $0.equivocation = equivocation
            // The powers of a block are those that the block before has set.
            $0.infractionHeight = misbehavior.height > 0 ? misbehavior.height - 1 : 0
            $0.fraction = rules.doubleSignFraction.description
            if let entry { $0.signer = entry.signer(after: context.block.height) }
        }
        try punish(misbehavior.validator, isDoubleSign: true, context) { () throws(ModuleError) in
            try context.emit(.with { $0.doubleSignPunished = event })
        }
    }

    private func reasonToIgnore(
        _ misbehavior: EngineReport.Misbehavior,
        _ validator: StakeSource.Validator?,
        _ rules: SlashingRules,
        _ context: Context
    ) throws(ModuleError) -> SlashingIgnoredReason? {
        guard let validator else { return .unknownValidator }
        guard validator.status != .unbonded else { return .unbonded }
        guard misbehavior.height <= context.block.height else { return .ahead }
        let age = context.block.time.elapsed(since: misbehavior.time) ?? .zero
        let ageBlocks = context.block.height - misbehavior.height
        if age > rules.evidenceAgeMax, ageBlocks > rules.evidenceAgeBlocksMax { return .tooOld }
        let info = try collections.infos.value(for: misbehavior.validator, in: context)
        if info?.isTombstoned == true || validator.isTombstoned { return .tombstoned }
        return nil
    }
}
