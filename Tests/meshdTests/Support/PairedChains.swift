import CometBFT
import Crypto
import ExternalStakingEvents
import Foundation
import MeshHost
import ModuleKit
import Storage
import Testing
import VaultEvents

@testable import MeshSandbox

/// The homes of two chains that are paired: `prov-1`, which is the folder's own home, and a consumer.
///
/// The chains stand still while the program looks at their homes, and go on together in ``relay()``. Alice and bob each have a
/// billion of the provider's coin. One of its coins is worth two of the consumer's.
final class PairedChains {
    let folder: TestFolder
    let pairing: PairingSpecification
    private let network: Network

    private let consumerID: String

    /// - Parameters:
    ///   - consumerID: the consumer's identifier.
    ///   - cap: how much may be minted; nil before governance has agreed.
    ///   - slashRatio: the part of cross-stake that can be slashed; of stake on the provider it is a twentieth.
    ///   - inflation: what both chains mint for those who stake.
    ///   - rewardsRoute: the way of rewards to the provider.
    ///   - opensChannel: whether the setup goes on to the channel, or stops before it.
    ///   - stages: how many stages of the setup are carried out; the first one opens the channel for tokens.
    init(
        consumer consumerID: String = "cons-1",
        cap: Amount? = 1_000_000_000,
        slashRatio: Decimal18 = .percent(10),
        inflation: ChainSpecification.Inflation? = nil,
        rewardsRoute: RewardRoute? = .ics20Memo,
        opensChannel: Bool = true,
        stages: Int = .max
    ) throws {
        self.consumerID = consumerID
        folder = try TestFolder()
        network = try Network(in: folder.url.path, seed: 11)
        for (chainID, prefix) in [("prov-1", "prov"), (consumerID, "cons")] {
            let coins = Coins(Coin(1_000_000_000, try Denom("u\(prefix)")))
            var specification = ChainSpecification(chainID, accounts: [.init("alice", coins), .init("bob", coins)])
            specification.addressPrefix = prefix
            specification.bondDenom = "u\(prefix)"
            specification.validatorPowers = [10, 5]
            specification.durability = .none
            specification.inflation = inflation
            if chainID == "prov-1" { specification.addVault(slashRatio: .percent(5)) }
            try network.addChain(specification)
        }
        var pairing = PairingSpecification(
            "main",
            provider: "prov-1",
            consumer: consumerID,
            collateral: "uprov",
            rewards: "ucons"
        )
        pairing.cap = cap
        pairing.price = try Decimal18("2")
        pairing.slashRatio = slashRatio
        pairing.rewardsRoute = rewardsRoute
        if inflation != nil { pairing.epochBlocks = 12 }
        self.pairing = pairing
        try setUp(opensChannel: opensChannel, stages: stages)
        try network.settle()
        try network.close()
        for chain in network.chains { try makeHome(of: chain) }
    }

    private func setUp(opensChannel: Bool, stages: Int) throws {
        let setup = PairingSetup(pairing)
        var done = 0
        while done < stages, let stage = try setup.nextStage(in: network) {
            done += 1
            if case .path(let path) = stage, path.name == pairing.controlPath, !opensChannel { return }
            try network.carryOut(stage, of: pairing)
        }
    }

    /// Sets up a second pairing of the same chains.
    func addPairing(_ name: String) throws {
        var second = PairingSpecification(
            name,
            provider: "prov-1",
            consumer: consumerID,
            collateral: "uprov",
            rewards: "ucons"
        )
        second.cap = pairing.cap
        try running {
            try network.setUp(second)
            try network.settle()
        }
    }

    /// The home of the consumer.
    var consumer: String { folder.path("consumer") }

    /// The operators of the consumer's validators, the stronger first.
    var validators: [String] {
        get throws { try operators(of: consumerID) }
    }

    /// The operators of a chain's validators, the stronger first.
    func operators(of chainID: String) throws -> [String] {
        let chain = try network.chain(chainID)
        return try ["validator", "validator-2"].map {
            chain.addresses.format(try chain.account($0).address, as: .validatorOperator)
        }
    }

    /// Lets both chains make blocks until every packet is settled and an epoch is over.
    func relay() throws {
        try running {
            try network.settle()
            try network.run(steps: 5)
            try network.settle()
        }
    }

    /// Lets both chains go on for an epoch, so that the rewards of virtual stake come.
    func earn() throws {
        try running {
            try network.run(steps: Int(pairing.epochBlocks) + 2)
            try network.settle()
        }
    }

    /// Lets both chains go on while the program does not look.
    func running(_ body: () throws -> Void) throws {
        for chain in network.chains { try chain.reopen() }
        try body()
        try network.close()
    }

    /// The authority closes the pairing, and both ends learn of it.
    func closeChannel() throws {
        try running {
            let message = ExternalStakingMessage.with { $0.close = .init() }
            try network.execute(
                [try SandboxMessage(message, to: pairing.externalStaking)],
                on: "prov-1",
                from: ChainSpecification.authority
            )
            try network.settle()
            try network.run(steps: 5)
            try network.settle()
        }
    }

    /// The next stage of the setup is carried out while the program does not look.
    func carryOutNextStage() throws {
        try running {
            guard let stage = try PairingSetup(pairing).nextStage(in: network) else { return }
            try network.carryOut(stage, of: pairing)
            try network.settle()
        }
    }

    /// Runs `meshd pairing plan` on both homes.
    func plan(_ more: String...) throws -> Outcome {
        try folder.run(["pairing", "plan", "main", "--provider", folder.home.path, "--consumer", consumer] + more)
    }

    /// Runs `meshd pairing verify` on both homes.
    func verify(_ more: String...) throws -> Outcome {
        try folder.run(["pairing", "verify", "--provider", folder.home.path, "--consumer", consumer] + more)
    }

    /// Runs `meshd pairing status` on both homes.
    func status(_ more: String...) throws -> Outcome {
        try folder.run(["pairing", "status", "--provider", folder.home.path, "--consumer", consumer] + more)
    }

    /// Two votes of the consumer's first validator for different blocks of its last height, as documents of a node.
    func conflictingVotes(isForged: Bool = false) throws -> JSONValue {
        let chain = try network.chain(consumerID)
        try chain.reopen()
        defer { try? chain.close() }
        let block = try #require(try chain.host().store.lightBlock(at: chain.host().lastHeader.height))
        let validator = block.validators.validators[0]
        let signer = try #require(chain.validatorKeys.first { $0.address == validator.address })
        let votes = try [block.signedHeader.commit.blockID, BlockID.nil].map { id in
            let vote = try Vote(
                type: .precommit,
                height: block.height,
                round: 0,
                blockID: id,
                timestamp: block.time,
                validatorAddress: validator.address,
                validatorIndex: 0
            )
            return try signer.sign(vote, chainID: isForged ? "another" : chain.chainID)
        }
        return .array(votes.map(\.rpc))
    }

    /// A home whose chain is the network's, with the keys of its accounts and validators.
    private func makeHome(of chain: SandboxChain) throws {
        let home = chain.chainID == "prov-1" ? folder.home : URL(fileURLWithPath: consumer)
        try FileManager.default.createDirectory(at: home, withIntermediateDirectories: true)
        try FileManager.default.createSymbolicLink(
            at: home.appendingPathComponent("chain"),
            withDestinationURL: URL(fileURLWithPath: chain.path)
        )
        var seeds = try ["alice", "bob", "authority"].map { name in
            (name, Array(try chain.account(name).key.rawRepresentation))
        }
        for name in chain.specification.validatorNames {
            let seed = SandboxSeed.bytes("consensus", name, chainID: chain.chainID, seed: network.seed)
            seeds.append(("\(name)-consensus", seed))
        }
        for (name, seed) in seeds {
            let digits = seed.map { String(format: "%02x", $0) }.joined()
            try folder.succeed("keys", "add", name, "--recover", digits, "--home", home.path)
        }
    }
}
