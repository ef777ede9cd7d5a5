internal import Foundation

/// The cells written in a block, by ascending full key.
struct WrittenKeys {
    /// One written cell (or one that was written and rolled back).
    struct Entry {
        /// The full key.
        let key: [UInt8]
        /// Eight bytes of the key after the collection's prefix, as a number: it decides most comparisons.
        let head: UInt64
        /// The place of the cell.
        let cell: Int

        init(key: [UInt8], cell: Int) {
            self.key = key
            self.cell = cell
            head = key.dropFirst(StateLimits.prefixBytes).prefix(8).reduce(into: (value: UInt64(0), shift: UInt64(64))) {
                $0.shift -= 8
                $0.value |= UInt64($1) << $0.shift
            }
            .value
        }

        /// Both keys are of one collection, so they differ after its prefix. A short key's head is filled up with zeros,
        /// which order before every byte that is really there: only equal heads need the whole keys.
        func precedes(_ other: Entry) -> Bool {
            head == other.head ? key.precedes(other.key) : head < other.head
        }
    }

    private(set) var entries: [Entry] = []

    /// Merges entries that are not there yet, in any order.
    mutating func insert(_ fresh: [Entry]) {
        let sorted = fresh.sorted { $0.precedes($1) }
        guard !entries.isEmpty else {
            entries = sorted
            return
        }
        // A walk that writes as it goes comes here after each step, with a few cells at a time.
        guard sorted.count > 8 else {
            for entry in sorted { entries.insert(entry, at: entries.partition { entry.precedes($0) }) }
            return
        }
        var merged: [Entry] = []
        merged.reserveCapacity(entries.count + sorted.count)
        var old = entries[...]
        for entry in sorted {
            while let first = old.first, first.precedes(entry) {
                merged.append(first)
                old.removeFirst()
            }
            merged.append(entry)
        }
        merged.append(contentsOf: old)
        entries = merged
    }

    mutating func removeAll() { entries.removeAll(keepingCapacity: true) }
}

/// Bounds of what a module may store.
public enum StateLimits {
    /// The length of a full key: five bytes of prefix and the key.
    public static let keyBytesMax = 485
    /// The length of a full key's prefix: four bytes of instance, one of collection.
    static let prefixBytes = 5
}

extension [UInt8] {
    /// Whether these bytes order before others: the order of LMDB's keys.
    func precedes(_ other: [UInt8]) -> Bool {
        withUnsafeBytes { left in
            other.withUnsafeBytes { right in
                let common = Swift.min(left.count, right.count)
                if common > 0, let a = left.baseAddress, let b = right.baseAddress {
                    let order = memcmp(a, b, common)
                    if order != 0 { return order < 0 }
                }
                return left.count < right.count
            }
        }
    }
}

extension Array {
    /// The index of the first element that `isAfter` holds for, where all such elements come last; O(log n).
    func partition(_ isAfter: (Element) -> Bool) -> Int {
        var low = startIndex
        var high = endIndex
        while low < high {
            let middle = low + (high - low) / 2
            if isAfter(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
