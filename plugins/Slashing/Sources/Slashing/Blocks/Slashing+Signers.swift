internal import Foundation
import ModuleKit
import SlashingEvents

/// Whose votes are counted: those that a commit names, of validators that are not jailed.
extension Slashing {
    /// How many entries one event carries.
    static let entriesMax = 256

    /// Takes over who is named in the last commit. As long as these are the same, nothing is read but one list.
    func follow(_ votes: [EngineReport.Vote], _ context: Context) throws(ModuleError) {
        let signers = try collections.currentSigners(context)
        guard !votes.isEmpty || !signers.entries.isEmpty else { return }
        var isNamed = [Bool](repeating: false, count: signers.entries.count)
        var strangers: [Address] = []
        var seen: Set<Address> = []
        for vote in votes {
            if let index = signers.index(of: vote.validator) {
                isNamed[index] = true
            } else if seen.insert(vote.validator).inserted {
                strangers.append(vote.validator)
            }
        }
        // The block before was the last that reported a vote of theirs.
        let last = context.block.height &- 1
        let left = zip(signers.entries, isNamed).filter { !$0.1 }.map { $0.0.signer(after: last) }
        var joined: [SlashingSigner] = []
        if !strangers.isEmpty {
            let source = try stakeSource(context)
            for address in strangers {
                // Jailed ones vote on for two blocks; a key may also have lost its validator.
                guard let validator = try source.validator(withConsensusAddress: address), !validator.isJailed else {
                    continue
                }
                let next = try collections.infos.value(for: address, in: context)?.nextVote ?? 0
                joined.append(
                    .with {
                        $0.consensusAddress = Data(address.bytes)
                        $0.vote = next
                    }
                )
            }
        }
        try record(left: left, joined: joined, context)
    }

    /// Records who leaves and who joins, in events of bounded size.
    private func record(left: [SlashingSigner], joined: [SlashingSigner], _ context: Context) throws(ModuleError) {
        var (left, joined) = (left[...], joined[...])
        while !left.isEmpty || !joined.isEmpty {
            let (leaving, joining) = (left.prefix(Self.entriesMax), joined.prefix(Self.entriesMax))
            (left, joined) = (left.dropFirst(Self.entriesMax), joined.dropFirst(Self.entriesMax))
            try context.emit(
                .with {
                    $0.signersChanged.height = context.block.height
                    $0.signersChanged.left = Array(leaving)
                    $0.signersChanged.joined = Array(joining)
                }
            )
        }
    }
}
