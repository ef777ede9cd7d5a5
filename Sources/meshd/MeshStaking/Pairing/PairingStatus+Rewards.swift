import MeshSandbox
import ModuleKit

/// The rewards of a pairing, as both ends account for them.
extension PairingStatus {
    /// The rewards as programs read them.
    var rewardsDocument: JSONValue {
        [
            "consumer": rewards.consumer.document, "provider": .array(rewards.provider.map { $0.document(nil) }),
            "is_settled": .bool(rewards.isSettled),
            "contradictions": .array(rewards.contradictions.map { .string($0) }),
        ]
    }

    /// `1,500 ucons collected: 1,000 delivered, 500 under way`.
    var rewardsCell: Table.Cell {
        let found = rewards.consumer
        guard !found.collected.isZero else { return .init("none yet", .dim) }
        let parts = [
            (found.delivered, "delivered"), (found.held, "held"), (found.paid, "paid there"),
            (found.batched.saturatingAdding(found.arrived), "under way"), (found.waiting, "waiting"),
            (found.given, "given away"),
        ].filter { !$0.0.isZero }.map { "\($0.0.description.groupingDigits) \($0.1)" }
        return .init(
            "\(found.collected.description.groupingDigits) \(found.denom) collected: \(parts.joined(separator: ", "))",
            rewards.contradictions.isEmpty ? .plain : .red
        )
    }

    /// Makes sure that the two ends don't contradict each other.
    ///
    /// - Throws: `checkFailed`, with all figures.
    func requireSoundRewards() throws(CommandError) {
        let contradictions = rewards.contradictions
        guard !contradictions.isEmpty else { return }
        throw CommandError(
            .checkFailed,
            "the two ends contradict each other on rewards: \(contradictions.joined(separator: "; ")): run `meshd audit verify` "
                + "on both homes, and make sure that neither is an old copy"
        )
    }
}
