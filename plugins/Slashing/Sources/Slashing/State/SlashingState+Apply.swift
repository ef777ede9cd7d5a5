import ModuleKit
import SlashingEvents

extension SlashingState {
    /// Projects one event; the only way in which state changes.
    func apply(_ event: SlashingEvent, to state: StateWriter) throws(ModuleError) {
        switch event.event {
        case .configured(let event): try settings.set(event.settings, in: state)
        case .parametersSet(let event): try apply(event, to: state)
        case .activeSetChanged(let event): try apply(event, to: state)
        case .signersChanged(let event): try apply(event, to: state)
        case .votesMissed(let event): for vote in event.votes { try apply(vote, to: state) }
        case .downtimePunished(let event): try apply(event, to: state)
        case .doubleSignPunished(let event): try apply(event, to: state)
        case .punishmentRefused(let event):
            if !event.isDoubleSign { try forget(try Address(bytes: event.consensusAddress), in: state) }
        case .signingInfoImported(let event): try apply(event, to: state)
        case .missedVotesImported(let event): try apply(event, to: state)
        case .equivocationImported(let event): try keep(event.equivocation, in: state)
        case .misbehaviorIgnored, .unjailed: break
        case nil: throw Self.doesNotFit("an event without content")
        }
    }

    /// With other rules, whoever has missed a vote may have missed too many: the next block looks.
    private func apply(_ event: SlashingParametersSet, to state: StateWriter) throws(ModuleError) {
        try rules.set(try SlashingRules(event.parameters), in: state)
        try watchAll(in: state)
    }

    private func apply(_ event: SlashingActiveSetChanged, to state: StateWriter) throws(ModuleError) {
        for bytes in event.entered {
            try change(try Address(bytes: bytes), in: state) { (info) throws(ModuleError) in
                info.startHeight = event.height
                info.isActive = true
            }
        }
        for bytes in event.left {
            try change(try Address(bytes: bytes), in: state) { (info) throws(ModuleError) in info.isActive = false }
        }
    }

    private func apply(_ event: SlashingSignersChanged, to state: StateWriter) throws(ModuleError) {
        var list = try currentSigners(state)
        for signer in event.left {
            let address = try Address(bytes: signer.consensusAddress)
            guard list.index(of: address) != nil else { throw Self.doesNotFit("the leaving of one who is not there") }
            list.remove(address)
            try change(address, in: state) { (info) throws(ModuleError) in info.nextVote = signer.vote }
        }
        for signer in event.joined {
            let address = try Address(bytes: signer.consensusAddress)
            guard list.index(of: address) == nil else { throw Self.doesNotFit("the joining of one who is there") }
            list.insert(.init(consensusAddress: address, sinceHeight: event.height, firstVote: signer.vote))
            if try !infos.contains(address, in: state) {
                try infos.set(.with { $0.startHeight = event.height }, for: address, in: state)
            }
        }
        try signers.set(list, in: state)
    }

    private func apply(_ vote: SlashingMissedVote, to state: StateWriter) throws(ModuleError) {
        let address = try Address(bytes: vote.consensusAddress)
        let fallen = try forgetMissed(by: address, before: vote.windowStart, in: state)
        let key = MissedKey(address, MissedVotes.chunk(of: vote.vote))
        var votes = try missedVotes.value(for: key, in: state) ?? MissedVotes()
        guard votes.insert(vote.vote) else { throw Self.doesNotFit("a vote that was missed before") }
        try missedVotes.set(votes, for: key, in: state)
        try change(address, in: state) { (info) throws(ModuleError) in
            let (kept, overflow) = info.missed.subtractingReportingOverflow(fallen)
            guard !overflow, kept &+ 1 == vote.missed else { throw Self.doesNotFit("a count of missed votes") }
            info.missed = vote.missed
        }
        if vote.isWatched {
            try watched.set(Unit(), for: address, in: state)
        } else if try watched.contains(address, in: state) {
            try watched.remove(address, in: state)
        }
    }

    private func apply(_ event: SlashingDowntimePunished, to state: StateWriter) throws(ModuleError) {
        let address = try Address(bytes: event.consensusAddress)
        try forget(address, in: state)
        try change(address, in: state) { (info) throws(ModuleError) in
            info.jailedUntilNanoseconds = event.jailedUntilNanoseconds
        }
    }

    private func apply(_ event: SlashingDoubleSignPunished, to state: StateWriter) throws(ModuleError) {
        let address = try Address(bytes: event.equivocation.consensusAddress)
        if event.hasSigner { try stopCounting(address, in: state) }
        try change(address, in: state) { (info) throws(ModuleError) in
            info.isTombstoned = true
            info.jailedUntilNanoseconds = Timestamp.max.nanoseconds
            if event.hasSigner { info.nextVote = event.signer.vote }
        }
        try keep(event.equivocation, in: state)
    }

    private func apply(_ event: SlashingSigningInfoImported, to state: StateWriter) throws(ModuleError) {
        let address = try Address(bytes: event.consensusAddress)
        guard event.info.missed == 0 else { throw Self.doesNotFit("an info that counts votes before they are there") }
        let isActive = try infos.value(for: address, in: state)?.isActive ?? false
        var info = event.info
        info.isActive = isActive
        try infos.set(info, for: address, in: state)
    }

    private func apply(_ event: SlashingMissedVotesImported, to state: StateWriter) throws(ModuleError) {
        let address = try Address(bytes: event.consensusAddress)
        let key = MissedKey(address, event.chunk)
        let votes = try MissedVotes(event.votes)
        guard votes.count > 0, try !missedVotes.contains(key, in: state) else {
            throw Self.doesNotFit("a chunk that is empty, or there already")
        }
        try missedVotes.set(votes, for: key, in: state)
        try change(address, in: state) { (info) throws(ModuleError) in info.missed += votes.count }
        try watched.set(Unit(), for: address, in: state)
    }
}
