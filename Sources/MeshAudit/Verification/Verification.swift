import LMDB
import Storage

/// Checks everything that a home says against itself: bytes only, without any module.
///
/// In this order: the pages of the data file; the chain of headers; every record, the whole event tree, the inputs of
/// every block and the receipts of its transactions; the dictionary; what validators signed; and whether storage opens the home, which compares
/// log and anchor. The state cannot be checked from bytes alone: that is what ``Replay`` is for.
///
/// Reads one consistent view, also while another process appends; old pages are kept meanwhile, so the file of a busy
/// chain grows.
public struct Verification: Sendable {
    /// The folder of the chain.
    public let home: String
    /// The chain that must be in it; nil for any.
    public let chainID: String?

    /// Describes a verification.
    public init(home: String, chainID: String? = nil) {
        self.home = home
        self.chainID = chainID
    }

    /// Checks.
    ///
    /// - Parameter progress: called on this thread.
    /// - Returns: what was found. A log that cannot be read is a finding too.
    /// - Throws: `unreadableHome` when there is no store, it is in use in this process, or access is refused.
    /// - Complexity: O(bytes); hashes on every core.
    @available(*, noasync)
    public func run(_ progress: @escaping AuditProgress.Handler = { _ in }) throws(AuditError) -> VerificationReport {
        var report = VerificationReport()
        var log = FindingLog()
        do throws(AuditError) {
            log = try PageAudit(home: home).run(progress)
            if log.isEmpty {
                try checkTables(&report, &log, progress)
                try checkOpening(&log)
            } else {
                report.isComplete = false
            }
        } catch {
            log.add(try finding(from: error))
            report.isComplete = false
        }
        report.findings = log.findings
        report.omittedFindingCount = log.omittedCount
        return report
    }

    private func checkTables(
        _ report: inout VerificationReport,
        _ log: inout FindingLog,
        _ progress: AuditProgress.Handler
    ) throws(AuditError) {
        let tables = try storing { () throws(StorageError) in try StoredTables.open(at: home) }
        defer { tables.close() }
        try tables.read { (transaction: borrowing ReadTransaction) throws(AuditError) in
            let meta = try StoredMeta(tables, in: transaction, findings: &log)
            var headers = HeaderCheck(meta: meta, findings: log)
            try headers.run(tables, in: transaction, progress)
            log = headers.findings
            meta.checkLastCommit(lastHeight: headers.last?.height, findings: &log)
            var events = EventCheck(
                tables: tables,
                blocks: headers.blocks,
                isComplete: headers.isComplete,
                findings: log
            )
            try events.run(in: transaction, progress)
            log = events.findings
            var signatures = SignatureCheck(
                tables: tables,
                blocks: headers.blocks,
                chainID: meta.chainID ?? headers.last?.chainID ?? "",
                findings: log
            )
            try signatures.run(in: transaction, progress)
            log = signatures.findings
            report.signedBlockCount = signatures.signedBlockCount
            report.header = headers.last
            report.blockCount = UInt64(headers.blocks.count)
            report.eventCount = events.eventCount
            report.transactionCount = events.transactionCount
        }
    }

    /// Opens the home as a node does: format, chain, commitment, and the anchor beside the log.
    private func checkOpening(_ log: inout FindingLog) throws(AuditError) {
        do throws(StorageError) {
            try ChainStore.open(at: home, expectedChainID: chainID, access: .readOnly).close()
        } catch {
            log.add(Finding(.openRefused, at: .init(), "\(error.code.rawValue): \(error.message)"))
        }
    }

    /// What keeps a home from being read is a finding when it lies in the home, and an error when it lies around it.
    private func finding(from error: AuditError) throws(AuditError) -> Finding {
        let code =
            (error.cause as? StorageError)?.code ?? (error.cause as? LMDBError).map { StorageError.Code($0.code) }
        switch code {
        case .notFound?, .alreadyOpen?, .inUse?, .permissionDenied?:
            throw AuditError(.unreadableHome, error.message, cause: error)
        default:
            return Finding(.openRefused, at: .init(), error.message)
        }
    }
}
