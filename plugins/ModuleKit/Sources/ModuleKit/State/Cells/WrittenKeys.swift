internal import Foundation

/// The cells written in a block, by ascending full key.
///
/// An entry is two words; the keys stand with the cells, so that sorting moves no references.
@usableFromInline
struct WrittenKeys {
    /// One written cell (or one that was written and rolled back).
    @usableFromInline
    struct Entry {
        /// Eight bytes of the key after the collection's prefix, as a number: it decides most comparisons.
        let head: UInt64
        /// The place of the cell.
        @usableFromInline let cell: Int

        init(key: [UInt8], cell: Int) {
            var head: UInt64 = 0
            for offset in StateLimits.prefixBytes..<StateLimits.prefixBytes + 8 {
                head = head << 8 | (offset < key.count ? UInt64(key[offset]) : 0)
            }
            self.head = head
            self.cell = cell
        }
    }

    @usableFromInline private(set) var entries: [Entry] = []

    /// Merges cells that are not there yet, in any order.
    mutating func insert(_ cells: [Int], keys: [[UInt8]]) {
        // Keys of one collection differ after its prefix. A short key's head is filled up with zeros, which order before
        // every byte that is really there: only equal heads need the whole keys.
        func precedes(_ left: Entry, _ right: Entry) -> Bool {
            left.head == right.head ? keys[left.cell].precedes(keys[right.cell]) : left.head < right.head
        }
        let fresh = cells.map { Entry(key: keys[$0], cell: $0) }.sorted(by: precedes)
        guard !entries.isEmpty else {
            entries = fresh
            return
        }
        // A walk that writes as it goes comes here after each step, with a few cells at a time.
        guard fresh.count > 8 else {
            for entry in fresh { entries.insert(entry, at: entries.partition { precedes(entry, $0) }) }
            return
        }
        var merged: [Entry] = []
        merged.reserveCapacity(entries.count + fresh.count)
        var old = entries[...]
        for entry in fresh {
            while let first = old.first, precedes(first, entry) {
                merged.append(first)
                old.removeFirst()
            }
            merged.append(entry)
        }
        merged.append(contentsOf: old)
        entries = merged
    }

    @usableFromInline
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
