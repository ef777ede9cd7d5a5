import ControlChannel
import ExternalStakingEvents
import Foundation
import IBC
import InterchainEvents
import InterchainTesting
import ModuleKit
import Testing
import Vault
import VaultEvents

@testable import ExternalStaking
@testable import ModuleTesting

/// A chain on which many have staked on `v1`, each 100 of his 200.
///
/// They come in bulk, a thousand in a transaction, and what must always hold is looked at when all are there: it is a walk
/// over all of them.
struct Crowd {
    let chain: StakingChain
    let people: [Address]

    /// Whoever is in a crowd of this size.
    static func people(_ count: Int) -> [Address] { (0..<count).map { Address.named("staker \($0)") } }

    /// - Parameter checks: whether what must always hold is looked at after every block, too.
    init(_ count: Int, eventsMax: Int = 100_000, neighbours: [any ProtocolModule] = [], checks: Bool = true) throws {
        let people = Self.people(count)
        var limits = Execution.Limits()
        limits.eventsMax = eventsMax
        let chain = try StakingChain(
            neighbours: neighbours,
            people: people,
            limits: limits,
            replays: false,
            checks: checks
        )
        (self.chain, self.people) = (chain, people)
        try chain.connect()
        #expect(try chain.receive(chain.additions()).isSuccess)
        for start in stride(from: 0, to: count, by: 1000) {
            try stake(people[start..<min(start + 1000, count)])
        }
    }

    private func stake(_ people: ArraySlice<Address>) throws {
        let harness = chain.harness
        let execution = harness.machine.execution
        let (vault, switchboard) = (
            try harness.instance(of: Vault.self), try harness.instance(of: Switchboard.self)
        )
        func coin(_ amount: UInt64) throws -> ProtoCoin { ProtoCoin(try StakingChain.coin(amount)) }
        let (all, half) = (try coin(200), try coin(100))
        let bond = try VaultMessage.with { $0.bond.amount = all }.encodedBytes()
        let stake = try VaultMessage.with {
            $0.stakeRemote.holder = "external-staking"
            $0.stakeRemote.validator = "v1"
            $0.stakeRemote.amount = half
        }.encodedBytes()
        let first = execution.events.entries.count
        try execution.unit(transaction: 1) { () throws(ModuleError) in
            for person in people {
                try execution.asSigner(person) { () throws(ModuleError) in
                    try vault.handle(bond, execution, sender: person)
                    try vault.handle(stake, execution, sender: person)
                }
            }
        }
        let acknowledgement = Data(Acknowledgement.result(ControlAcknowledgement.emptyResult).json)
        let packets = try harness.machine.recordedEvents(from: first).of(InterchainEvent.self).compactMap(\.sent)
        #expect(packets.count == people.count)
        let messages = try packets.map { packet in
            try InterchainMessage.with {
                $0.acknowledgePacket.packet = packet
                $0.acknowledgePacket.acknowledgement = acknowledgement
            }.encodedBytes()
        }
        try execution.unit(transaction: 2) { () throws(ModuleError) in
            for message in messages {
                try switchboard.handle(message, execution, sender: StakingChain.relayer)
            }
        }
    }
}
