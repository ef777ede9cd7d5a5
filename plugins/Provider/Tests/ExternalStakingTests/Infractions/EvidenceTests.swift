import Bank
import ControlChannel
import EvidenceEvents
import ExternalStakingEvents
import Foundation
import InterchainTesting
import ModuleKit
import ModuleTesting
import Testing
import Vault

@testable import ExternalStaking

@Suite("Evidence")
struct EvidenceTests {
    @Test("Who had stake pays, the rest unbonds and is burned on the consumer, and nothing new is staked there")
    func slashed() throws {
        let chain = try StakingChain.ready()
        try chain.staked(100)
        try chain.staked(55, of: chain.bob)
        try chain.staked(30, on: "v2")
        try chain.nextBlock()
        let recorded = try chain.infract()
        #expect(recorded.kinds == ["infraction_recorded"])
        let burns = try chain.settle()
        // A fifth of each, rounded down.
        #expect(try chain.collateral() == "980")
        #expect(try chain.collateral(of: chain.bob) == "989")
        #expect(try chain.standing() == "0...0 +80")
        #expect(try chain.standing(of: chain.bob) == "0...0 +44")
        #expect(try chain.standing("v2") == "30...30 +0")
        #expect(try chain.lien() == "110...110")
        // All that was pledged, in one packet for each user.
        #expect(burns.count == 2)
        #expect(
            burns.contains { $0.text.contains(#""amount":"100"}"#) } && burns.contains { $0.text.contains(#""55"}"#) }
        )
        try chain.tryStake(1).thenFailed(.validatorTombstoned)
        try chain.tryUnstake(1).thenFailed(.validatorTombstoned)
        #expect(try !chain.validator("v1").takesStake)
        #expect(try chain.validator("v1").tombstonedAt != 0)
        #expect(try chain.validator("v1").unbonding == "124")
        let offender = try chain.offender()
        #expect(offender.settled && offender.taken == "31")
        #expect(offender.infractions.map(\.infraction.taken) == ["31"])
        #expect(offender.infractions.map(\.infraction.payments) == [2])
        #expect(try chain.liabilities().map { "\($0.validator) \($0.paid) \($0.due)" } == ["v1 20 0"])
        for burn in burns { try chain.acknowledge(burn) }
        #expect(try chain.pending().isEmpty)
        try chain.nextBlock(after: StakingChain.period)
        #expect(try chain.withdraw() == "80")
        #expect(try chain.withdraw(chain.bob) == "44")
    }

    @Test("Evidence of another chain or client, of a stranger, or against a key that does not count, is refused")
    func refused() throws {
        let chain = try StakingChain.ready()
        try chain.staked(100)
        try chain.prove(chain.proof(client: "07-tendermint-1")).thenFailed(.evidenceOfAnotherChain)
        try chain.prove(chain.proof(chain: "consumer-2")).thenFailed(.evidenceOfAnotherChain)
        try chain.prove(chain.proof(chain: "test-1")).thenFailed(.evidenceOfAnotherChain)
        try chain.prove(chain.proof(key: StakingChain.key(77))).thenFailed(.evidenceKeyNotCounted)
        try chain.prove(chain.proof(key: [1])).thenFailed(.invalidPublicKey)
        #expect(throws: ModuleError.self) { try chain.offender() }
        // Evidence for another instance is none of its business.
        let other = EvidenceEvent.with { $0.duplicateVoteProven.instanceNumber = 99 }
        #expect(try chain.prove(other).thenSucceeded().emitted.isEmpty)
    }

    @Test("An instance of any other module proves nothing, whatever events it records")
    func impostor() throws {
        let harness = try ModuleHarness(
            ExternalStaking(),
            neighbours: [Bank(), Vault(), Switchboard(), Impostor()],
            options: HarnessOptions {
                $0.configuration = StakingChain.configuration(.newest, [])
                $0.neighbourConfigurations = ["vault": ["denom": "uosmo"]]
            }
        )
        let proof = EvidenceEvent.with { $0.duplicateVoteProven.instanceNumber = 1 }
        try harness.when(recording: [proof], of: Impostor.self).thenFailed(.untrustedEvidence)
    }

    @Test("Without a channel there is nobody to be slashed")
    func unpaired() throws {
        let chain = try StakingChain()
        try chain.prove(chain.proof()).thenFailed(.noControlChannel)
    }

    @Test("A consumer makes no honest validator pay with a key of its own")
    func usurped() throws {
        let chain = try StakingChain.ready()
        try chain.staked(100)
        // A key that nobody has signed for, and one that belongs to another validator.
        let (own, other) = (StakingChain.key(50), StakingChain.key(2))
        let updated = try [own, other].map { try AnnouncedValidator(operatorAddress: "v1", consensusKey: $0) }
        #expect(try chain.receive(chain.update(height: 101, updated: [updated[0]])).isSuccess)
        #expect(try chain.receive(chain.update(height: 102, updated: [updated[1]])).isSuccess)
        try chain.prove(chain.proof(key: own)).thenFailed(.evidenceKeyNotCounted)
        // The other validator's key is still the other validator's.
        let recorded = try chain.prove(chain.proof(key: other)).thenSucceeded()
        #expect(recorded.emitted.first?.infractionRecorded.validator == "v2")
        _ = try chain.settle()
        #expect(try chain.collateral() == "1000")
        // Its first key still counts.
        try chain.infract(height: 8)
        _ = try chain.settle()
        #expect(try chain.collateral() == "980")
    }

    @Test("The consumer's own tombstone, or any other status, refuses no evidence")
    func tombstonedThere() throws {
        for update in [
            { (chain: StakingChain) in try chain.update(height: 101, tombstoned: ["v1"]) },
            { (chain: StakingChain) in try chain.update(height: 101, removals: ["v1"]) },
            { (chain: StakingChain) in try chain.update(height: 101, jailed: ["v1"]) },
        ] {
            let chain = try StakingChain.ready()
            try chain.staked(100)
            #expect(try chain.receive(update(chain)).isSuccess)
            try chain.infract()
            _ = try chain.settle()
            #expect(try chain.collateral() == "980")
        }
    }

    @Test("Evidence is as old as an unbonding period at most, and no older than the pairing")
    func age() throws {
        let chain = try StakingChain.ready()
        let start = chain.harness.block.time
        try chain.staked(100)
        try chain.prove(chain.proof(at: start.saturatingSubtracting(.seconds(11)))).thenFailed(.infractionTooOld)
        try chain.nextBlock(after: StakingChain.period)
        try chain.prove(chain.proof(at: start.saturatingSubtracting(.seconds(1)))).thenFailed(.infractionTooOld)
        try chain.prove(chain.proof(at: start)).thenSucceeded()
    }

    @Test("Evidence at a height before the validator was known tombstones it, and takes nothing from who staked since")
    func beforeKnown() throws {
        let chain = try StakingChain.ready()
        let start = chain.harness.block.time
        try chain.nextBlock(after: .seconds(11))
        try chain.staked(100)
        // The consumer has named all validators at height 100, and may claim any. Time alone tells who was there.
        try chain.prove(chain.proof(at: start.saturatingSubtracting(.seconds(11)), height: 98))
            .thenFailed(.infractionTooOld)
        try chain.infract(at: start, height: 99)
        _ = try chain.settle()
        #expect(try chain.collateral() == "1000")
        #expect(try chain.standing() == "0...0 +100")
        try chain.tryStake(1).thenFailed(.validatorTombstoned)
        // What it did since is paid for.
        try chain.infract(height: 101)
        _ = try chain.settle()
        #expect(try chain.collateral() == "980")
    }

    @Test("A height is proven once, and in the place of an infraction that all have settled comes a later one")
    func repeated() throws {
        let chain = try StakingChain.ready()
        try chain.staked(100)
        for height in UInt64(1)...16 { try chain.infract(height: height) }
        try chain.prove(chain.proof(height: 3)).thenFailed(.infractionKnown)
        try chain.prove(chain.proof(height: 17)).thenFailed(.tooManyInfractions)
        _ = try chain.settle()
        #expect(try chain.collateral() == "980")
        try chain.prove(chain.proof(height: 16)).thenFailed(.infractionKnown)
        let next = try chain.prove(chain.proof(height: 17)).thenSucceeded()
        #expect(next.emitted.first?.infractionRecorded.replaced == 1)
        _ = try chain.settle()
        #expect(try chain.collateral() == "980")
        #expect(try chain.offender().infractions.count == 16)
    }

    @Test("What is asked of validators that were never proven guilty has an answer")
    func questions() throws {
        let chain = try StakingChain.ready()
        #expect(throws: ModuleError.self) { try chain.offender() }
        #expect(try chain.liabilities().isEmpty)
        for number in UInt8(1)...3 { try chain.infract(height: 1, key: number) }
        let first = try chain.harness.query(.with { $0.offenders.limit = 2 }).offenders
        #expect(first.offenders.map(\.validator) == ["v1", "v2"] && first.nextValidator == "v3")
        let rest = try chain.harness.query(.with { $0.offenders.startValidator = "v3" }).offenders
        #expect(rest.offenders.map(\.validator) == ["v3"] && rest.nextValidator.isEmpty)
        #expect(rest.offenders.map(\.infractions.first?.infraction.number) == [3])
    }
}
