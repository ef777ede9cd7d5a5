import ControlChannel
import EvidenceEvents
import ExternalStakingEvents
import Foundation
import IBC
import ModuleKit
import ModuleTesting
import Testing
import Vault
import VaultEvents

@testable import ExternalStaking

/// Evidence, and what comes of it.
extension StakingChain {
    static let observer = Address.named("observer")

    /// What is proven: that the validator with a key has signed two blocks.
    func proof(
        key: [UInt8] = StakingChain.key(1),
        at time: Timestamp? = nil,
        height: UInt64 = 7,
        client: String = "07-tendermint-0",
        chain: String = "consumer-1",
        submitter: Address = StakingChain.observer
    ) throws -> EvidenceEvent {
        let number = try harness.identity.number
        let time = time ?? harness.block.time
        return .with {
            $0.duplicateVoteProven.instanceNumber = number
            $0.duplicateVoteProven.clientID = client
            $0.duplicateVoteProven.chainID = chain
            $0.duplicateVoteProven.key = Data(key)
            $0.duplicateVoteProven.height = height
            $0.duplicateVoteProven.time = time.nanoseconds
            $0.duplicateVoteProven.evidenceHash = Data(repeating: 9, count: 32)
            $0.duplicateVoteProven.submitter = text(submitter)
        }
    }

    /// Has something proven.
    @discardableResult
    func prove(_ proof: EvidenceEvent) throws -> Outcome<ExternalStaking> {
        try harness.when(recording: [proof], of: Witness.self, signer: Self.observer)
    }

    /// The validator `v1` is proven guilty, of an infraction at this time unless another is told.
    @discardableResult
    func infract(at time: Timestamp? = nil, height: UInt64 = 7, key: UInt8 = 1) throws -> Outcome<ExternalStaking> {
        try prove(proof(key: Self.key(key), at: time, height: height)).thenSucceeded()
    }

    /// Ends blocks until all have settled; the packets that were sent.
    func settle() throws -> [Ibc_Core_Channel_V1_Packet] {
        var packets: [Ibc_Core_Channel_V1_Packet] = []
        repeat { packets += try nextBlock(after: .seconds(1)) } while try isSettling
        return packets
    }

    var isSettling: Bool {
        get throws { try harness.module.openSettlements.value(in: harness.state) != nil }
    }

    func collateral(of user: Address? = nil) throws -> String {
        let owner = text(user ?? alice)
        return try harness.query(.with { $0.account.address = owner }, of: Vault.self).account.bonded
    }

    func liabilities(of user: Address? = nil) throws -> [ExternalStakingLiability] {
        let owner = text(user ?? alice)
        return try harness.query(.with { $0.liabilities.owner = owner }).liabilities.liabilities
    }

    func offender(_ validator: String = "v1") throws -> ExternalStakingOffender {
        try harness.query(.with { $0.infractions.validator = validator }).infractions
    }
}

extension [Ibc_Core_Channel_V1_Packet] {
    /// What the consumer is told to burn.
    var burned: UInt64 {
        get throws {
            var sum = Amount.zero
            for packet in self {
                guard case .burn(let burn) = try ProviderPacket(json: [UInt8](packet.data), version: .newest) else {
                    continue
                }
                sum = try sum.adding(burn.burn.amount)
            }
            return sum.low
        }
    }
}
