public import ConverterEvents
public import ModuleKit

extension Converter {
    /// Projects an event: for a stake or an unstake, two reads and two writes.
    public func apply(_ event: ConverterEvent, to state: StateWriter) throws(ModuleError) {
        switch event.event {
        case .configured(let event):
            try settings.set(event.settings, in: state)
            try pauseBatches(until: 0, state)
        case .channelOpened(let event): try channel.set(event.channel, in: state)
        case .staked(let event): try apply(event, to: state)
        case .unstaked(let event), .burned(let event): try apply(event, to: state)
        case .handedBack(let event): try applyHandBack(event, to: state)
        case .closed(let event): try apply(event, to: state)
        case .handBackStarted: try handingBack.set(Unit(), in: state)
        case .handBackStopped: try handingBack.remove(in: state)
        case .validatorsTouched(let event):
            for validator in event.validators {
                try enlist(Unit(), for: try Address(bech32: validator), in: touched, state)
            }
            for slash in event.slashes { try enlist(slash, for: slash.slash, in: slashes, state) }
            if event.hasNextChange { try nextChange.set(event.nextChange, in: state) }
        case .validatorsAnnounced(let event): try apply(event, to: state)
        case .noticeAcknowledged(let event): _ = try land(event.sequence, state)
        case .noticeReturned(let event): try apply(event, to: state)
        case .noticeResent(let event): try apply(event, to: state)
        case .pledgesDropped(let event): try apply(event, to: state)
        case .recordImported(let event): try apply(event, to: state)
        case .priceNoted(let event): try price.set(event, in: state)
        case .rewardsCollected(let event): try apply(event, to: state)
        case .batchSent(let event): try apply(event, to: state)
        case .batchSettled(let event): try apply(event, to: state)
        case .batchReturned(let event): try apply(event, to: state)
        case .rewardsPaid(let event): try apply(event, to: state)
        case .paymentRefused(let event):
            try remember(event.transaction, event.error, event.expiryNanoseconds, state)
        case .paymentsForgotten(let event): try apply(event, to: state)
        case .rewardsPaused(let event): try pauseBatches(until: event.dueNanoseconds, state)
        case .rewardsGiven(let event): try apply(event, to: state)
        case .batchesDissolved: try dissolveWaitingBatches(in: state) { $0 == .here }
        case .rewardsExchanged(let event): try apply(event, to: state)
        // What this says is kept by Interchain.
        case .channelAnswered: return
        case nil: throw ModuleError(.inconsistentConverterEvent, "an event says nothing: the log is damaged")
        }
    }

    private func apply(_ event: ConverterClosed, to state: StateWriter) throws(ModuleError) {
        guard var closed = try channel.value(in: state), closed.isOpen else {
            throw ModuleError(
                .inconsistentConverterEvent,
                "a pairing ends that has no open channel: the log is damaged"
            )
        }
        closed.closedHeight = event.height
        try channel.set(closed, in: state)
        try leftovers.set(Unit(), in: state)
        if try handingBack.value(in: state) != nil { try handingBack.remove(in: state) }
        // What has arrived can't be announced any more.
        try dissolveWaitingBatches(in: state) { $0 == .there }
    }

    private func apply(_ event: ConverterPledgesDropped, to state: StateWriter) throws(ModuleError) {
        for name in event.validators {
            let validator = try Address(bech32: name)
            try pledged.remove(validator, in: state)
            try unattributed.remove(validator, in: state)
            try strike(validator, from: touched, state)
            try told.remove(validator, in: state)
        }
        for key in event.delegators {
            try pledges.remove(Pair(try Address(bech32: key.validator), key.delegator), in: state)
        }
        for key in event.notices {
            try strike(Pair(Timestamp(nanoseconds: key.dueNanoseconds), key.sequence), from: returned, state)
        }
        for slash in event.slashes { try strike(slash, from: slashes, state) }
        if event.isComplete { try leftovers.remove(in: state) }
    }
}
