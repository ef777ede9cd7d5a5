import Bank
import BankEvents
import ControlChannel
import Converter
import ConverterEvents
import IBC
import InterchainEvents
import ModuleKit
import ModuleTesting
import Rewards
import Testing
import VirtualStaking
import VirtualStakingEvents

/// Real virtual staking, native staking, rewards and converter together, with block provisions.
@Suite("From virtual stake to the provider")
struct RewardPipelineTests {
    private static let minting: JSONValue = [
        "inflation_min": "0.1", "inflation_max": "0.2", "inflation_rate_change": "0.13", "blocks_per_year": "10000",
    ]

    private func pipeline(validators count: Int, replays: Bool = true) throws -> ConsumerChain {
        let chain = try ConsumerChain(
            ["rewards": ["route": "held"]],
            validatorCount: count,
            virtualStaking: VirtualStaking(),
            others: [Rewards()],
            neighbourConfigurations: [
                "virtual-staking": ["converter": "converter", "epoch": .number(JSONNumber(UInt64(5)))] as JSONValue,
                "rewards": ["mint": Self.minting] as JSONValue,
                "staking": ["params": ["max_validators": .number(JSONNumber(UInt64(300))), "power_reduction": "1"]]
                    as JSONValue,
            ],
            replays: replays
        )
        try chain.openChannel()
        let virtualStaking = try chain.harness.identity(of: VirtualStaking.self)
        try chain.harness.when(granting: Privilege.mintVirtualStake, cap: 1_000_000_000, to: virtualStaking)
            .thenSucceeded()
        try chain.settleAll()
        return chain
    }

    /// The packets about rewards of so many blocks.
    private func rewardPackets(_ chain: ConsumerChain, blocks: Int) throws -> [Ibc_Core_Channel_V1_Packet] {
        try (0..<blocks).flatMap { _ in
            try chain.harness.nextBlock().sentPackets.filter { $0.text.hasPrefix(#"{"distribute"#) }
        }
    }

    @Test("What the stake of an epoch has earned leaves in one batch, and is what the converter holds")
    func epochs() throws {
        let chain = try pipeline(validators: 3)
        for number in 1...3 { try chain.stake("\(number)00000", at: number) }
        var announced: UInt128 = 0
        for packet in try rewardPackets(chain, blocks: 17) {
            guard case .distributeBatch(let batch) = try ConsumerPacket(json: [UInt8](packet.data), version: .newest)
            else {
                continue
            }
            #expect(Set(batch.rewards.map(\.validator)).count == batch.rewards.count)
            announced += batch.rewards.reduce(0) { $0 + $1.reward.units }
            try chain.acknowledge(packet)
        }
        let totals = try chain.harness.query(.with { $0.rewards = .init() }).rewards.totals
        #expect(announced > 0 && totals.held == "\(announced)")
    }

    @Test("An epoch with 150 validators goes out in one packet")
    func manyValidators() throws {
        let chain = try pipeline(validators: 150, replays: false)
        for number in 1...150 { try chain.stake("1000000", at: number) }
        var packets: [Ibc_Core_Channel_V1_Packet] = []
        for _ in 0..<12 where packets.isEmpty { packets += try rewardPackets(chain, blocks: 1) }
        #expect(packets.count == 1)
        let packet = try #require(packets.first)
        guard case .distributeBatch(let batch) = try ConsumerPacket(json: [UInt8](packet.data), version: .newest) else {
            Issue.record("the packet is no batch")
            return
        }
        #expect(batch.rewards.count == 150)
        print("150 validators: one packet of \(packet.data.count) bytes")
        let none = try rewardPackets(chain, blocks: 1)
        #expect(none.isEmpty)
    }
}
