import LMDB
import MeshHost
import Storage

/// Compares the dictionary with the records that added to it.
struct DictionaryCheck {
    var findings: FindingLog
    private var added: [(number: UInt32, hash: [UInt8], sequence: UInt64)] = []

    init(findings: FindingLog) {
        self.findings = findings
    }

    /// Takes in what a record says.
    mutating func append(_ record: RecordView, at sequence: UInt64, height: UInt64?) {
        let place = Finding.Place(height: height, sequence: sequence)
        guard let entry = HostRecord.addedVocabulary(in: record) else {
            findings.add(.recordMalformed, at: place, "The host adds to the dictionary, but it cannot be read what.")
            return
        }
        guard !added.contains(where: { $0.number == entry.number }) else {
            findings.add(.schemaUnexpected, at: place, "The dictionary's entry \(entry.number) is added once more.")
            return
        }
        added.append((entry.number, [UInt8](entry.descriptorHash), sequence))
    }

    /// Checks the table `schemas`.
    mutating func finish(_ tables: StoredTables, in transaction: borrowing ReadTransaction) throws(AuditError) {
        var stored: [UInt32] = []
        var log = findings
        let added = added
        try tables.forEachEntry(of: .schemas, in: transaction) { (key, value) throws(AuditError) in
            var place = Finding.Place(table: "schemas", key: [UInt8](key))
            guard
                let number = ByteReader.only(UInt32.self, in: key),
                let entry = added.first(where: { $0.number == number })
            else {
                log.add(.schemaUnexpected, at: place, "No record added this entry.")
                return
            }
            stored.append(number)
            place.sequence = entry.sequence
            if Hash.sha256(value).bytes != entry.hash {
                log.add(.schemaChanged, at: place, "The entry does not have the hash that was recorded.")
            }
        }
        findings = log
        for entry in added where !stored.contains(entry.number) {
            let place = Finding.Place(sequence: entry.sequence, table: "schemas")
            findings.add(.schemaMissing, at: place, "The dictionary's entry \(entry.number) is missing.")
        }
    }
}
