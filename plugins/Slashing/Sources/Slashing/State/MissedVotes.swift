internal import Foundation
import ModuleKit
import SlashingEvents

/// Votes that were not given, out of 1024 that follow each other: one bit each.
struct MissedVotes: StoredValue, Hashable {
    /// How many votes one chunk stands for.
    static let voteCount: UInt64 = 1_024
    private static let wordCount = 16

    private var words = [UInt64](repeating: 0, count: wordCount)

    init() {}

    init(_ stored: SlashingMissedVotes) throws(ModuleError) {
        guard stored.bits.count == Self.wordCount * 8 else {
            throw SlashingState.doesNotFit("a chunk of \(stored.bits.count) bytes")
        }
        for (index, byte) in stored.bits.enumerated() {
            words[index / 8] |= UInt64(byte) << UInt64(index % 8 * 8)
        }
    }

    var stored: SlashingMissedVotes {
        var bits = Data(capacity: Self.wordCount * 8)
        for word in words { withUnsafeBytes(of: word.littleEndian) { bits.append(contentsOf: $0) } }
        return .with { $0.bits = bits }
    }

    /// The chunk in which a vote is kept.
    static func chunk(of vote: UInt64) -> UInt64 { vote / voteCount }

    var count: UInt64 { words.reduce(0) { $0 + UInt64($1.nonzeroBitCount) } }

    /// The places of the missed votes in the chunk, in order.
    var places: [UInt64] { (0..<Self.voteCount).filter(contains) }

    private func contains(_ place: UInt64) -> Bool { words[Int(place / 64)] & (1 << (place % 64)) != 0 }

    /// Notes a vote, by its number.
    ///
    /// - Returns: whether it was not noted before.
    @discardableResult
    mutating func insert(_ vote: UInt64) -> Bool {
        let place = vote % Self.voteCount
        if contains(place) { return false }
        words[Int(place / 64)] |= 1 << (place % 64)
        return true
    }

    /// Forgets all votes before a place in the chunk.
    mutating func removeAll(before place: UInt64) {
        guard place < Self.voteCount else {
            self = MissedVotes()
            return
        }
        let word = Int(place / 64)
        for index in 0..<word { words[index] = 0 }
        words[word] &= ~0 << (place % 64)
    }

    /// How many votes stand before a place in the chunk.
    func count(before place: UInt64) -> UInt64 {
        var later = self
        later.removeAll(before: place)
        return count - later.count
    }
}

extension SlashingState {
    /// How many of a validator's missed votes are numbered before a start: those that have fallen out of the window.
    ///
    /// - Complexity: O(chunks that have), each of which is gone with the next missed vote.
    func missedCount(of address: Address, before start: UInt64, in state: some StateReading) throws(ModuleError)
        -> UInt64
    {
        var count: UInt64 = 0
        try missedVotes.forEach(startingWith: address, in: state) { (key, votes) throws(ModuleError) in
            guard let place = Self.place(of: start, in: key.second) else { return false }
            count += votes.count(before: place)
            return true
        }
        return count
    }

    /// Forgets a validator's missed votes that are numbered before a start.
    ///
    /// - Returns: how many there were.
    func forgetMissed(by address: Address, before start: UInt64, in state: StateWriter) throws(ModuleError) -> UInt64 {
        var (count, changes): (UInt64, [(MissedKey, MissedVotes)]) = (0, [])
        try missedVotes.forEach(startingWith: address, in: state) { (key, votes) throws(ModuleError) in
            guard let place = Self.place(of: start, in: key.second) else { return false }
            var later = votes
            later.removeAll(before: place)
            count += votes.count - later.count
            if later != votes { changes.append((key, later)) }
            return true
        }
        for (key, votes) in changes {
            if votes.count == 0 {
                try missedVotes.remove(key, in: state)
            } else {
                try missedVotes.set(votes, for: key, in: state)
            }
        }
        return count
    }

    /// Where the votes from a start on begin in a chunk; nil where that is at its beginning, or before.
    private static func place(of start: UInt64, in chunk: UInt64) -> UInt64? {
        let first = MissedVotes.chunk(of: start)
        if chunk < first { return MissedVotes.voteCount }
        let place = start % MissedVotes.voteCount
        return chunk == first && place > 0 ? place : nil
    }
}
