import Bank
import CometBFT
import Crypto
import Foundation
import MeshHost
import MeshSandbox
import ModuleKit
import NativeStaking
import StakingEvents
import Storage

/// A chain in a temporary folder whose validators' keys are made from their numbers.
final class SandboxChain {
    static let chainID = "sandbox-1"

    /// A validator: its account's key and its consensus key.
    struct Member {
        let account: Curve25519.Signing.PrivateKey
        let consensus: PrivateValidator
        let address: Address

        init(_ number: Int, of family: String) throws {
            func seed(_ use: String) -> SHA256.Digest { SHA256.hash(data: Data("\(family) \(use) \(number)".utf8)) }
            account = try Curve25519.Signing.PrivateKey(rawRepresentation: seed("account"))
            consensus = try PrivateValidator(seed: Array(seed("consensus")))
            address = try Address(ed25519PublicKey: Array(account.publicKey.rawRepresentation))
        }
    }

    let folder: URL
    private let parent: URL
    let members: [Member]
    var sequencer: Sequencer
    let registry: ModuleRegistry
    private let prefixes: AddressPrefixes

    var host: ChainHost { sequencer.host }

    /// - Parameters:
    ///   - powers: of the validators, in millions of the smallest coin.
    ///   - keys: the validators whose consensus keys are here; all of them unless given.
    ///   - family: other validators for another family.
    init(powers: [Int], keys: [Int]? = nil, family: String = "Cooper") throws {
        parent = FileManager.default.temporaryDirectory.appendingPathComponent("mesh-sandbox-\(UUID().uuidString)")
        folder = parent.appendingPathComponent("chain")
        try FileManager.default.createDirectory(at: parent, withIntermediateDirectories: true)
        let members = try powers.indices.map { try Member($0, of: family) }
        self.members = members
        prefixes = try AddressPrefixes(account: "mesh")
        registry = try ModuleRegistry(Bank(), NativeStaking())
        let genesis = Self.genesis(members, powers: powers, prefixes)
        let host = try ChainHost.create(at: folder.path, genesis: Array(genesis.utf8), registry: registry).host
        sequencer = try Sequencer(host, keys: (keys ?? Array(powers.indices)).map { members[$0].consensus })
    }

    deinit { try? FileManager.default.removeItem(at: parent) }

    /// A folder that is not there yet.
    func scratch() -> String { parent.appendingPathComponent("scratch-\(UUID().uuidString)").path }

    /// The validators' consensus keys.
    var keys: [PrivateValidator] { members.map(\.consensus) }

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
        return try builder.signed(by: [.single(member.account, sequence: try host.nextSequence(of: member.address))])
    }

    /// The powers of a set, largest first.
    static func powers(_ set: ValidatorSet) -> [Int64] { set.validators.map(\.power) }

    private static func genesis(_ members: [Member], powers: [Int], _ prefixes: AddressPrefixes) -> String {
        let accounts = members.map { member in
            """
            {"@type":"/cosmos.auth.v1beta1.BaseAccount","address":"\(prefixes.format(member.address, as: .account))",
            "pub_key":null,"account_number":"0","sequence":"0"}
            """
        }
        let balances = members.map { member in
            """
            {"address":"\(prefixes.format(member.address, as: .account))",
            "coins":[{"denom":"umesh","amount":"1000000000"}]}
            """
        }
        let creations = zip(members, powers).map { member, power in
            """
            {"body":{"memo":"","messages":[{"@type":"/cosmos.staking.v1beta1.MsgCreateValidator",
            "description":{"moniker":"m"},"min_self_delegation":"1",
            "commission":{"rate":"0.1","max_rate":"0.2","max_change_rate":"0.01"},
            "delegator_address":"\(prefixes.format(member.address, as: .account))",
            "validator_address":"\(prefixes.format(member.address, as: .validatorOperator))",
            "pubkey":{"@type":"/cosmos.crypto.ed25519.PubKey",
            "key":"\(Data(member.consensus.key.bytes).base64EncodedString())"},
            "value":{"denom":"umesh","amount":"\(power)000000"}}]},"signatures":[]}
            """
        }
        return """
            {"chain_id":"\(chainID)","genesis_time":"2026-01-01T00:00:00Z","initial_height":"1","app_state":{
            "auth":{"accounts":[\(accounts.joined(separator: ","))]},
            "bank":{"balances":[\(balances.joined(separator: ","))],
            "supply":[{"denom":"umesh","amount":"\(members.count)000000000"}]},
            "staking":{"params":{"bond_denom":"umesh"}},
            "genutil":{"gen_txs":[\(creations.joined(separator: ","))]}}}
            """
    }
}
