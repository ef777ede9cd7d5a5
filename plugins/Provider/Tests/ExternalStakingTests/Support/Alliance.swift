import Bank
import BankEvents
import ControlChannel
import EvidenceEvents
import ExternalStakingEvents
import Foundation
import IBC
import InterchainEvents
import InterchainTesting
import LocalStaking
import ModuleKit
import NativeStaking
import StakingEvents
import Testing
import Vault
import VaultEvents

@testable import ExternalStaking
@testable import ModuleTesting

/// A provider with local staking and several pairings on the same collateral, all modules real but for Interchain and the
/// evidence module.
final class Alliance {
    let harness: ModuleHarness<ExternalStaking>
    let user = Address.named("user")
    /// The instances of external staking, in order.
    let pairings: [InstanceIdentity]
    private var sequence: UInt64 = 0

    /// - Parameters:
    ///   - ratios: what can be slashed of a lien: local staking's, then each pairing's.
    ///   - neighbours: more modules.
    ///   - settings: of the vault.
    init(
        ratios: [String],
        neighbours: [any ProtocolModule] = [],
        liensMax: String = "32",
        bounty: String = "0"
    ) throws {
        let holders = (1..<ratios.count).map { number in
            (number == 1 ? "external-staking" : "external-staking-\(number)", ratios[number])
        }
        var configurations: [String: JSONValue] = [
            "vault": ["denom": "stake", "local_staking": "local-staking", "liens_max": .string(liensMax)],
            "local-staking": ["vault": "vault", "slash_ratio": ["double_sign": .string(ratios[0]), "offline": "0"]],
            "staking": ["params": ["unbonding_time": "3600s"]],
        ]
        func settings(_ ratio: String) -> JSONValue {
            StakingChain.configuration(
                .newest,
                [("slash_ratio", ["double_sign": .string(ratio), "offline": "0"]), ("bounty", .string(bounty))]
            )
        }
        for (label, ratio) in holders.dropFirst() { configurations[label] = settings(ratio) }
        harness = try ModuleHarness(
            ExternalStaking(),
            neighbours: [Bank(), NativeStaking(), Vault(), LocalStaking(), Switchboard(peer: "consumer-1"), Witness()]
                + holders.dropFirst().map { _ in ExternalStaking() } + neighbours,
            options: HarnessOptions {
                $0.configuration = settings(holders[0].1)
                $0.neighbourConfigurations = configurations
            }
        )
        let balances = try [user, Self.validator].map { holder -> JSONValue in
            let text = try holder.text(prefix: "cosmos")
            return ["address": .string(text), "coins": [["denom": "stake", "amount": "10000000"]]]
        }
        try harness.given(.genesis(appState: ["bank": ["balances": .array(balances)]]))
        pairings = harness.machine.execution.installedInstances.map(\.identity)
            .filter { $0.module == ExternalStakingEvent.moduleName }
        try addValidator()
        for pairing in pairings { try connect(pairing) }
        try harness.nextBlock()
    }

    private static let validator = Address.named("validator")

    private func addValidator() throws {
        let message = StakingMessage.with {
            $0.createValidator = .with {
                $0.commission.rate = "0.1"
                $0.commission.maxRate = "0.2"
                $0.commission.maxChangeRate = "0.01"
                $0.minSelfDelegation = "1"
                $0.consensusKey = Data(repeating: 200, count: 32)
                $0.value = .stake(5_000_000)
            }
        }
        try harness.when(message, to: NativeStaking.self, from: Self.validator).thenSucceeded()
    }

    private func port(_ pairing: InstanceIdentity) -> String {
        "mesh.\(harness.addresses.format(pairing.address, as: .account))"
    }

    private func relay(_ message: InterchainMessage) throws -> Outcome<ExternalStaking> {
        try harness.when(message, to: Switchboard.self, from: StakingChain.relayer).thenSucceeded().thenNothingFailed()
    }

    /// Opens a pairing's channel, with the validators `v1` to `v4` on the other end, each pairing's with keys of their own.
    private func connect(_ pairing: InstanceIdentity) throws {
        let port = port(pairing)
        let opening = try relay(
            .with {
                $0.channelOpenTry.portID = port
                $0.channelOpenTry.connectionID = "connection-0"
                $0.channelOpenTry.ordering = .unordered
                $0.channelOpenTry.counterparty.portID = "mesh.converter"
                $0.channelOpenTry.counterparty.channelID = "channel-9"
                $0.channelOpenTry.counterpartyVersion = ControlVersion.newest.json
            }
        )
        let channel = try #require(opening.events.of(InterchainEvent.self).first).channelOpenTry.channelID
        _ = try relay(
            .with {
                $0.channelOpenConfirm.portID = port
                $0.channelOpenConfirm.channelID = channel
            }
        )
        let update = try ValidatorSetUpdatePacket(
            height: 100,
            timeSeconds: 1_700_000_000,
            additions: (UInt8(1)...4).map {
                try AnnouncedValidator(operatorAddress: "v\($0)", consensusKey: StakingChain.key($0))
            }
        )
        sequence += 1
        let packet = Ibc_Core_Channel_V1_Packet.with {
            $0.sequence = sequence
            $0.sourcePort = "mesh.converter"
            $0.sourceChannel = "channel-9"
            $0.destinationPort = port
            $0.destinationChannel = channel
            $0.data = Data(ConsumerPacket.validatorSetUpdate(update).json(version: .newest))
            $0.timeoutHeight = Height.zero.protobuf
            $0.timeoutTimestamp = 2_000_000_000_000_000_000
        }
        #expect(Received(outcome: try relay(.with { $0.receivePacket.packet = packet })).isSuccess)
    }
}

/// What is done.
extension Alliance {
    func bond(_ amount: UInt64) throws {
        try harness.when(.with { $0.bond.amount = .stake(amount) }, to: Vault.self, from: user).thenSucceeded()
    }

    func stakeLocal(_ amount: UInt64) throws {
        let validator = harness.addresses.format(Self.validator, as: .validatorOperator)
        let message = VaultMessage.with {
            $0.stakeLocal.validator = validator
            $0.stakeLocal.amount = .stake(amount)
        }
        try harness.when(message, to: Vault.self, from: user).thenSucceeded()
    }

    func tryStake(_ amount: UInt64, on validator: String, by holder: String) throws -> Outcome<ExternalStaking> {
        let message = VaultMessage.with {
            $0.stakeRemote.holder = holder
            $0.stakeRemote.validator = validator
            $0.stakeRemote.amount = .stake(amount)
        }
        return try harness.when(message, to: Vault.self, from: user)
    }

    /// Attempts to stake over and over, in one transaction; none of that may succeed.
    func insist(_ count: Int, with holder: InstanceIdentity, expecting code: ModuleError.Code) throws {
        let execution = harness.machine.execution
        let vault = try harness.instance(of: Vault.self)
        let message = try VaultMessage.with {
            $0.stakeRemote.holder = holder.label
            $0.stakeRemote.validator = "v1"
            $0.stakeRemote.amount = .stake(1000)
        }.encodedBytes()
        try harness.unit(transaction: 1, signer: user) { () throws(ModuleError) in
            for _ in 0..<count {
                do throws(ModuleError) {
                    try vault.handle(message, execution, sender: user)
                } catch {
                    guard error.code != code else { continue }
                    throw error
                }
                throw ModuleError(.invalidState, "a lien too many")
            }
        }.thenEmittedNothing()
    }

    /// Stakes over a pairing, by its place.
    func stake(_ amount: UInt64, on validator: String, over pairing: Int) throws -> Ibc_Core_Channel_V1_Packet {
        try tryStake(amount, on: validator, by: pairings[pairing].label).thenSent()
    }

    func acknowledge(_ packet: Ibc_Core_Channel_V1_Packet) throws {
        let acknowledgement = Acknowledgement.result(ControlAcknowledgement.emptyResult).json
        _ = try relay(
            .with {
                $0.acknowledgePacket.packet = packet
                $0.acknowledgePacket.acknowledgement = Data(acknowledgement)
            }
        )
    }

    func timeOut(_ packet: Ibc_Core_Channel_V1_Packet) throws {
        _ = try relay(.with { $0.timeOutPacket.packet = packet })
    }

    func staked(_ amount: UInt64, on validator: String, over pairing: Int) throws {
        try acknowledge(try stake(amount, on: validator, over: pairing))
    }

    /// A validator of a pairing is proven guilty, of an infraction at this time.
    @discardableResult
    func infract(_ key: UInt8, over pairing: Int, height: UInt64 = 7) throws -> Outcome<ExternalStaking> {
        let submitter = harness.addresses.format(StakingChain.observer, as: .account)
        let (number, time) = (pairings[pairing].number, harness.block.time.nanoseconds)
        let proof = EvidenceEvent.with {
            $0.duplicateVoteProven.instanceNumber = number
            $0.duplicateVoteProven.clientID = "07-tendermint-0"
            $0.duplicateVoteProven.chainID = "consumer-1"
            $0.duplicateVoteProven.key = Data(StakingChain.key(key))
            $0.duplicateVoteProven.height = height
            $0.duplicateVoteProven.time = time
            $0.duplicateVoteProven.submitter = submitter
        }
        return try harness.when(recording: [proof], of: Witness.self, signer: StakingChain.observer).thenSucceeded()
    }

    /// Ends a block, in which all settle; what happened.
    @discardableResult
    func settle() throws -> [RecordedEvent] { try harness.nextBlock(after: .seconds(1)).ended }
}

/// What there is.
extension Alliance {
    func account() throws -> VaultAccountDetails {
        let owner = harness.addresses.format(user, as: .account)
        return try harness.query(.with { $0.account.address = owner }, of: Vault.self).account
    }

    /// The high ends of the liens: local staking's where there is one, then the pairings', in order.
    func liens() throws -> [String] {
        let liens = try account().liens
        let local = liens.filter { $0.purpose == .local }
        let remote = pairings.compactMap { pairing in liens.first { $0.holder.number == pairing.number } }
        return (local + remote).map(\.amount.high)
    }

    func stake(on validator: String, over pairing: Int) throws -> String {
        let owner = harness.addresses.format(user, as: .account)
        let query = ExternalStakingQuery.with {
            $0.stake.owner = owner
            $0.stake.validator = validator
        }
        let stake: ExternalStakingStake = try harness.machine.execution.ask(query, of: pairings[pairing].number).stake
        let unbonding = try stake.pendingUnbonds.reduce(Amount.zero) { try $0.adding(Amount($1.amount)) }
        return "\(stake.amount.high)+\(unbonding)"
    }

    func balance(of address: Address) throws -> String {
        let text = harness.addresses.format(address, as: .account)
        let query = BankQuery.with {
            $0.balance.address = text
            $0.balance.denom = "stake"
        }
        return try harness.query(query, of: Bank.self).balance.amount
    }

    /// The vault has exactly the coins that it has to have.
    func checkCoins() throws {
        let vault = try harness.identity(of: Vault.self).number
        let held = try Amount(balance(of: VaultEvent.moduleAccount(of: vault).address))
        #expect(try held == Vault().coinsHeld(harness.state(of: Vault.self)))
    }
}
