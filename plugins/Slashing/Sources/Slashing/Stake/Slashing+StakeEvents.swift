internal import Foundation
import ModuleKit
import SlashingEvents
import StakingEvents

/// What follows from native staking's events: a window begins with a validator's entry into the active set, and nothing is
/// counted while it is jailed.
extension Slashing {
    /// Follows an event of the staking instance that the settings name.
    func follow(_ event: StakingEvent, _ origin: EventOrigin, _ context: Context) throws(ModuleError) {
        let label = try collections.settings.value(in: context)?.stakingInstance ?? "staking"
        guard origin.instance.label == label else { return }
        switch event.event {
        case .validatorSetUpdated(let event): try follow(event, context)
        case .validatorJailed(let event): try pause(event.validator, context)
        case .undelegated(let event) where event.jailsValidator: try pause(event.validator, context)
        case .redelegated(let event) where event.jailsSource: try pause(event.source, context)
        default: break
        }
    }

    private func follow(_ event: StakingValidatorSetUpdated, _ context: Context) throws(ModuleError) {
        var changed = SlashingActiveSetChanged()
        for update in event.updates {
            let address = try Address(ed25519PublicKey: [UInt8](update.consensusKey))
            let isActive = try collections.infos.value(for: address, in: context)?.isActive ?? false
            guard isActive != (update.power > 0) else { continue }
            if update.power > 0 {
                changed.entered.append(Data(address.bytes))
            } else {
                changed.left.append(Data(address.bytes))
            }
        }
        guard !changed.entered.isEmpty || !changed.left.isEmpty else { return }
        changed.height = context.block.height
        try context.emit(.with { $0.activeSetChanged = changed })
    }

    /// Counts a jailed validator's votes no more. That of this block was counted when the block began.
    private func pause(_ validator: String, _ context: Context) throws(ModuleError) {
        guard let known = try stakeSource(context).validator(of: try Address(bech32: validator)) else { return }
        let signers = try collections.currentSigners(context)
        guard let entry = signers.entry(of: known.consensusAddress) else { return }
        try context.emit(
            .with {
                $0.signersChanged.height = context.block.height
                $0.signersChanged.left = [entry.signer(after: context.block.height)]
            }
        )
    }
}

extension Signers.Entry {
    /// The validator with the number of the vote that follows the one which a block reports.
    func signer(after height: UInt64) -> SlashingSigner {
        .with {
            $0.consensusAddress = Data(consensusAddress.bytes)
            $0.vote = vote(reportedAt: height) &+ 1
        }
    }
}
