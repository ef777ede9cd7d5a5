import Crypto
import Dispatch

/// Hashes many leaves, or many full tiles, on every core.
enum LeafHasher {
    /// Below this, starting a second thread costs more than it saves.
    private static let parallelThreshold = 512
    /// How many items a thread takes at a time.
    private static let strideLength = 256

    /// The leaf hashes of the strings of an arena, in order.
    static func hashes(of leaves: ByteArena) -> [Hash] {
        leaves.withUnsafeStorage { bytes, ends in
            // Only read, and only until `parallel` returns.
            nonisolated(unsafe) let (bytes, ends) = (bytes, ends)
            return parallel(count: leaves.count) { index in
                let start = index == 0 ? 0 : ends[index - 1]
                return MerkleTree.leafHash(UnsafeRawBufferPointer(rebasing: bytes[start..<ends[index]]))
            }
        }
    }

    /// Computes `count` hashes, or what is made of them, each from its index alone.
    static func parallel<Value: Sendable>(count: Int, _ hash: @Sendable (Int) -> Value) -> [Value] {
        [Value](unsafeUninitializedCapacity: count) { buffer, initializedCount in
            guard let start = buffer.baseAddress, count > 0 else { return }
            // Each element is written by one thread, and `concurrentPerform` returns when all are.
            nonisolated(unsafe) let base = start
            @Sendable func fill(_ range: Range<Int>) {
                for index in range {
                    (base + index).initialize(to: hash(index))
                }
            }
            if count < parallelThreshold {
                fill(0..<count)
            } else {
                let strides = (count + strideLength - 1) / strideLength
                DispatchQueue.concurrentPerform(iterations: strides) { stride in
                    fill(stride * strideLength..<min((stride + 1) * strideLength, count))
                }
            }
            initializedCount = count
        }
    }
}
