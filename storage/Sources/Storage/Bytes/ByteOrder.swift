import Foundation

extension UnsafeRawBufferPointer {
    /// Whether these bytes come before others: the order of LMDB's keys.
    func precedes(_ other: UnsafeRawBufferPointer) -> Bool {
        let common = Swift.min(count, other.count)
        if common > 0, let left = baseAddress, let right = other.baseAddress {
            let order = memcmp(left, right, common)
            if order != 0 { return order < 0 }
        }
        return count < other.count
    }
}
