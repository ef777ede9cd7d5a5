internal import Foundation
import ModuleKit
import SlashingEvents

/// Whose votes are counted, and under which numbers.
///
/// One list, which changes only when somebody joins or leaves: a counted vote needs nothing to be written, for its number
/// follows from the height. Invariant: sorted by consensus address, each once.
struct Signers: StoredValue, Hashable {
    /// A validator whose votes are counted since a height.
    struct Entry: Hashable {
        let consensusAddress: Address
        let sinceHeight: UInt64
        /// The number of the vote that the block of that height reported.
        let firstVote: UInt64

        /// The number of the vote that a block reports.
        func vote(reportedAt height: UInt64) -> UInt64 {
            // Heights only grow, and no chain has 2^64 of them.
            firstVote &+ (height &- sinceHeight)
        }
    }

    private(set) var entries: [Entry] = []

    init() {}

    init(_ stored: SlashingSigners) throws(ModuleError) {
        for entry in stored.entries {
            insert(
                Entry(
                    consensusAddress: try Address(bytes: entry.consensusAddress),
                    sinceHeight: entry.sinceHeight,
                    firstVote: entry.firstVote
                )
            )
        }
    }

    var stored: SlashingSigners {
        .with {
            $0.entries = entries.map { entry in
                .with {
                    $0.consensusAddress = Data(entry.consensusAddress.bytes)
                    $0.sinceHeight = entry.sinceHeight
                    $0.firstVote = entry.firstVote
                }
            }
        }
    }

    /// The place of a validator; nil where its votes are not counted.
    func index(of address: Address) -> Int? {
        let place = place(of: address)
        return place < entries.endIndex && entries[place].consensusAddress == address ? place : nil
    }

    /// The entry of a validator; nil where its votes are not counted.
    func entry(of address: Address) -> Entry? { index(of: address).map { entries[$0] } }

    /// Adds a validator, in the place of an entry that it has.
    mutating func insert(_ entry: Entry) {
        remove(entry.consensusAddress)
        entries.insert(entry, at: place(of: entry.consensusAddress))
    }

    /// Removes a validator; without an entry nothing happens.
    mutating func remove(_ address: Address) {
        if let index = index(of: address) { entries.remove(at: index) }
    }

    private func place(of address: Address) -> Int {
        var (low, high) = (0, entries.count)
        while low < high {
            let middle = (low + high) / 2
            if entries[middle].consensusAddress < address { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
