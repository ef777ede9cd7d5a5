import ControlChannel
import ExternalStakingEvents
import Foundation
import IBC
import InterchainEvents
import ModuleKit
import ModuleTesting
import Testing

@testable import ExternalStaking

@Suite("Bounds of what the consumer names")
struct BoundTests {
    private func named(_ name: String, _ key: UInt8) throws -> AnnouncedValidator {
        try AnnouncedValidator(operatorAddress: name, consensusKey: StakingChain.key(key))
    }

    @Test("So many validators are ever known; a packet that names one more is refused, and changes nothing")
    func validators() throws {
        let chain = try StakingChain.ready(settings: [("validators_max", "6")])
        #expect(try chain.receive(chain.update(height: 101, removals: ["v5"])).isSuccess)
        let tooMany = try chain.update(height: 102, additions: [named("v6", 6)], removals: ["v1"], jailed: ["v7"])
        let refused = try chain.receive(tooMany)
        #expect(refused.acknowledgement.contains("validators_max"))
        #expect(refused.outcome.kinds.isEmpty)
        #expect(try chain.validator("v1").state == .active)
        // Those that are known are heard of as before, however often.
        #expect(try chain.receive(chain.update(height: 103, removals: ["v1", "v1"], jailed: ["v5"])).isSuccess)
        #expect(try chain.receive(chain.update(height: 104, tombstoned: ["v6"])).isSuccess)
        // The packet is sent again until it is taken: after the admin has made room, it is.
        let roomier = StakingChain.configuration(.newest, [("validators_max", "7")])
        try chain.harness.when(reconfiguring: roomier, from: .named("admin")).thenSucceeded()
        #expect(try chain.receive(tooMany).isSuccess)
        try chain.nextBlock()
    }

    @Test(
        "So many keys are kept for a validator; a packet that names one more is refused, and repetitions are not more"
    )
    func keys() throws {
        let chain = try StakingChain.ready(settings: [("keys_max", "3")])
        for (height, key) in [(UInt64(101), UInt8(11)), (102, 12), (103, 11), (104, 12), (105, 1)] {
            #expect(try chain.receive(chain.update(height: height, updated: [named("v1", key)])).isSuccess)
        }
        let refused = try chain.receive(chain.update(height: 106, updated: [named("v2", 21), named("v1", 13)]))
        #expect(refused.acknowledgement.contains("keys_max"))
        #expect(refused.outcome.kinds.isEmpty)
        // Within one packet as well.
        let many = try (UInt8(31)...33).map { try named("v3", $0) }
        #expect(try !chain.receive(chain.update(height: 107, updated: many)).isSuccess)
        #expect(try chain.receive(chain.update(height: 107, updated: Array(many.dropLast()))).isSuccess)
        #expect(try [UInt8](chain.validator("v1").firstKey) == StakingChain.key(1))
        try chain.nextBlock()
    }
}

@Suite("A packet that was held back")
struct HeldBackPacketTests {
    private func naming(_ chain: StakingChain, _ name: String, _ key: UInt8?, height: UInt64) throws -> ConsumerPacket {
        let validator = try AnnouncedValidator(operatorAddress: name, consensusKey: key.map(StakingChain.key))
        return try chain.update(height: height, additions: [validator])
    }

    @Test("Before anybody has staked, the key of the earlier packet is the first, whenever it comes")
    func before() throws {
        let chain = try StakingChain.ready()
        #expect(try chain.receive(naming(chain, "v9", 90, height: 9), sequence: 900).isSuccess)
        #expect(try chain.receive(naming(chain, "v9", 66, height: 3), sequence: 800).isSuccess)
        #expect(try chain.validator("v9").countedKeys.map { [UInt8]($0) } == [StakingChain.key(66)])
        try chain.tryStake(1, on: "v9").thenFailed(.validatorKeyNotCounted)
    }

    @Test("Once somebody has staked, it changes neither the key that counts nor whose that is")
    func after() throws {
        let chain = try StakingChain.ready()
        #expect(try chain.receive(naming(chain, "v9", 90, height: 9), sequence: 900).isSuccess)
        try chain.staked(10, on: "v9")
        #expect(try chain.receive(naming(chain, "v9", 66, height: 3), sequence: 800).isSuccess)
        #expect(try chain.receive(naming(chain, "v8", 90, height: 3), sequence: 801).isSuccess)
        let validator = try chain.validator("v9")
        #expect(validator.countedKeys.map { [UInt8]($0) } == [StakingChain.key(90)])
        #expect([UInt8](validator.firstKey) == StakingChain.key(90))
        #expect(validator.takesStake)
        #expect(try chain.validator("v8").countedKeys.isEmpty)
        #expect(try !chain.validator("v8").takesStake)
        let owner = try chain.harness.query(.with { $0.key.key = .init(StakingChain.key(90)) }).key
        #expect(owner.validator == "v9" && owner.sequence == 900)
        try chain.nextBlock()
    }

    @Test("A validator that was staked on without a key never gets one that counts")
    func withoutKey() throws {
        let chain = try StakingChain.ready(version: .reference)
        #expect(try chain.receive(naming(chain, "v9", nil, height: 9), sequence: 900).isSuccess)
        try chain.staked(10, on: "v9")
        #expect(try chain.receive(naming(chain, "v9", 66, height: 3), sequence: 800).isSuccess)
        #expect(try chain.validator("v9").countedKeys.isEmpty)
        #expect(try chain.validator("v9").firstKey.isEmpty)
    }

    @Test("Whatever is held back and delivered after the first stake, no other first key ever counts")
    func anything() throws {
        var random = try SplitMix64.seeded()
        for _ in 0..<200 {
            var record = ValidatorRecord()
            let known = UInt64.random(in: 10...20, using: &random)
            record.add(try Naming.naming(1, sequence: known, height: 5))
            record.rely()
            for _ in 0..<Int.random(in: 1...30, using: &random) {
                record.add(
                    try Naming.naming(
                        Bool.random(using: &random) ? UInt8.random(in: 2...40, using: &random) : nil,
                        sequence: UInt64.random(in: 1...30, using: &random),
                        height: UInt64.random(in: 1...9, using: &random),
                        // Nobody but the holder of the first key can sign with it.
                        by: Bool.random(using: &random) ? UInt8.random(in: 2...40, using: &random) : nil
                    )
                )
            }
            #expect(record.countedKeys { _ in true } == [try Naming.key(1)])
            #expect(try ValidatorRecord(record.stored) == record)
        }
    }
}

@Suite("What a cross-stake writes")
struct WrittenStateTests {
    /// How many entries the instance has.
    private func entryCount(_ chain: StakingChain) throws -> [String: Int] {
        let (module, state) = (try chain.harness.module, try chain.harness.state)
        var counts: [String: Int] = [:]
        counts["stakes"] = try module.stakes.entries(in: state, limit: 100).count
        counts["stakers"] = try module.stakers.entries(in: state, limit: 100).count
        counts["transactions"] = try module.transactions.entries(in: state, limit: 100).count
        counts["burns"] =
            try module.burnPackets.entries(in: state, limit: 100).count
            + module.waitingBurns.entries(in: state, limit: 100).count
        return counts
    }

    @Test("A stake in flight is three entries, a settled one two; only burns are listed besides")
    func entries() throws {
        let chain = try StakingChain.ready()
        let packets = try [chain.alice, chain.bob].map { try chain.stake(100, of: $0) }
        #expect(try entryCount(chain) == ["stakes": 2, "stakers": 2, "transactions": 2, "burns": 0])
        for packet in packets { try chain.acknowledge(packet) }
        #expect(try entryCount(chain) == ["stakes": 2, "stakers": 2, "transactions": 0, "burns": 0])
        try chain.cut(10)
        #expect(try entryCount(chain) == ["stakes": 2, "stakers": 2, "transactions": 1, "burns": 1])
        let burn = try #require(try chain.nextBlock().first)
        #expect(try entryCount(chain) == ["stakes": 2, "stakers": 2, "transactions": 1, "burns": 1])
        try chain.acknowledge(burn)
        #expect(try entryCount(chain) == ["stakes": 2, "stakers": 2, "transactions": 0, "burns": 0])
    }

    @Test("A packet with the number of another one's transaction settles nothing")
    func forged() throws {
        let chain = try StakingChain.ready()
        let (first, second) = (try chain.stake(100), try chain.stake(50, of: chain.bob))
        var forged = first
        forged.sequence = second.sequence
        // Interchain lets no such packet through; the stand-in does.
        let outcome = try chain.relay(
            .with {
                $0.acknowledgePacket.packet = forged
                $0.acknowledgePacket.acknowledgement = .init(#"{"result":"e30="}"#.utf8)
            }
        )
        #expect(outcome.emitted.isEmpty)
        #expect(try chain.pending().count == 2)
        for packet in [first, second] { try chain.acknowledge(packet) }
        #expect(try chain.pending().isEmpty)
    }
}
