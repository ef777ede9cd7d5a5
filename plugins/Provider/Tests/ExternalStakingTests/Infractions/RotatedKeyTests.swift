import ControlChannel
import Crypto
import ExternalStakingEvents
import Foundation
import ModuleKit
import ModuleTesting
import Testing

@testable import ExternalStaking

/// That a key was in use at the height of an infraction, the evidence module has found in the set of the verified header; what
/// the consumer says of heights decides nothing here.
@Suite("Evidence with a key that was rotated out")
struct RotatedKeyTests {
    let chain: StakingChain
    let old: [UInt8]
    let new = StakingChain.key(77)
    /// When the old key was still in use.
    let before: Timestamp

    /// A validator on which two have staked, one before it has rotated its key, and one after.
    init() throws {
        chain = try StakingChain.ready()
        let signing = Curve25519.Signing.PrivateKey()
        old = [UInt8](signing.publicKey.rawRepresentation)
        let named = try AnnouncedValidator(operatorAddress: "v9", consensusKey: old)
        #expect(try chain.receive(chain.update(height: 100, additions: [named])).isSuccess)
        try chain.staked(100, on: "v9")
        before = chain.harness.block.time
        try chain.nextBlock(after: .minutes(10))
        let statement = KeyRotation.statement(
            chainID: "consumer-1",
            operatorAddress: "v9",
            previousKey: old,
            newKey: new
        )
        let rotation = try KeyRotation(previousKey: old, signature: [UInt8](signing.signature(for: statement)))
        let rotated = try AnnouncedValidator(operatorAddress: "v9", consensusKey: new, rotation: rotation)
        #expect(try chain.receive(chain.update(height: 200, updated: [rotated])).isSuccess)
        try chain.staked(100, on: "v9", of: chain.bob)
    }

    @Test("It is taken within the unbonding period, against who had stake then, and not a moment later")
    func rotatedOut() throws {
        try chain.nextBlock(after: .minutes(49))
        let recorded = try chain.prove(chain.proof(key: old, at: before, height: 150)).thenSucceeded()
        #expect(recorded.emitted.first?.infractionRecorded.validator == "v9")
        _ = try chain.settle()
        #expect(try chain.collateral() == "980")
        #expect(try chain.collateral(of: chain.bob) == "1000")
        try chain.tryStake(1, on: "v9").thenFailed(.validatorTombstoned)
        try chain.nextBlock(after: .minutes(1))
        try chain.prove(chain.proof(key: old, at: before, height: 151)).thenFailed(.infractionTooOld)
    }

    @Test("Both keys are of one validator: what was done with either costs the largest, once for a height")
    func bothKeys() throws {
        try chain.prove(chain.proof(key: new, height: 210)).thenSucceeded()
        try chain.prove(chain.proof(key: old, at: before, height: 150)).thenSucceeded()
        try chain.prove(chain.proof(key: old, height: 210)).thenFailed(.infractionKnown)
        _ = try chain.settle()
        #expect(try chain.collateral() == "980")
        #expect(try chain.collateral(of: chain.bob) == "980")
        #expect(try chain.offender("v9").infractions.map(\.infraction.key) == [Data(new), Data(old)])
    }

    @Test("A key that was rotated out is not free: as another validator's, it proves nothing against that one")
    func reused() throws {
        let other = try AnnouncedValidator(operatorAddress: "v10", consensusKey: old)
        #expect(try chain.receive(chain.update(height: 300, additions: [other])).isSuccess)
        try chain.tryStake(1, on: "v10").thenFailed(.validatorKeyNotCounted)
        let recorded = try chain.prove(chain.proof(key: old, at: before, height: 150)).thenSucceeded()
        #expect(recorded.emitted.first?.infractionRecorded.validator == "v9")
    }
}
