import CometBFT
import Dispatch
import LMDB
import MeshHost
import ModuleKit
import Storage

/// Checks what validators signed: each block's signatures, and that the signed headers tell the same story as the log.
///
/// A log that nobody signed has nothing to check here. Once a block is signed, all that follow are. That the validators are
/// those whom the modules chose shows when the blocks are made again, not here.
struct SignatureCheck {
    private(set) var findings: FindingLog
    /// How many blocks are signed as they should be.
    private(set) var signedBlockCount: UInt64 = 0

    private let tables: StoredTables
    private let blocks: [StoredBlock]
    private let chainID: String
    // The last block, and what was signed of it.
    private var previous: (block: StoredBlock, signed: LightBlock?)?

    /// How many blocks are read, and their signatures checked on all cores, at a time.
    private static let groupCount = 256

    init(tables: StoredTables, blocks: [StoredBlock], chainID: String, findings: FindingLog) {
        self.tables = tables
        self.blocks = blocks
        self.chainID = chainID
        self.findings = findings
    }

    /// Checks every block.
    mutating func run(in transaction: borrowing ReadTransaction, _ progress: AuditProgress.Handler) throws(AuditError) {
        for start in stride(from: 0, to: blocks.count, by: Self.groupCount) {
            let group = blocks[start..<min(start + Self.groupCount, blocks.count)]
            var records: [SignedRecord] = []
            for block in group { records.append(try record(of: block, in: transaction)) }
            for (block, outcome) in zip(group, SignedRecord.check(records, chainID: chainID)) {
                follow(block, outcome)
            }
            guard previous?.signed != nil else { continue }
            progress(AuditProgress(.signatures, completed: UInt64(group.endIndex), total: UInt64(blocks.count)))
        }
    }

    /// What was signed of a block. A missing input was found by the check of transactions.
    private func record(of block: StoredBlock, in transaction: borrowing ReadTransaction) throws(AuditError)
        -> SignedRecord
    {
        func input(_ index: UInt32) throws(AuditError) -> UnsafeRawBufferPointer? {
            var key: [UInt8] = []
            key.append(bigEndian: block.height)
            key.append(bigEndian: index)
            return try tables.value(of: key, of: .inputs, in: transaction)
        }
        guard let first = try input(0) else { return .unsigned }
        let lightBlock: [UInt8]
        do throws(ModuleError) {
            guard case .report(_, let bytes) = try BlockInput(decoding: [UInt8](first)) else { return .unsigned }
            lightBlock = bytes
        } catch {
            return .invalid(error)
        }
        // Only what somebody signed is looked up once more: most logs hold far more transactions than blocks.
        guard !lightBlock.isEmpty else { return .unsigned }
        var transactions: [UnsafeRawBufferPointer] = []
        for index in 1..<max(1, block.inputCount) {
            guard let found = try input(index) else { break }
            transactions.append(found)
        }
        return .signed(lightBlock, transactions)
    }

    private mutating func follow(_ block: StoredBlock, _ outcome: SignedRecord.Outcome) {
        let place = Finding.Place(height: block.height)
        var signed: LightBlock?
        switch outcome {
        case .unsigned:
            if previous?.signed != nil {
                findings.add(.signatureMissing, at: place, "Nobody signed the block, but the one before it is signed.")
            }
        case .invalid(let reason):
            findings.add(.signatureInvalid, at: place, reason)
        case .valid(let lightBlock, let dataHash):
            signed = lightBlock
            let differences = differences(of: lightBlock.signedHeader.header, from: block, dataHash)
            for what in differences { findings.add(.signedHeaderMismatch, at: place, what) }
            if differences.isEmpty { signedBlockCount += 1 }
        }
        previous = (block, signed)
    }

    /// What a signed header says differently from the log.
    private func differences(of header: Header, from block: StoredBlock, _ dataHash: Hash32) -> [String] {
        var differences: [String] = []
        func compare(_ field: String, _ isSame: Bool) {
            if !isSame { differences.append("The signed header has another \(field) than the log gives.") }
        }
        compare("height", UInt64(exactly: header.height) == block.height)
        compare("time", header.time.nanosecondsSince1970.flatMap(UInt64.init(exactly:)) == block.timeNanoseconds)
        compare("hash of transactions", header.dataHash == dataHash)
        guard let previous, previous.block.height &+ 1 == block.height else { return differences }
        compare("app hash", header.appHash == previous.block.appHash.bytes)
        guard let last = previous.signed?.signedHeader else {
            compare("block before it", header.lastBlockID.isNil)
            return differences
        }
        compare("block before it", header.lastBlockID == last.commit.blockID)
        compare("hash of the last commit", header.lastCommitHash == last.commit.hash)
        compare("validator set", header.validatorsHash == last.header.nextValidatorsHash)
        return differences
    }
}

/// What validators signed of one block, and the block's transactions in the mapped file.
private enum SignedRecord {
    enum Outcome {
        case unsigned
        case invalid(String)
        case valid(LightBlock, dataHash: Hash32)
    }

    case unsigned
    case invalid(any Error)
    case signed([UInt8], [UnsafeRawBufferPointer])

    /// Reads records and checks their signatures, on all cores.
    static func check(_ records: [SignedRecord], chainID: String) -> [Outcome] {
        var outcomes = [Outcome](repeating: .unsigned, count: records.count)
        outcomes.withUnsafeMutableBufferPointer { outcomes in
            // Every iteration writes an element of its own, and `concurrentPerform` returns when all are done.
            nonisolated(unsafe) let (records, outcomes) = (records, outcomes)
            DispatchQueue.concurrentPerform(iterations: records.count) { index in
                outcomes[index] = records[index].outcome(chainID: chainID)
            }
        }
        return outcomes
    }

    private func outcome(chainID: String) -> Outcome {
        do {
            switch self {
            case .unsigned: return .unsigned
            case .invalid(let error): throw error
            case .signed(let bytes, let transactions):
                let block = try LightBlock(encoded: bytes)
                try block.verify(chainID: chainID)
                return .valid(block, dataHash: Block.dataHash(of: transactions.map { [UInt8]($0) }))
            }
        } catch {
            return .invalid("What validators signed does not hold: \(error).")
        }
    }
}
