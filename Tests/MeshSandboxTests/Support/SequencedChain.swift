import Bank
import CometBFT
import Foundation
import MeshHost
import MeshSandbox
import ModuleKit
import NativeStaking
import StakingEvents
import Storage

/// A chain in a temporary folder, driven by its sequencer alone, of whose validators some keys may be missing.
final class SequencedChain {
    static let chainID = "sandbox-1"

    let folder: URL
    let members: [SandboxAccount]
    /// The validators' consensus keys.
    let keys: [PrivateValidator]
    let registry: ModuleRegistry
    var sequencer: Sequencer
    private let parent: URL
    private let prefixes: AddressPrefixes

    var host: ChainHost { sequencer.host }

    /// - Parameters:
    ///   - powers: of the validators, in millions of the smallest coin.
    ///   - keys: the validators whose consensus keys are here; all of them unless given.
    ///   - seed: other validators for another seed.
    ///   - registry: the modules; the bank and staking unless given.
    init(powers: [UInt32], keys: [Int]? = nil, seed: UInt64 = 1, registry: ModuleRegistry? = nil) throws {
        parent = FileManager.default.temporaryDirectory.appendingPathComponent("mesh-sandbox-\(UUID().uuidString)")
        folder = parent.appendingPathComponent("chain")
        try FileManager.default.createDirectory(at: parent, withIntermediateDirectories: true)
        prefixes = try AddressPrefixes(account: "mesh")
        let registry = try registry ?? ModuleRegistry(Bank(), NativeStaking())
        self.registry = registry
        var specification = ChainSpecification(Self.chainID)
        specification.validatorPowers = powers
        members = try specification.validatorNames.map { try SandboxAccount($0, chainID: Self.chainID, seed: seed) }
        let genesis = try SandboxGenesis(specification, seed: seed, time: Network.defaultStart, registry: registry)
        self.keys = genesis.validatorKeys
        let host = try ChainHost.create(at: folder.path, genesis: genesis.document, registry: registry).host
        sequencer = try Sequencer(host, keys: (keys ?? Array(powers.indices)).map { genesis.validatorKeys[$0] })
    }

    deinit { try? FileManager.default.removeItem(at: parent) }

    /// A folder that is not there yet.
    func scratch() -> String { parent.appendingPathComponent("scratch-\(UUID().uuidString)").path }

    /// Makes a block, five seconds after the last.
    @discardableResult
    func makeBlock(_ transactions: [[UInt8]] = []) throws -> Sequencer.Made {
        let time = Timestamp(nanoseconds: host.lastHeader.timeNanoseconds + 5_000_000_000)
        let made = try sequencer.makeBlock(time: time, transactions: transactions)
        try made.ticket.wait()
        return made
    }

    /// Closes the chain and takes it up again, from what is on disk.
    func reopen(keys: [PrivateValidator]? = nil) throws {
        try host.store.close()
        let host = try ChainHost.open(at: folder.path, registry: registry)
        sequencer = try Sequencer(host, keys: keys ?? self.keys)
    }

    /// A transaction with which a validator delegates more to itself.
    func delegation(by number: Int, millions: Int) throws -> [UInt8] {
        let member = members[number]
        var builder = TransactionBuilder(chainID: Self.chainID, addresses: prefixes)
        let message = StakingMessage.with {
            $0.delegate.validator = prefixes.format(member.address, as: .validatorOperator)
            $0.delegate.amount = .with {
                $0.denom = "umesh"
                $0.amount = "\(millions)000000"
            }
        }
        try builder.add(message, to: "staking", from: member.address)
        return try builder.signed(by: [.single(member.key, sequence: try host.nextSequence(of: member.address))])
    }

    /// The powers of a set, largest first.
    static func powers(_ set: ValidatorSet) -> [Int64] { set.validators.map(\.power) }
}
