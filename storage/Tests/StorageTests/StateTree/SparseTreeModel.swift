import Crypto

@testable import Storage

/// The state tree as its rules say it, without bundles, storage or history: slow, and written from the specification.
struct SparseTreeModel {
    /// The entries.
    var entries: [[UInt8]: [UInt8]] = [:]
    /// How keys are hashed.
    var hash: @Sendable ([UInt8]) -> [UInt8] = { Array(SHA256.hash(data: $0)) }

    /// The keys in order.
    var keys: [[UInt8]] { entries.keys.sorted { $0.lexicographicallyPrecedes($1) } }

    mutating func apply(_ changes: [(key: [UInt8], change: StateChange)]) {
        for (key, change) in changes {
            switch change {
            case .value(let value): entries[key] = value
            case .removal: entries[key] = nil
            }
        }
    }

    var root: [UInt8] {
        let leaves = entries.map { key, value in
            let place = hash(Self.committed(key))
            return (path: Self.bits(place), hash: Self.leaf(place, value))
        }
        return Self.root(leaves, depth: 0)
    }

    /// The key that a proof shows: without instance and collection from collection 224 on.
    static func committed(_ key: [UInt8]) -> [UInt8] {
        key.count > 5 && key[4] >= 224 ? Array(key[5...]) : key
    }

    private static func root(_ leaves: [(path: [Bool], hash: [UInt8])], depth: Int) -> [UInt8] {
        switch leaves.count {
        case 0: return [UInt8](repeating: 0, count: 32)
        case 1: return leaves[0].hash
        default:
            let left = root(leaves.filter { !$0.path[depth] }, depth: depth + 1)
            let right = root(leaves.filter { $0.path[depth] }, depth: depth + 1)
            return Array(SHA256.hash(data: [1] + left + right))
        }
    }

    private static func leaf(_ keyHash: [UInt8], _ value: [UInt8]) -> [UInt8] {
        let value = value.isEmpty ? [0] + Array("empty".utf8) : value
        return Array(SHA256.hash(data: [0] + keyHash + SHA256.hash(data: value)))
    }

    private static func bits(_ bytes: [UInt8]) -> [Bool] {
        bytes.flatMap { byte in (0..<8).map { byte >> (7 - UInt8($0)) & 1 == 1 } }
    }
}

/// Full keys by number.
enum TestKeys: String, CaseIterable, Sendable {
    /// All of one collection, none published.
    case unpublished
    /// Every other one is a store path of IBC in one of several published collections, first and last among them.
    case mixed

    func callAsFunction(_ number: Int) -> [UInt8] {
        guard self == .mixed, !number.isMultiple(of: 2) else { return TreeChain.key(number) }
        let collections: [UInt8] = [224, 225, 240, 255]
        return [0, 0, 0, 7, collections[number / 2 % collections.count]] + Self.path(number)
    }

    /// Where IBC keeps the commitment of a packet (ICS-24).
    static func path(_ sequence: Int) -> [UInt8] {
        Array("commitments/ports/transfer/channels/channel-0/sequences/\(sequence)".utf8)
    }
}

/// Ways to hash keys that make deep and crowded trees.
enum TestHashing: String, CaseIterable, Sendable {
    /// SHA-256.
    case real
    /// Eight bits decide between zeros and the last nibble: paths share up to 63 nibbles.
    case deep
    /// Ones up to a nibble that the key names: a long chain of single branches.
    case chain

    func callAsFunction(_ key: [UInt8]) -> [UInt8] {
        let digest = Array(SHA256.hash(data: key))
        switch self {
        case .real: return digest
        case .deep:
            // Distinct for distinct digests, since only the first byte is thinned out and stands again at the end.
            return [digest[0] & 1] + [UInt8](repeating: 0, count: 27) + digest[0..<4]
        case .chain:
            let length = Int(digest[0]) % 28
            return [UInt8](repeating: 0xFF, count: length) + [UInt8](repeating: 0, count: 28 - length) + digest[1..<5]
        }
    }

    var keyHashing: KeyHashing {
        self == .real ? .sha256 : KeyHashing { key in Hash(self([UInt8](key))) ?? .zero }
    }
}
