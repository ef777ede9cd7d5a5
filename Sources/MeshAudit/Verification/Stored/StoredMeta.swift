import LMDB
import Storage

/// What the store says of itself, as far as it can be read.
struct StoredMeta {
    private(set) var chainID: String?
    private(set) var firstHeight: UInt64?
    /// The first block of the last transaction.
    private(set) var lastCommit: UInt64?

    /// Reads the table `meta`. Format, chain and commitment are checked by ``ChainStore`` when it opens the home.
    init(
        _ tables: StoredTables,
        in transaction: borrowing ReadTransaction,
        findings: inout FindingLog
    ) throws(AuditError) {
        var chainID: String?
        var firstHeight: UInt64?
        var lastCommit: UInt64?
        var log = findings
        try tables.forEachEntry(of: .meta, in: transaction) { (key, value) throws(AuditError) in
            let place = Finding.Place(table: "meta", key: [UInt8](key))
            switch String(decoding: key, as: UTF8.self) {
            case "chain-id":
                chainID = String(decoding: value, as: UTF8.self)
            case "first-height":
                firstHeight = ByteReader.only(UInt64.self, in: value)
                if firstHeight == nil { log.add(.metaInvalid, at: place, "The first height cannot be read.") }
            case "last-commit":
                lastCommit = ByteReader.only(UInt64.self, in: value)
                if lastCommit == nil { log.add(.metaInvalid, at: place, "The last commit cannot be read.") }
            case "format", "commitment":
                break
            default:
                log.add(.metaInvalid, at: place, "Nothing of this name belongs here.")
            }
        }
        if chainID == nil { log.add(.metaInvalid, at: .init(table: "meta"), "The chain id is missing.") }
        if firstHeight == nil { log.add(.metaInvalid, at: .init(table: "meta"), "The first height is missing.") }
        (self.chainID, self.firstHeight, self.lastCommit) = (chainID, firstHeight, lastCommit)
        findings = log
    }

    /// Whether the last transaction can have begun where it says.
    func checkLastCommit(lastHeight: UInt64?, findings: inout FindingLog) {
        let place = Finding.Place(table: "meta", key: Array("last-commit".utf8))
        switch (lastCommit, lastHeight) {
        case (nil, nil): return
        case (let first?, let last?) where first >= firstHeight ?? 0 && first <= last: return
        default: findings.add(.metaInvalid, at: place, "The last commit began at no stored block.")
        }
    }
}
