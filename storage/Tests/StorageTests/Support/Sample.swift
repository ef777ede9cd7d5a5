import Storage
import StorageTestSupport

/// Blocks that follow from a seed.
enum Sample {
    /// A block with inputs, records, receipts, state changes and now and then a schema.
    static func content(height: UInt64, firstSequence: UInt64, using generator: inout SplitMix64) throws -> BlockContent
    {
        let recordCount = Int.random(in: 0...40, using: &generator)
        let inputs = ByteArena((0...Int.random(in: 0...5, using: &generator)).map { _ in generator.bytes(0...60) })
        var writes: [[UInt8]: StateChange] = [:]
        for _ in 0..<Int.random(in: 0...20, using: &generator) {
            let key = try StateKey.full(
                instance: UInt32.random(in: 0...2, using: &generator),
                collection: UInt8.random(in: 0...2, using: &generator),
                key: generator.bytes(0...2)
            )
            writes[key] = Bool.random(using: &generator) ? .value(generator.bytes(0...30)) : .removal
        }
        var receipts: [BlockContent.Receipt] = []
        for index in inputs.indices.dropFirst() where recordCount > 0 {
            let sequence = firstSequence + UInt64.random(in: 0..<UInt64(recordCount), using: &generator)
            receipts.append(.init(transactionHash: .sha256(inputs[index]), sequence: sequence))
        }
        return BlockContent(
            height: height,
            timeNanoseconds: height * 1_000_000_000,
            inputs: inputs,
            records: ByteArena((0..<recordCount).map { _ in generator.bytes(0...300) }),
            receipts: receipts,
            writes: try WriteSet(
                writes.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map { (key: $0.key, change: $0.value) }
            ),
            moduleSetHash: .sha256([1]),
            schemas: height % 5 == 0 ? [.init(identifier: UInt32(height), bytes: generator.bytes(1...50))] : []
        )
    }

    /// Appends sample blocks.
    @discardableResult
    static func append(_ count: Int, to chain: ChainStore, seed: UInt64) throws -> [CommitTicket] {
        var generator = SplitMix64(seed: seed)
        return try (0..<count).map { _ in
            let height = try chain.nextHeight()
            let first = chain.headHeader?.eventCount ?? 0
            return try chain.append(try content(height: height, firstSequence: first, using: &generator))
        }
    }
}
