// Nobody who sends a transaction decides what becomes of a final event: an acknowledgement that a stranger relays must not be
// lost because he gave it little work, packed it with much else, or signed for it. So each reaction to such an event has an
// allotment of its own, acts in nobody's name, and fails alone.
extension Execution {
    /// Calls a reaction that can't veto: when it fails, it is rolled back alone and its failure recorded.
    ///
    /// A failure on the record of a failure is rolled back too, but not recorded: that would not end.
    ///
    /// - Returns: why it failed; nil when it did not.
    /// - Throws: `outOfWork` or `limitExceeded` when less is left than the reaction may use. That is no failure of the
    ///   reaction: the whole emission fails, and whoever sent it can send it again with more room.
    func reactAlone(_ reaction: BoundReaction, _ event: any EventVocabulary, _ origin: EventOrigin)
        throws(ModuleError) -> FailedReaction?
    {
        let allotment = try setAside(for: origin)
        let savepoint = save()
        do {
            try within(allotment) { () throws(ModuleError) in try reaction.react(event, origin, self) }
            return nil
        } catch {
            restore(savepoint)
            let failure = FailedReaction(instance: reaction.instance.identity, origin: origin, error: error)
            try record(failure)
            return failure
        }
    }

    /// Records a failure, out of what was set aside for it: it does not matter what the reaction has left.
    private func record(_ failure: FailedReaction) throws(ModuleError) {
        guard !isRecordingFailure, let governor else { return }
        isRecordingFailure = true
        defer { isRecordingFailure = false }
        try within(block.isGenesis ? nil : limits.failureRecord) { () throws(ModuleError) in
            try governor.recordFailure(failure)
        }
    }

    /// What a reaction may use, once it is certain that so much is left, and that its failure can be recorded besides.
    ///
    /// Invariant: it does not depend on who sent the transaction, nor with what limit. Outside of any reaction to a final
    /// event it is the fixed allotment. Within one it is what that one has left, which follows from the fixed allotment and
    /// from what was done since. Nil at genesis, which has no limits.
    private func setAside(for origin: EventOrigin) throws(ModuleError) -> Allotment? {
        guard !block.isGenesis else { return nil }
        let meter = session.meter
        let record = isRecordingFailure ? Allotment(work: 0, events: 0) : limits.failureRecord
        let needed = allotment == nil ? limits.finalReaction + record : record
        try meter.require(needed.work)
        guard needed.events <= eventsLeft else {
            // Nobody can catch the error and go on without the reaction: no event is admitted any more.
            eventsMax = 0
            throw ModuleError(
                .limitExceeded,
                "a reaction to \(origin.kind.name) has to be able to record \(needed.events) events, more than can follow "
                    + "here: do the work in smaller batches"
            )
        }
        guard allotment != nil else { return limits.finalReaction }
        return Allotment(work: meter.remaining - record.work, events: eventsLeft - record.events)
    }

    /// Runs a body within an allotment and in nobody's name.
    private func within(_ inner: Allotment?, _ body: () throws(ModuleError) -> Void) throws(ModuleError) {
        let outer = (signer, allotment, eventsStart, eventsMax)
        defer { (signer, allotment, eventsStart, eventsMax) = outer }
        signer = nil
        guard let inner else { return try body() }
        (allotment, eventsStart, eventsMax) = (inner, events.entries.count, inner.events)
        try session.meter.withAllotment(inner.work, body)
    }
}

extension Execution {
    /// How much work a body may use and how many events it may record.
    struct Allotment {
        let work: UInt64
        let events: Int

        /// Both together.
        static func + (left: Self, right: Self) -> Self {
            // Limits are set by the program; absurd ones mean that nothing is ever enough.
            Allotment(
                work: left.work > .max - right.work ? .max : left.work + right.work,
                events: left.events > .max - right.events ? .max : left.events + right.events
            )
        }
    }
}

extension Execution.Limits {
    /// What a reaction to a final event may use.
    var finalReaction: Execution.Allotment {
        Execution.Allotment(work: finalReactionWork, events: finalReactionEventsMax)
    }

    /// What the record of its failure may use.
    var failureRecord: Execution.Allotment {
        Execution.Allotment(work: failureRecordWork, events: failureRecordEventsMax)
    }
}
