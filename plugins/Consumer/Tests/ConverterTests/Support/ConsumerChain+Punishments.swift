import ControlChannel
import Converter
import ModuleKit
import ModuleTesting
import NativeStaking
import Slashing
import SlashingEvents
import StakingEvents
import Testing
import VirtualStaking
import VirtualStakingEvents

/// A consumer chain with real virtual staking and slashing: all that happens to a pairing when a validator is punished.
extension ConsumerChain {
    /// A paired chain with an epoch of three blocks. Four votes are counted, of which half have to be given; a downtime costs
    /// a hundredth and a minute, a double sign a twentieth.
    static func punishing() throws -> ConsumerChain {
        let chain = try ConsumerChain(
            virtualStaking: VirtualStaking(),
            behindStaking: [Slashing()],
            neighbourConfigurations: [
                "virtual-staking": ["converter": "converter", "epoch": .number(JSONNumber(UInt64(3)))],
                "slashing": [
                    "params": [
                        "signed_blocks_window": "4", "min_signed_per_window": "0.5", "downtime_jail_duration": "60s",
                        "slash_fraction_downtime": "0.01", "slash_fraction_double_sign": "0.05",
                    ]
                ],
            ]
        )
        try chain.openChannel()
        let pair = try chain.harness.identity(of: VirtualStaking.self)
        try chain.harness.when(granting: .mintVirtualStake, cap: 10_000_000, to: pair).thenSucceeded()
        try chain.endBlock()
        return chain
    }

    /// Ends the block and begins the next with everybody's votes for it; what the provider is told is acknowledged.
    @discardableResult
    func endBlock(absent: Set<Int> = [], doubleSign: Int? = nil, after interval: TimeSpan? = nil) throws -> Seam {
        var report = EngineReport()
        for number in 1...3 {
            let power = try power(number)
            guard power > 0 else { continue }
            let address = try Address(ed25519PublicKey: Self.key(number))
            report.votes.append(.init(validator: address, power: power, hasSigned: !absent.contains(number)))
            guard number == doubleSign else { continue }
            report.misbehavior.append(
                .init(
                    validator: address,
                    power: power,
                    height: harness.block.height,
                    time: harness.block.time
                )
            )
        }
        let outcome = try harness.nextBlock(after: interval, report: report)
        for packet in outcome.sentPackets { try acknowledge(packet) }
        return Seam(
            stake: outcome.events.of(VirtualStakingEvent.self),
            updates: try outcome.sentPackets.compactMap { try $0.validatorSetUpdate() }
        )
    }

    /// What virtual staking recorded between two blocks, and what the provider was told of validators.
    struct Seam {
        let stake: [VirtualStakingEvent]
        let updates: [ValidatorSetUpdatePacket]
    }

    /// What a validator's vote counts, as staking has it.
    private func power(_ number: Int) throws -> UInt64 {
        let query = StakingQuery.with { $0.activeSet = .init() }
        let powers = try harness.query(query, of: NativeStaking.self).activeSet.powers
        return powers.first { $0.operator == validator(number) }?.power ?? 0
    }

    func minted(_ number: Int) throws -> Amount {
        let state = try harness.state(of: VirtualStaking.self)
        return try VirtualStaking().minted.value(for: Self.operatorAccount(number), in: state) ?? .zero
    }

    /// What an instance's virtual delegation to a validator is worth.
    func worth(_ number: Int) throws -> String {
        let pair = try harness.identity(of: VirtualStaking.self)
        let query = StakingQuery.with {
            $0.delegations.delegator = harness.addresses.format(pair.address, as: .account)
        }
        let delegations = try harness.query(query, of: NativeStaking.self).delegations.delegations
        return delegations.first { $0.validator == validator(number) }?.balance.amount ?? "0"
    }

    /// Ends blocks until what is pledged to a validator is bonded.
    func bondPledges() throws { for _ in 0..<4 { try endBlock() } }

    func unjail(by number: Int) throws -> Outcome<Converter> {
        let message = SlashingMessage.with { $0.unjail = .init() }
        return try harness.when(message, to: Slashing.self, from: Self.operatorAccount(number))
    }
}
