import Storage
import Testing

/// Verifies all that can be verified of a store from its bytes: headers are linked, records are without gaps and have
/// the roots that the headers name, inputs have theirs, proofs hold.
@discardableResult
func checkLog(_ chain: ChainStore, sourceLocation: SourceLocation = #_sourceLocation) throws -> UInt64 {
    let log = chain.log
    let count = try log.count()
    var frontier = Frontier()
    var previous: BlockHeader?
    var height = chain.firstHeight
    while let header = try log.header(at: height) {
        #expect(header.chainID == chain.chainID, sourceLocation: sourceLocation)
        #expect(header.height == height, sourceLocation: sourceLocation)
        #expect(header.previousHeaderHash == previous?.hash ?? .zero, sourceLocation: sourceLocation)
        #expect(header.timeNanoseconds >= previous?.timeNanoseconds ?? 0, sourceLocation: sourceLocation)
        let sequences = try #require(try log.sequences(at: height), sourceLocation: sourceLocation)
        #expect(sequences == (previous?.eventCount ?? 0)..<header.eventCount, sourceLocation: sourceLocation)
        var next = sequences.lowerBound
        try log.forEachRecord(in: sequences, chunkCount: 7) { (sequence, record) throws(StorageError) in
            guard sequence == next else { throw StorageError(.damaged, "record \(sequence) instead of \(next)") }
            next += 1
            frontier.append(MerkleTree.leafHash(record))
            return true
        }
        #expect(next == sequences.upperBound, sourceLocation: sourceLocation)
        #expect(frontier.root == header.eventRoot, sourceLocation: sourceLocation)
        #expect(try log.root(atSize: header.eventCount) == header.eventRoot, sourceLocation: sourceLocation)
        let inputs = try #require(try log.inputs(at: height), sourceLocation: sourceLocation)
        #expect(MerkleTree.root(of: inputs) == header.transactionsRoot, sourceLocation: sourceLocation)
        if let previous, previous.eventCount > 0 {
            let proof = try log.consistencyProof(from: previous.eventCount, to: header.eventCount)
            #expect(
                proof.verify(oldRoot: previous.eventRoot, newRoot: header.eventRoot),
                sourceLocation: sourceLocation
            )
        }
        previous = header
        height += 1
    }
    #expect(try log.latestHeader() == previous, sourceLocation: sourceLocation)
    #expect(count == previous?.eventCount ?? 0, sourceLocation: sourceLocation)
    for sequence in [0, count / 2, count &- 1] where sequence < count {
        let record = try #require(try log.record(at: sequence), sourceLocation: sourceLocation)
        let proof = try log.inclusionProof(of: sequence, atSize: count)
        #expect(
            proof.verify(leafHash: MerkleTree.leafHash(record), root: frontier.root),
            sourceLocation: sourceLocation
        )
    }
    return count
}

/// The code of the error that `body` throws; fails when it throws none.
func code(
    sourceLocation: SourceLocation = #_sourceLocation,
    _ body: () throws -> Void
) -> StorageError.Code? {
    #expect(throws: StorageError.self, sourceLocation: sourceLocation) { try body() }?.code
}
