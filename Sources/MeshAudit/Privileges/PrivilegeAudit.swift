import ModuleKit
import Storage

/// Proves from the log alone that every privileged event stood under a grant, within its cap, and the caps within their total.
///
/// No module's code runs: what an event is, whether it needs a privilege, and which amounts a cap bounds, is read from the
/// descriptor sets that the log keeps of its events, with the options of `grants.proto`. Only the host's own events, which say who was
/// deployed and what was granted, are read as the host reads them.
///
/// What a grant's holder has by it is counted event by event. When an event adds to it, the sum has to be within the cap. A cap that
/// is lowered below it is no offence, because stake can't always be let go at once: the blocks at whose ends it was so are listed.
/// So some kinds of event outlive their grant: after a revocation they take back what is left, until nothing is. What the genesis
/// document takes over from an earlier log is counted, and not judged. Where a privilege has a total cap, the caps of its live
/// grants have to add up to no more at every decision.
///
/// The audit believes the records: that they are those which were recorded is what ``Verification`` proves.
public struct PrivilegeAudit: Sendable {
    /// The folder of the chain.
    public let home: String

    /// Describes an audit.
    public init(home: String) { self.home = home }

    /// Audits.
    ///
    /// What another process appends meanwhile is left out.
    ///
    /// - Parameter progress: called on this thread.
    /// - Throws: `unreadableHome` when storage refuses the home: run ``Verification`` to learn what is wrong with it; `storage` when
    ///   the log cannot be read on.
    /// - Complexity: O(bytes of the log), on one core, in place. Memory grows with grants, not with events.
    @available(*, noasync)
    public func run(_ progress: AuditProgress.Handler = { _ in }) throws(AuditError) -> PrivilegeReport {
        let store = try storing(.unreadableHome) { () throws(StorageError) in
            try ChainStore.open(at: home, expectedChainID: nil, access: .readOnly)
        }
        defer { try? store.close() }
        return try Self.run(store, progress)
    }

    private static func run(_ store: ChainStore, _ progress: AuditProgress.Handler) throws(AuditError)
        -> PrivilegeReport
    {
        var report = PrivilegeReport()
        let last = try storing { () throws(StorageError) in try store.log.latestHeader() }
        guard let last else { return report }
        var check = PrivilegeCheck(log: store.log, heights: store.firstHeight...max(store.firstHeight, last.height))
        try storing { () throws(StorageError) in
            try store.log.forEachRecord(in: 0..<last.eventCount) { (sequence, record) in
                if sequence % 16_384 == 0 {
                    progress(AuditProgress(.privileges, completed: sequence, total: last.eventCount))
                }
                report.eventCount += 1
                return record.withUnsafeBytes { check.read($0, at: sequence) }
            }
        }
        if let failure = check.failure { throw failure }
        check.endBlock()
        progress(AuditProgress(.privileges, completed: report.eventCount, total: last.eventCount))
        report.blockCount = last.height - min(last.height, store.firstHeight) + 1
        report.isComplete = report.eventCount == last.eventCount
        report.findings = check.findings.findings
        report.omittedFindingCount = check.findings.omittedCount
        report.grants = check.ledger.grants
        report.totalCaps = check.ledger.totalCaps
        report.vocabularies = check.vocabularies
        report.privilegedEventCount = check.privilegedEventCount
        return report
    }
}
