import Glibc
import Synchronization

/// The bundles near the root as they were last verified or made, so that reading them again takes no hash: the way to any
/// entry leads through them.
///
/// This saves time and changes nothing else. A record is known only if every byte of it is the same as when it was
/// verified, at the same place and for the same hash; any other one is verified. So damage is found as it is without.
final class KnownBundles: Sendable {
    /// So many levels have 4369 bundles at most, with some four kilobytes each.
    private static let levelCount = 4

    /// A bundle and what it was read from. Shared rather than copied, for it is large.
    private final class Bundle: Sendable {
        let record: [UInt8]
        let verified: VerifiedBundle

        init(_ verified: VerifiedBundle, _ record: [UInt8]) {
            self.record = record
            self.verified = verified
        }
    }

    // By places, level after level.
    private let bundles = Mutex([Bundle?]())

    /// The bundle of a record that lies somewhere in some bytes, the keys of its leaves too; nil when it is not known.
    func bundle(of record: Range<Int>, in bytes: [UInt8], at path: TreePath, hash: Hash) -> VerifiedBundle? {
        guard let index = Self.index(of: path) else { return nil }
        let found = bundles.withLock { index < $0.count ? $0[index] : nil }
        guard let found, found.verified.root == hash, found.record.hasBytes(of: bytes, in: record) else { return nil }
        return found.verified.withKeys(in: record, of: bytes)
    }

    /// Keeps a bundle that was verified or hashed, if it is near the root, and forgets what was at its place.
    func insert(_ verified: VerifiedBundle, record: [UInt8], at path: TreePath) {
        guard let index = Self.index(of: path) else { return }
        // A copy, for the record's own memory is used again.
        let bundle = Bundle(verified, Array(record[...]))
        bundles.withLock { bundles in
            if index >= bundles.count {
                bundles.append(contentsOf: repeatElement(nil, count: index + 1 - bundles.count))
            }
            bundles[index] = bundle
        }
    }

    private static func index(of path: TreePath) -> Int? {
        guard path.level < levelCount else { return nil }
        // Level n begins after 1 + 16 + … bundles.
        return ((1 << (NodeBundle.height * path.level)) - 1) / (NodeBundle.width - 1) + Int(path.number)
    }
}

extension [UInt8] {
    /// Whether these are the bytes of a range of others.
    fileprivate func hasBytes(of other: [UInt8], in range: Range<Int>) -> Bool {
        guard count == range.count else { return false }
        return withUnsafeBytes { own in
            other.withUnsafeBytes { other in
                guard let own = own.baseAddress, let other = other.baseAddress else { return true }
                return memcmp(own, other + range.lowerBound, range.count) == 0
            }
        }
    }
}
