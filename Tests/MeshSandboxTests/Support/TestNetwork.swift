import CometBFT
import Crypto
import Foundation
import IBC
import InterchainEvents
import LightClient
import MeshAudit
import MeshHost
import MeshSandbox
import ModuleKit
import StakingEvents
import Storage
import Testing
import TransferEvents

/// A network in a temporary folder, of chains with an account `alice` that holds a million of the chain's coin.
final class TestNetwork {
    let network: Network
    private let parent: URL

    /// - Parameters:
    ///   - chains: their identifiers; the coin of each is the letter u and the identifier's first part.
    ///   - change: changes a chain's specification.
    init(
        _ chains: [String] = ["mesh-1", "hub-1"],
        seed: UInt64 = 7,
        stepInterval: Duration = .seconds(5),
        registry: ModuleRegistry? = nil,
        _ change: (inout ChainSpecification) -> Void = { _ in }
    ) throws {
        parent = FileManager.default.temporaryDirectory.appendingPathComponent("mesh-network-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: parent, withIntermediateDirectories: true)
        network = try Network(in: parent.path, seed: seed, stepInterval: stepInterval, registry: registry)
        for chainID in chains {
            let coin = Coin(1_000_000, try Denom(Self.coin(chainID)))
            var specification = ChainSpecification(chainID, accounts: [.init("alice", Coins(coin))])
            specification.durability = .none
            change(&specification)
            try network.addChain(specification)
        }
    }

    deinit { try? FileManager.default.removeItem(at: parent) }

    /// Adds a relayer that serves a path of transfers between two chains, and opens it.
    @discardableResult
    func connect(
        _ first: String = "mesh-1",
        _ second: String = "hub-1",
        policy: DeliveryPolicy = .prompt
    ) throws -> RelayPath {
        let name = "\(first)-\(second)"
        try network.addRelayer(
            "relayer-\(name)",
            paths: [RelayPath(name, from: .init(first), to: .init(second), policy: policy)]
        )
        try network.openPaths()
        return try network.path(name)
    }

    /// Submits a transfer of an account's tokens through a path, to the account of the same name.
    func transfer(
        _ amount: Int,
        _ denom: String,
        from chainID: String,
        over path: RelayPath,
        account: String = "alice",
        timeoutSeconds: Int = 600
    ) throws {
        let (end, other) = path.first.chainID == chainID ? (path.first, path.second) : (path.second, path.first)
        let receiver = try network.chain(other.chainID).address(of: account)
        let deadline = network.now.shifted(by: .seconds(timeoutSeconds))
        let message = try TransferMessage.with {
            $0.transfer.sourceChannel = try #require(end.channel).text
            $0.transfer.token = ProtoCoin(Coin(Amount(UInt128(amount)), try Denom(denom)))
            $0.transfer.receiver = receiver
            $0.transfer.timeoutTimestamp = deadline.nanoseconds
        }
        try network.chain(chainID).submit(message, to: "transfer", from: account)
    }

    func balance(_ chainID: String, _ denom: String, of account: String = "alice") throws -> Int {
        Int(try network.chain(chainID).balance(of: account, denom).units)
    }

    /// The coin of a chain.
    static func coin(_ chainID: String) -> String { "u" + chainID.prefix { $0 != "-" } }

    /// What a chain calls a token that came through a channel.
    static func voucher(_ path: String) -> String {
        "ibc/" + SHA256.hash(data: Data(path.utf8)).map { String(format: "%02X", $0) }.joined()
    }

    /// The header hashes of all chains.
    var heads: [String] {
        get throws { try network.chains.map { try $0.host().lastHeader.hash.description } }
    }

    /// Checks every invariant, then closes the chains and audits every home.
    func audit(sourceLocation: SourceLocation = #_sourceLocation) throws {
        for chain in network.chains {
            if !chain.isUp { try chain.reopen() }
            #expect(try chain.invariantViolations() == [], sourceLocation: sourceLocation)
        }
        try network.close()
        for chain in network.chains {
            let scratch = { self.parent.appendingPathComponent("scratch-\(UUID().uuidString)").path }
            let verified = try Verification(home: chain.path).run()
            #expect(verified.isSound, "\(chain.chainID): \(verified.findings)", sourceLocation: sourceLocation)
            let replayed = try Replay(home: chain.path, scratch: scratch(), registry: network.registry).run()
            #expect(replayed.isSound, "\(chain.chainID): \(replayed.findings)", sourceLocation: sourceLocation)
            let executed = try Reexecution(home: chain.path, scratch: scratch(), registry: network.registry).run()
            #expect(executed.isSound, "\(chain.chainID): \(executed.findings)", sourceLocation: sourceLocation)
        }
    }
}

extension [StepReport] {
    /// All transactions of all blocks.
    var transactions: [TransactionReport] { flatMap(\.blocks).flatMap(\.transactions) }

    /// What became of packets, such as `sent hub-1`.
    var movements: [String] { flatMap(\.packets).map { "\($0.step.rawValue) \($0.chainID)" } }
}

extension SandboxChain {
    /// Has a validator take back what it bonded itself.
    func undelegate(_ millions: Int, from name: String) throws {
        let validator = addresses.format(try account(name).address, as: .validatorOperator)
        let message = try StakingMessage.with {
            $0.undelegate.validator = validator
            $0.undelegate.amount = ProtoCoin(Coin(Amount(UInt128(millions) * 1_000_000), try Denom("umesh")))
        }
        try submit(message, to: "staking", from: name)
    }

    /// The message that starts a client of this chain which trusts its last block.
    func clientCreation() throws -> InterchainMessage {
        let block = try #require(try host().store.lightBlock(at: try host().lastHeader.height))
        let state = try TendermintClientState(
            chainID: chainID,
            options: VerificationOptions(trustingPeriod: specification.trustingPeriod),
            unbondingPeriod: specification.unbondingTime,
            latestHeight: Height(ofBlock: block.height, chainID: chainID),
            proofSpecs: TendermintClientState.sparseProofSpecs
        )
        let trusted = try TendermintConsensusState(block.signedHeader.header)
        return .with {
            $0.createClient.clientState = Data(state.encoded)
            $0.createClient.consensusState = Data(trusted.encoded)
        }
    }
}
