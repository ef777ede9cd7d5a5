import BankEvents
import Foundation
import ModuleKit
import StakingEvents
import Testing

@Suite("The vocabulary")
struct VocabularyTests {
    @Test("Every kind of event in the oneof is listed under its number and name, and no other")
    func listsKinds() throws {
        let set = try Google_Protobuf_FileDescriptorSet(serializedBytes: StakingEvent.descriptorSet)
        let file = try #require(set.file.first { $0.name == "staking.proto" })
        let event = try #require(file.messageType.first { $0.name == "Event" })
        let listed = StakingEvent.kinds.map { "\($0.number) \($0.name)" }
        #expect(listed == event.field.sorted { $0.number < $1.number }.map { "\($0.number) \($0.name)" })
    }

    @Test("Slashing, jailing and tombstoning are privileged and can't be vetoed")
    func protectsPunishments() {
        let punishing = StakingEvent.kinds.filter { $0.privilege == .punish }
        #expect(
            punishing.map(\.name) == [
                "slash_started", "unbonding_slashed", "redelegation_slashed", "validator_slashed", "validator_jailed",
                "validator_tombstoned", "slash_continued", "recalls_credited",
            ]
        )
        #expect(punishing.allSatisfy { $0.delivery == .final })
    }

    @Test("The pools have the addresses of the Cosmos SDK's module accounts")
    func namesPools() {
        #expect(Account.text(StakingPool.bonded.address) == "cosmos1fl48vsnmsdzcv85q5d2q4z5ajdha8yu34mf0eh")
        #expect(Account.text(StakingPool.notBonded.address) == "cosmos1tygms3xhhs3yv487phx3dw4a95jn7t7lpm470r")
    }

    @Test("Malformed coins in an event are an error for whoever wants to move them")
    func refusesMalformedCoins() {
        let event = StakingEvent.with {
            $0.validatorSlashed.isValidatorBonded = true
            $0.validatorSlashed.burned = .with {
                $0.denom = "stake"
                $0.amount = "1.5"
            }
        }
        #expect(throws: ModuleError.self) { try event.coinMovements }
    }
}
