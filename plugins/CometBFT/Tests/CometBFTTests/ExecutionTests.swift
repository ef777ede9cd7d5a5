import CometBFT
import Testing

@Suite("What a block leads to")
struct ExecutionTests {
    @Test("A block is cut into parts of 64 KiB, the last one shorter")
    func parts() throws {
        let samples = try Samples()
        for (size, total) in [(0, 1), (Block.partByteCount - 1_000, 1), (Block.partByteCount, 2), (200_000, 4)] {
            let transactions = [[UInt8](repeating: 7, count: size)]
            let block = try Block(
                header: samples.header(height: 1, transactions: transactions),
                transactions: transactions,
                evidence: [],
                lastCommit: nil
            )
            #expect(block.partSetHeader.total == UInt32(total))
            let bytes = block.encoded
            let parts = (0..<total).map { part in
                Array(bytes.dropFirst(part * Block.partByteCount).prefix(Block.partByteCount))
            }
            #expect(block.partSetHeader.hash == MerkleTree.root(of: parts))
        }
    }

    @Test("The hash of results covers code, data and gas, in the fields 1, 2, 5 and 6")
    func results() {
        #expect([ExecutionResult]().hash == .ofNothing)
        let results = [
            ExecutionResult(code: 0), ExecutionResult(code: 3, gasUsed: 300),
            ExecutionResult(code: 0, data: [9], gasWanted: 1, gasUsed: 2),
        ]
        let leaves: [[UInt8]] = [
            [], [0x08, 3, 0x30, 0xAC, 0x02], [0x12, 1, 9, 0x28, 1, 0x30, 2],
        ]
        #expect(results.hash == MerkleTree.root(of: leaves))
    }
}
