internal import Foundation
import ModuleKit
import RewardsEvents
import StakingEvents

/// By which powers is shared out: those of the block before, as the consensus engine reports its votes. Whether a validator's
/// own signature was in time does not matter, as in the Cosmos SDK since 0.46.
///
/// A chain that sequences alone has no votes; there the powers are staking's own as they are when a block begins.
extension Rewards {
    /// How many changes one event carries.
    static let changesMax = 256

    /// Takes the powers over from the votes of the block before. As long as these are the same, nothing is read but one list.
    func takePowers(from votes: [EngineReport.Vote], _ context: Context) throws(ModuleError) {
        guard !votes.isEmpty else { return }
        let recipients = try collections.recipients.value(in: context) ?? Recipients()
        var changes: [Recipients.Entry] = []
        for vote in votes {
            let known = recipients.entry(of: vote.validator)
            guard known?.power ?? 0 != vote.power else { continue }
            var validator = known?.validator
            if validator == nil { validator = try self.validator(vote.validator, context) }
            changes.append(.init(consensusAddress: vote.validator, validator: validator, power: vote.power))
        }
        // Without a newcomer, as many signers as before are the same ones.
        let newcomers = changes.count { recipients.entry(of: $0.consensusAddress) == nil }
        if recipients.entries.count + newcomers != votes.count {
            let signers = Set(votes.map(\.validator))
            for entry in recipients.entries where !signers.contains(entry.consensusAddress) {
                changes.append(
                    .init(consensusAddress: entry.consensusAddress, validator: entry.validator, power: 0)
                )
            }
        }
        try record(changes, context)
    }

    /// Takes the powers over as staking sets them, on a chain without votes.
    func follow(_ event: StakingValidatorSetUpdated, _ context: Context) throws(ModuleError) {
        guard context.block.report.votes.isEmpty else { return }
        var changes: [Recipients.Entry] = []
        for update in event.updates {
            let validator = try Address(bech32: update.validator)
            changes.append(
                .init(
                    consensusAddress: try Address(ed25519PublicKey: [UInt8](update.consensusKey)),
                    validator: try collections.validators.contains(validator, in: context) ? validator : nil,
                    power: update.power
                )
            )
        }
        try record(changes, context)
    }

    /// Records changes of powers, in events of bounded size.
    func record(_ changes: [Recipients.Entry], _ context: Context) throws(ModuleError) {
        var rest = changes[...]
        while !rest.isEmpty {
            let part = rest.prefix(Self.changesMax)
            rest = rest.dropFirst(Self.changesMax)
            try context.emit(
                .with {
                    $0.powersChanged.changes = part.map { entry in
                        .with {
                            $0.consensusAddress = Data(entry.consensusAddress.bytes)
                            $0.validator = entry.validator.map { context.operatorText($0) } ?? ""
                            $0.power = entry.power
                        }
                    }
                }
            )
        }
    }

    private func validator(_ consensusAddress: Address, _ context: Context) throws(ModuleError) -> Address? {
        let found = try stakeSource(context).validator(withConsensusAddress: consensusAddress)
        guard let found, try collections.validators.contains(found, in: context) else { return nil }
        return found
    }
}
