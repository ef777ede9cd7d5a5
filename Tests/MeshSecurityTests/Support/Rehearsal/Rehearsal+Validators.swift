import ModuleKit
import ModuleTesting
import NativeStaking
import StakingEvents
import StakingTesting

/// Validators of the consumer.
extension Rehearsal {
    func slash(_ arguments: Transcript.Arguments, _ consumer: ConsumerChain) throws -> Happening {
        let address = try Names.consensusAddress(arguments.validator ?? "")
        let query = StakingQuery.with {
            $0.validator.operator = (try? consumerOperator(arguments.validator ?? "")) ?? ""
        }
        let tokens = try consumer.harness.query(query, of: NativeStaking.self).validator.stake.tokens
        let power = arguments.power ?? (UInt64(tokens) ?? 0) / 1_000_000
        let height = consumer.harness.block.height - 2
        var events = [
            MagistrateEvent.with {
                $0.slashed.consensusAddress = address
                $0.slashed.fraction = arguments.ratio ?? ""
                $0.slashed.infractionHeight = height
                $0.slashed.power = power
            },
            .with { $0.jailed.consensusAddress = address },
        ]
        if arguments.tombstone == true { events.append(.with { $0.tombstoned.consensusAddress = address }) }
        return try consumer.punish(events)
    }

    /// Has happen to validators what the reference's chain reports of them, as far as it can happen.
    ///
    /// Additions of those that are there, and removals, move half of what the operator has at stake: without it, there is not
    /// enough for any power.
    func change(_ arguments: Transcript.Arguments, _ consumer: ConsumerChain) throws -> Happening {
        var happening = Happening()
        for name in arguments.jailed ?? [] {
            let address = try Names.consensusAddress(name)
            happening = try happening + consumer.punish([.with { $0.jailed.consensusAddress = address }])
        }
        for name in arguments.unjailed ?? [] {
            let address = try Names.consensusAddress(name)
            happening = try happening + consumer.punish([.with { $0.unjailed.consensusAddress = address }])
        }
        for name in arguments.removals ?? [] where !(arguments.jailed ?? []).contains(name) {
            happening = try happening + move(name, isBack: false, consumer)
        }
        for name in arguments.additions ?? [] {
            happening =
                try happening
                + (consumer.validators.contains(name) ? move(name, isBack: true, consumer) : consumer.create(name))
        }
        for name in arguments.tombstoned ?? [] {
            let address = try Names.consensusAddress(name)
            happening = try happening + consumer.punish([.with { $0.tombstoned.consensusAddress = address }])
        }
        return happening
    }

    private func move(_ name: String, isBack: Bool, _ consumer: ConsumerChain) throws -> Happening {
        let validator = try consumerOperator(name)
        let stake = StakingQuery.with { $0.validator.operator = validator }
        let tokens = try consumer.harness.query(stake, of: NativeStaking.self).validator.stake.tokens
        // Nothing happens to one that is where it is said to go.
        guard ((UInt64(tokens) ?? 0) >= 1_000_000) != isBack else { return Happening() }
        let coin = ProtoCoin(500_000, consumer.denom)
        let message = StakingMessage.with {
            if isBack {
                $0.delegate.validator = validator
                $0.delegate.amount = coin
            } else {
                $0.undelegate.validator = validator
                $0.undelegate.amount = coin
            }
        }
        return try consumer.send(message, to: NativeStaking.self, from: Names.validator(name))
    }
}
