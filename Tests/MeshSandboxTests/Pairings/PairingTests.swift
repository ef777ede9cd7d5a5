import ExternalStakingEvents
import Foundation
import MeshHost
import MeshSandbox
import ModuleKit
import StakingEvents
import Storage
import Testing
import VaultEvents

/// Collateral of a provider that secures a consumer, on two whole chains with validators, proofs and a relayer.
@Suite("A pairing")
struct PairingTests {
    @Test("is set up by messages alone, in the order of the source document")
    func stages() throws {
        let chains = try PairedChains()
        #expect(
            chains.stages == [
                "a relayer opens main/transfer",
                "deployer on consumer-1: deploys Price feed, Converter and Virtual Staking",
                "deployer on provider-1: deploys External Staking for the Converter",
                "deployer on consumer-1: tells the Converter where External Staking is",
                "a relayer opens main/control",
                "deployer on consumer-1: gives up its power over the pairing",
                "deployer on provider-1: gives up its power over the pairing",
                "authority on consumer-1: lets Virtual Staking mint up to 1000000000",
                "authority on provider-1: recommends External Staking to the chain's users",
            ]
        )
        let report = try chains.report()
        #expect(report.isOpenOnProvider && report.isOpenOnConsumer && report.isSettled)
        #expect(report.validators.map(\.state) == ["active", "active", "active", "active"])
        #expect(report.cap == 1_000_000_000)
        try chains.audit()
    }

    @Test("hands its instances to the chains' authorities instead, where that is agreed")
    func handover() throws {
        let chains = try PairedChains { $0.handover = .authority }
        #expect(
            chains.stages.suffix(4) == [
                "deployer on consumer-1: passes its power over the pairing to the chain's authority",
                "deployer on provider-1: passes its power over the pairing to the chain's authority",
                "authority on consumer-1: lets Virtual Staking mint up to 1000000000",
                "authority on provider-1: recommends External Staking to the chain's users",
            ]
        )
        for role in PairingRole.allCases {
            let chain = try chains.network.chain(chains.pairing.chainID(of: role.side))
            let question = HostQuery.with { $0.instance.instance = chains.pairing.label(of: role) }
            let admin = try chain.query(question, of: "host").instance.admin
            #expect(try admin == chain.address(of: ChainSpecification.authority), "\(role)")
        }
        try chains.bond(5_000_000)
        try chains.crossStake(5_000_000)
        #expect(try chains.report().minted == 5_000_000)
    }

    @Test("turns what is cross-staked into power on the consumer, and takes the power back before the stake is free")
    func crossStake() throws {
        let chains = try PairedChains()
        let power = try chains.power()
        try chains.bond(5_000_000)
        try chains.crossStake(5_000_000)
        var report = try chains.report()
        #expect(report.validators.map(\.committed).contains(5_000_000))
        #expect(report.drift == .zero && report.minted == 5_000_000)
        #expect(try chains.power() == power + 5)

        try chains.network.execute(
            [try SandboxMessage(chains.unstake(2_000_000), to: chains.pairing.externalStaking)],
            on: "provider-1",
            from: "alice"
        )
        try chains.network.settle()
        report = try chains.report()
        #expect(report.minted == 3_000_000 && report.drift == .zero)
        #expect(report.validators.map(\.unbonding).contains(2_000_000))
        #expect(try chains.power() == power + 3)
        // The collateral is free only when the unbonding time is over.
        #expect(throws: SandboxError.self) { try chains.unbond(5_000_000) }
        try chains.audit()
    }

    @Test("ends by itself on the consumer when the provider can't be heard any more: no vote outlives its collateral")
    func silence() throws {
        let chains = try PairedChains()
        let consumer = try chains.network.chain("consumer-1")
        let power = try chains.power()
        try chains.bond(5_000_000)
        try chains.crossStake(5_000_000)
        let start = chains.network.now
        // The clients trust a header for 14 days, and nobody relays.
        _ = try consumer.makeBlock(at: start.shifted(by: .seconds(13 * 86_400)))
        #expect(try chains.power() == power + 5)
        _ = try consumer.makeBlock(at: start.shifted(by: .seconds(15 * 86_400)))
        #expect(try chains.power() == power)
        #expect(try chains.report().minted == .zero)
        #expect(try consumer.invariantViolations() == [])
    }
}

/// A provider and a consumer with a pairing between them, in a temporary folder.
final class PairedChains {
    let network: Network
    let pairing: PairingSpecification
    private(set) var stages: [String] = []
    private let folder: URL

    /// - Parameters:
    ///   - isGoverned: whether both chains decide by vote.
    ///   - change: changes what is set up.
    ///   - isEnough: is asked before each stage of the setup, and ends it there.
    init(
        seed: UInt64 = 3,
        isGoverned: Bool = false,
        _ change: (inout PairingSpecification) -> Void = { _ in },
        until isEnough: (PairingStage) -> Bool = { _ in false }
    ) throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("mesh-pairing-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        network = try Network(in: folder.path, seed: seed)
        var provider = ChainSpecification(
            "provider-1",
            accounts: [.init("alice", Coins(Coin(1_000_000_000, try Denom("uprov"))))]
        )
        (provider.bondDenom, provider.addressPrefix, provider.durability) = ("uprov", "prov", .none)
        provider.addVault()
        var consumer = ChainSpecification("consumer-1")
        (consumer.bondDenom, consumer.addressPrefix, consumer.durability) = ("ucons", "cons", .none)
        if isGoverned {
            (provider.governance, consumer.governance) = (.init(), .init())
            provider.accounts.append(.init("deployer", Coins(Coin(2_000_000, try Denom("uprov")))))
            consumer.accounts.append(.init("deployer", Coins(Coin(2_000_000, try Denom("ucons")))))
        }
        try network.addChain(provider)
        try network.addChain(consumer)
        var pairing = PairingSpecification(
            "main",
            provider: "provider-1",
            consumer: "consumer-1",
            collateral: "uprov",
            rewards: "ucons"
        )
        pairing.cap = 1_000_000_000
        change(&pairing)
        self.pairing = pairing
        let setup = PairingSetup(pairing)
        while let stage = try setup.nextStage(in: network), !isEnough(stage) {
            try network.carryOut(stage, of: pairing)
            stages.append("\(stage)")
        }
        try network.settle()
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    func report() throws -> PairingReport {
        try pairing.report(try network.chain("provider-1"), try network.chain("consumer-1"))
    }

    /// The power of all validators of the consumer.
    func power() throws -> Int64 {
        try network.chain("consumer-1").validatorPowers().reduce(0, +)
    }

    func bond(_ amount: Amount) throws { try ask(try bonding(amount), "vault") }

    func bonding(_ amount: Amount) throws -> VaultMessage { try .with { $0.bond.amount = try coin(amount) } }

    func unbond(_ amount: Amount) throws {
        try ask(try VaultMessage.with { $0.unbond.amount = try coin(amount) }, "vault")
    }

    /// Stakes on the consumer's first validator, and waits for an epoch.
    func crossStake(_ amount: Amount) throws {
        try ask(try staking(amount), "vault")
        try network.settle()
        try network.run(steps: Int(pairing.epochBlocks) + 2)
    }

    func staking(_ amount: Amount) throws -> VaultMessage {
        try .with {
            $0.stakeRemote.holder = pairing.externalStaking
            $0.stakeRemote.validator = try validator()
            $0.stakeRemote.amount = try coin(amount)
        }
    }

    func unstake(_ amount: Amount) throws -> ExternalStakingMessage {
        try .with {
            $0.unstake.validator = try validator()
            $0.unstake.amount = try coin(amount)
        }
    }

    /// Checks every invariant, the agreement of both sides, and every log.
    func audit() throws {
        for chain in network.chains { #expect(try chain.invariantViolations() == []) }
        let books = try pairing.books(
            try report(),
            try network.chain("provider-1"),
            try network.chain("consumer-1")
        )
        for (key, entry) in books.entries { #expect(entry.committed == entry.pledged, "\(key)") }
    }

    private func ask(_ message: some MessageVocabulary, _ instance: String) throws {
        try network.execute([try SandboxMessage(message, to: instance)], on: "provider-1", from: "alice")
    }

    private func coin(_ amount: Amount) throws -> ProtoCoin { ProtoCoin(Coin(amount, try Denom("uprov"))) }

    private func validator() throws -> String {
        let chain = try network.chain("consumer-1")
        return chain.addresses.format(try chain.account("validator").address, as: .validatorOperator)
    }
}

extension SandboxChain {
    /// The powers of the validators who sign the next block.
    fileprivate func validatorPowers() throws -> [Int64] {
        let answer = try query(StakingQuery.with { $0.activeValidators = .init() }, of: "staking").activeValidators
        return answer.powers.map { Int64(clamping: $0.power) }
    }
}
