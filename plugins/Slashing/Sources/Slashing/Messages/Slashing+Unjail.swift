internal import Foundation
import ModuleKit
import SlashingEvents
import StakingEvents

extension Slashing {
    /// Brings the sender's validator back, by the conditions of the Cosmos SDK's `Unjail`.
    ///
    /// - Throws: `validatorNotFound`, `validatorNotJailed`, `validatorTombstoned`, `jailTimeNotOver`,
    ///   `selfDelegationBelowMinimum`.
    func unjail(_ sender: Address, _ context: Context) throws(ModuleError) {
        let source = try stakeSource(context)
        guard let validator = try source.validator(of: sender) else {
            throw ModuleError(.validatorNotFound, "the sender has no validator: sign with the operator's account")
        }
        guard validator.isJailed else {
            throw ModuleError(.validatorNotJailed, "the validator is not jailed: nothing is to be done")
        }
        let info = try collections.infos.value(for: validator.consensusAddress, in: context) ?? SlashingSigningInfo()
        guard !validator.isTombstoned, !info.isTombstoned else {
            throw ModuleError(.validatorTombstoned, "the validator is tombstoned and can't return: create another one")
        }
        let until = max(validator.jailedUntil, Timestamp(nanoseconds: info.jailedUntilNanoseconds))
        guard context.block.time >= until else {
            throw ModuleError(.jailTimeNotOver, "the validator is jailed until \(until): wait until then")
        }
        let own = try source.selfDelegation(of: sender) ?? .zero
        guard !own.isZero, own >= validator.minSelfDelegation else {
            throw ModuleError(
                .selfDelegationBelowMinimum,
                "the operator's own delegation is worth \(own), less than its minimum \(validator.minSelfDelegation): "
                    + "delegate more first"
            )
        }
        try context.emit(
            .with {
                $0.unjailed.consensusAddress = Data(validator.consensusAddress.bytes)
                $0.unjailed.validator = context.operatorText(sender)
            }
        )
    }
}
