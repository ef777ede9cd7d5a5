import ControlChannel
import ConverterEvents
import Foundation
import ModuleKit
import TransferEvents

/// How a batch goes on its way.
extension Converter {
    /// Sends a batch on its next step.
    ///
    /// - Returns: whether more can be sent. What can't be sent is as it was, and why is recorded.
    func send(
        _ batch: ConverterBatch,
        isNew: Bool,
        _ stage: ConverterBatchStage,
        _ rewards: ConverterRewardSettings,
        _ channel: ConverterChannel,
        _ context: Context
    ) throws(ModuleError) -> Bool {
        do throws(ModuleError) {
            if stage == .announcement {
                try announce(batch, isNew: isNew, rewards, channel, context)
            } else {
                try transfer(batch, isNew: isNew, stage, rewards, channel, context)
            }
            return true
        } catch {
            guard !error.isExhaustion else { throw error }
            let due = context.block.time.saturatingAdding(Self.pause)
            try context.emit(
                .with {
                    $0.rewardsPaused.reason = error.recordedMessage
                    $0.rewardsPaused.dueNanoseconds = due.nanoseconds
                }
            )
            return false
        }
    }

    /// What can be done with a batch now, by the route in force; nil where it has to wait.
    func stage(
        of batch: ConverterBatch,
        _ rewards: ConverterRewardSettings,
        _ channel: ConverterChannel,
        _ context: Context
    ) throws(ModuleError) -> ConverterBatchStage? {
        let hasTransfer = !rewards.transfer.isEmpty
        switch batch.place {
        case .there: return channel.isOpen ? .announcement : nil
        case .held: return hasTransfer ? .transfer : nil
        default: break
        }
        // Once the pairing is over, nothing can be announced any more.
        guard channel.isOpen else { return hasTransfer ? .transferWithMemo : nil }
        switch rewards.route {
        case .ics20Memo: return .transferWithMemo
        case .ics20Control: return try isAnyHeldAnnounced(context) ? nil : .transfer
        case .held: return try isAnyArriving(context) ? nil : .announcement
        default: return nil
        }
    }

    /// Whether a packet is under way that says of tokens here that they are held.
    private func isAnyHeldAnnounced(_ context: Context) throws(ModuleError) -> Bool {
        try hasBatch(context) { $0.place == .here && $0.stage == .announcement }
    }

    /// Whether tokens are there or under way of which External Staking does not know yet whose they are.
    private func isAnyArriving(_ context: Context) throws(ModuleError) -> Bool {
        guard try rewardTotals.value(in: context)?.amounts().arrived.isZero != false else { return true }
        return try hasBatch(context) { $0.place == .there || $0.stage == .transfer }
    }

    private func announce(
        _ batch: ConverterBatch,
        isNew: Bool,
        _ rewards: ConverterRewardSettings,
        _ channel: ConverterChannel,
        _ context: Context
    ) throws(ModuleError) {
        let packet = DistributeBatchPacket(rewards: try batch.shares(), denom: try denomination(context))
        let lifetime = TimeSpan(nanoseconds: rewards.timeoutNanoseconds)
        guard
            let sequence = try trySend(.distributeBatch(packet), over: channel, lifetime: lifetime, context)
        else {
            throw ModuleError(.rewardRouteUnusable, "the control channel takes no packet now: see its client")
        }
        var sent = batch
        sent.stage = .announcement
        sent.sequence = sequence
        try record(sent, isNew: isNew, context) { _ in }
    }

    private func transfer(
        _ batch: ConverterBatch,
        isNew: Bool,
        _ stage: ConverterBatchStage,
        _ rewards: ConverterRewardSettings,
        _ channel: ConverterChannel,
        _ context: Context
    ) throws(ModuleError) {
        guard let instance = context.instance(named: rewards.transfer), instance.module == Self.transferModuleName
        else {
            throw ModuleError(
                .rewardRouteUnusable,
                "there is no transfer instance named \(rewards.transfer): deploy it, or configure another one"
            )
        }
        let receiver = try channel.externalStaking()
        let memo = stage == .transferWithMemo ? RewardMemo(contract: receiver, parts: batch.parts).text : ""
        let denom = try denomination(context)
        let deadline = context.block.time.saturatingAdding(TimeSpan(nanoseconds: rewards.timeoutNanoseconds))
        var sent = batch
        sent.stage = stage
        sent.transfer = instance.number
        try record(sent, isNew: isNew, context) {
            $0.denom = denom.text
            $0.channelID = rewards.channelID
            $0.receiver = receiver
            $0.memo = memo
            $0.deadlineNanoseconds = deadline.nanoseconds
        }
    }

    private func record(
        _ batch: ConverterBatch,
        isNew: Bool,
        _ context: Context,
        _ change: (inout ConverterBatchSent) -> Void
    ) throws(ModuleError) {
        var event = ConverterBatchSent()
        event.batch = batch
        event.batch.dueNanoseconds = 0
        event.isNew = isNew
        change(&event)
        try context.emit(.with { [event] in $0.batchSent = event })
    }

    private func denomination(_ context: Context) throws(ModuleError) -> Denom {
        try rewardDenomination(try requireSettings(context), context)
    }

    static let transferModuleName = "transfer"
}

extension ConverterBatch {
    fileprivate func shares() throws(ModuleError) -> [DistributeBatchPacket.Share] {
        var shares: [DistributeBatchPacket.Share] = []
        for part in parts { shares.append(try .init(validator: part.validator, reward: try Amount(part.amount))) }
        return shares
    }
}

extension ConverterChannel {
    /// The account of External Staking, as the provider writes it: the port at the other end is a word, a point, and the account.
    ///
    /// - Throws: `rewardRouteUnusable` for a port that names no account.
    func externalStaking() throws(ModuleError) -> String {
        guard let point = counterpartyPortID.firstIndex(of: "."),
            counterpartyPortID.index(after: point) < counterpartyPortID.endIndex
        else {
            throw ModuleError(
                .rewardRouteUnusable,
                "the port \(counterpartyPortID) at the other end names no account that tokens could be sent to: use the route held"
            )
        }
        return String(counterpartyPortID[counterpartyPortID.index(after: point)...])
    }
}
