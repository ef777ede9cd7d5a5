import CometBFT
import MeshHost
import ModuleKit
import Storage

/// Taking up where a log ends.
extension ConsensusState {
    /// The state after the last block of a chain, from its log alone.
    ///
    /// - Returns: nil when nobody signed the last block; after the genesis, when it names no validators.
    /// - Throws: `inconsistentLog` when the last signed block does not fit what is recorded around it; `host` when the log
    ///   can't be read.
    init?(resuming host: ChainHost) throws(SandboxError) {
        let header = host.lastHeader
        guard header.height != host.store.firstHeight else {
            let genesis = try Self.outcome(at: header.height, of: host)
            guard !genesis.validatorUpdates.isEmpty else { return nil }
            let (initialHeight, overflow) = header.height.addingReportingOverflow(1)
            guard !overflow else { throw SandboxError(.invalidBlock, "the chain begins at the last height there is") }
            try self.init(chainID: host.chainID, initialHeight: initialHeight, genesis: genesis)
            return
        }
        guard let last = try host.store.lightBlock(at: header.height) else { return nil }
        // What the block before the last changed is in force after the last; the genesis' own set is already.
        let before = header.height.subtractingReportingOverflow(1).partialValue
        let isFirst = before == host.store.firstHeight
        let earlier = isFirst ? [] : try Self.outcome(at: before, of: host).validatorUpdates
        var schedule = try ValidatorSchedule(signersOf: last, then: earlier)
        guard schedule.next.hash == last.signedHeader.header.nextValidatorsHash else {
            throw SandboxError(
                .inconsistentLog,
                "block \(header.height) was signed for other next validators than the log gives: run `meshd audit verify`, "
                    + "and restore the home from a backup"
            )
        }
        let outcome = try Self.outcome(at: header.height, of: host)
        try schedule.advance(outcome.validatorUpdates)
        try self.init(after: last, schedule: schedule, outcome: outcome)
    }

    private static func outcome(at height: UInt64, of host: ChainHost) throws(SandboxError) -> EngineOutcome {
        guard let outcome = try SandboxError.hosting({ try host.outcome(at: height) }) else {
            throw SandboxError(.inconsistentLog, "block \(height) is missing: restore the home from a backup")
        }
        return outcome
    }
}
