import ControlChannel
import ExternalStakingEvents
import ModuleKit
import ModuleTesting
import Testing
import VaultEvents

@testable import ExternalStaking

@Suite("Staking and unstaking")
struct StakingTests {
    @Test("A stake is prepared with the vault, sent, and committed by its acknowledgement")
    func success() throws {
        let chain = try StakingChain.ready()
        let packet = try chain.stake(100)
        let alice = chain.text(chain.alice)
        #expect(
            packet.text == #"{"stake":{"delegator":"\#(alice)","validator":"v1","#
                + #""stake":{"denom":"uosmo","amount":"100"},"tx_id":1}}"#
        )
        #expect(try chain.standing() == "0...100 +0")
        #expect(try chain.lien() == "0...100")
        #expect(try chain.pending().map(\.transaction) == [1])
        #expect(try chain.acknowledge(packet).kinds == ["stake_committed"])
        #expect(try chain.standing() == "100...100 +0")
        #expect(try chain.lien() == "100...100")
        #expect(try chain.pending().isEmpty)
        try chain.nextBlock()
    }

    @Test("A stake that is refused or times out is void on both sides")
    func failure() throws {
        let chain = try StakingChain.ready()
        #expect(try chain.acknowledge(try chain.stake(100), error: "no").kinds == ["stake_rolled_back"])
        #expect(try chain.timeOut(try chain.stake(50)).kinds == ["stake_rolled_back"])
        #expect(try chain.standing() == "0...0 +0")
        #expect(try chain.lien() == "none")
        try chain.unbond(1000, of: chain.alice).thenSucceeded()
        try chain.nextBlock()
    }

    @Test(
        "An unstake keeps the lien until it is withdrawn, one period after its acknowledgement and not a moment before"
    )
    func unstaking() throws {
        let chain = try StakingChain.ready()
        try chain.staked(100)
        let packet = try chain.unstake(40)
        #expect(packet.text.contains(#""tx_id":9223372036854775808"#))
        #expect(try chain.standing() == "60...100 +0")
        try chain.acknowledge(packet)
        #expect(try chain.standing() == "60...60 +40")
        #expect(try chain.lien() == "100...100")
        #expect(try chain.withdraw() == "0")
        try chain.nextBlock(after: .seconds(3599))
        #expect(try chain.withdraw() == "0")
        try chain.nextBlock(after: .seconds(1))
        #expect(try chain.withdraw() == "40")
        #expect(try chain.lien() == "60...60")
        #expect(try chain.withdraw(chain.bob) == "0")
        try chain.nextBlock()
    }

    @Test("A withdrawal is over all validators at once")
    func withdrawal() throws {
        let chain = try StakingChain.ready()
        for validator in ["v1", "v2", "v3"] {
            try chain.staked(30, on: validator)
            try chain.acknowledge(try chain.unstake(10, from: validator))
        }
        try chain.nextBlock(after: StakingChain.period)
        #expect(try chain.withdraw() == "30")
        #expect(try chain.lien() == "60...60")
    }

    @Test("Only active validators take stake, and only what is more than nothing and no less than the minimum")
    func refused() throws {
        let chain = try StakingChain.ready(settings: [("minimum_stake", "5")])
        try chain.tryStake(10, on: "unknown").thenFailed(.validatorNotActive)
        try chain.tryStake(0).thenFailed(.zeroCollateral)
        try chain.tryStake(4).thenFailed(.externalStakeBelowMinimum)
        #expect(try chain.receive(chain.update(height: 101, tombstoned: ["v1"])).isSuccess)
        #expect(try chain.receive(chain.update(height: 101, jailed: ["v2"])).isSuccess)
        #expect(try chain.receive(chain.update(height: 101, removals: ["v3"])).isSuccess)
        for validator in ["v1", "v2", "v3"] {
            try chain.tryStake(10, on: validator).thenFailed(.validatorNotActive)
        }
        try chain.tryStake(1001, on: "v4").thenFailed(.insufficientCollateral)
        #expect(try chain.stake(10, on: "v4").text.contains(#""validator":"v4""#))
    }

    @Test("Nobody takes more than he has for certain, of another denomination, or of somebody else")
    func unstakeRefused() throws {
        let chain = try StakingChain.ready()
        try chain.staked(10)
        try chain.tryUnstake(0).thenFailed(.zeroExternalStake)
        try chain.tryUnstake(11).thenFailed(.insufficientExternalStake)
        try chain.tryUnstake(1, of: chain.bob).thenFailed(.insufficientExternalStake)
        try chain.tryUnstake(1, from: "v2").thenFailed(.insufficientExternalStake)
        let message = ExternalStakingMessage.with {
            $0.unstake.validator = "v1"
            $0.unstake.amount.denom = "uatom"
            $0.unstake.amount.amount = "1"
        }
        try chain.harness.when(message, from: chain.alice).thenFailed(.wrongStakeDenomination)
        _ = try chain.unstake(6)
        try chain.tryUnstake(5).thenFailed(.insufficientExternalStake)
    }

    @Test("Sixteen operations of one user on one validator may be in flight")
    func inFlight() throws {
        let chain = try StakingChain.ready()
        let packets = try (0..<16).map { _ in try chain.stake(1) }
        try chain.tryStake(1).thenFailed(.tooMuchInFlight)
        #expect(try chain.stake(1, on: "v2").text.contains(#""validator":"v2""#))
        for packet in packets.reversed() { try chain.acknowledge(packet) }
        #expect(try chain.standing() == "16...16 +0")
    }

    @Test("A user has stake on sixty-four validators at most")
    func validatorsMax() throws {
        let chain = try StakingChain.ready()
        let names = (10..<75).map { "w\($0)" }
        let validators = try names.enumerated().map { index, name in
            try AnnouncedValidator(operatorAddress: name, consensusKey: StakingChain.key(UInt8(index + 50)))
        }
        #expect(try chain.receive(chain.update(height: 1, additions: validators)).isSuccess)
        for name in names.prefix(64) { try chain.staked(1, on: name) }
        try chain.tryStake(1, on: names[64]).thenFailed(.tooManyStakedValidators)
        try chain.staked(1, on: names[0])
        // A cut of the lien over all of them is one event, and its burns are sent at the end of the block.
        #expect(try chain.cut(65).kinds.count == 65)
        #expect(try chain.nextBlock().count == 64)
    }

    @Test("Where nothing but rewards is left, a validator does not count, up to as many records as are walked over")
    func rewardsDoNotCount() throws {
        let chain = try StakingChain.earning("held", replays: false)
        let names = (100..<230).map { "w\($0)" }
        let validators = try names.enumerated().map { index, name in
            try AnnouncedValidator(operatorAddress: name, consensusKey: StakingChain.key(UInt8(index + 50)))
        }
        #expect(try chain.receive(chain.update(height: 101, additions: validators)).isSuccess)
        for round in [names[..<64], names[64..<128]] {
            for name in round { try chain.staked(1, on: name) }
            try chain.tryStake(1, on: names[129]).thenFailed(.tooManyStakedValidators, saying: "there is stake on 64")
            #expect(try chain.announce(round.map { ($0, 3) }).isSuccess)
            for name in round { try chain.acknowledge(try chain.unstake(1, from: name)) }
            try chain.nextBlock(after: StakingChain.period)
            #expect(try chain.withdraw() == "64")
        }
        try chain.tryStake(1, on: names[128]).thenFailed(.tooManyStakedValidators, saying: "rewards of, 128")
        // A record that is there is no new one; a claim makes room.
        try chain.staked(1, on: names[0])
        try chain.acknowledge(try chain.claim(names[1]))
        try chain.staked(1, on: names[128])
        #expect(try chain.pendingRewards(names[0]) == "3held")
    }

    @Test("Without a channel nothing is staked, and a stranger's lien means nothing")
    func noChannel() throws {
        let chain = try StakingChain()
        try chain.bond(10, of: chain.alice)
        try chain.tryStake(1).thenFailed(.noControlChannel)
        try chain.tryUnstake(1).thenFailed(.noControlChannel)
        try chain.close().thenFailed(.noControlChannel)
    }
}
