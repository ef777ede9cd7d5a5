import Bank
import BankEvents
import Counter
import Crypto
import Foundation
import MeshHost
import ModuleKit
import ModuleRuntime
import Storage

/// An account of the tests, with a key made from its name.
struct TestAccount {
    let name: String
    let key: Curve25519.Signing.PrivateKey
    let address: Address

    init(_ name: String) throws {
        self.name = name
        key = try Curve25519.Signing.PrivateKey(rawRepresentation: Data(SHA256.hash(data: Data(name.utf8))))
        address = try Address(ed25519PublicKey: Array(key.publicKey.rawRepresentation))
    }

    var text: String { TestChain.prefixes.format(address, as: .account) }
}

/// A chain in a temporary folder, with a bank and two rich accounts.
///
/// After every block the log is replayed into a second machine, and the state root has to come out the same.
final class TestChain {
    static let prefixes: AddressPrefixes = {
        guard let prefixes = try? AddressPrefixes(account: "mesh") else { preconditionFailure("mesh is a prefix") }
        return prefixes
    }()

    let folder: URL
    let alice: TestAccount
    let bob: TestAccount
    private(set) var host: ChainHost
    private let registry: ModuleRegistry

    init(
        _ extra: [any ProtocolModule] = [Counter()],
        limits: TransactionLimits = TransactionLimits(),
        chainID: String = "mesh-test-1",
        hostSection: String? = nil
    ) throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("mesh-host-\(UUID().uuidString)")
        alice = try TestAccount("alice")
        bob = try TestAccount("bob")
        registry = try ModuleRegistry(([Bank()] + extra).map { Self.register($0) }, limits: limits)
        let genesis = Self.genesis(chainID: chainID, accounts: [(alice, 1_000_000), (bob, 500_000)], host: hostSection)
        host = try ChainHost.create(at: folder.path, genesis: Array(genesis.utf8), registry: registry).host
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    private static func register(_ module: some ProtocolModule) -> RegisteredModule { RegisteredModule(module) }

    static func genesis(chainID: String, accounts: [(TestAccount, Int)], host: String? = nil) -> String {
        let listed = accounts.enumerated().map { index, entry in
            """
            {"@type":"/cosmos.auth.v1beta1.BaseAccount","address":"\(entry.0.text)","pub_key":null,\
            "account_number":"\(index)","sequence":"0"}
            """
        }
        let balances = accounts.map { account, amount in
            #"{"address":"\#(account.text)","coins":[{"denom":"umesh","amount":"\#(amount)"}]}"#
        }
        let hostSection = host.map { #""host":\#($0),"# } ?? ""
        return """
            {"chain_id":"\(chainID)","genesis_time":"2026-01-01T00:00:00Z","app_state":{\(hostSection)
            "auth":{"params":{},"accounts":[\(listed.joined(separator: ","))]},
            "bank":{"params":{"send_enabled":[],"default_send_enabled":true},
            "balances":[\(balances.joined(separator: ","))],"supply":[],"denom_metadata":[]}}}
            """
    }

    /// What a block recorded: each event with its instance, its kind, and the sequence of its cause, from the block's first.
    func story(of block: FinalizedBlock) throws -> [String] {
        try block.events.map { sequence in
            guard let record = try host.store.log.record(at: sequence) else {
                throw TestFailure("event \(sequence) is missing")
            }
            let envelope = try EventEnvelope(decoding: record)
            let instance = try host.machine.execution.instance(envelope.instance)
            let kind = instance.vocabulary.type.kind(numbered: envelope.kind)?.name ?? "unlisted"
            let cause = envelope.cause.map { " < \($0 - block.events.lowerBound)" } ?? ""
            return "\(instance.identity.label) \(kind)\(cause)"
        }
    }

    /// The address of an instance, as a text.
    func address(of instance: String) throws -> String {
        let record = try host.query(HostQuery.with { $0.instance.instance = instance }, of: "host").instance
        return Self.prefixes.format(try Address(bytes: record.address), as: .account)
    }

    /// Has Alice send the host a message in a block of its own; why it failed.
    @discardableResult
    func tellHost(_ message: HostMessage, by account: TestAccount? = nil) throws -> ModuleError? {
        let transaction = try signed([("host", try message.encodedBytes())], by: account ?? alice)
        return try block([transaction]).results[0].error
    }

    /// Closes the chain and opens it again, as after a restart.
    func reopen(registry other: ModuleRegistry? = nil, options: HostOptions = HostOptions()) throws {
        try host.store.close()
        host = try ChainHost.open(at: folder.path, registry: other ?? registry, options: options)
    }

    func builder() -> TransactionBuilder { TransactionBuilder(chainID: host.chainID, addresses: Self.prefixes) }

    func sequence(_ account: TestAccount) throws -> UInt64 { try host.nextSequence(of: account.address) }

    /// A signed transaction of one account, with one request for each message.
    func signed(
        _ messages: [(instance: String, message: [UInt8])],
        by account: TestAccount,
        sequence: UInt64? = nil,
        change: (inout TransactionBuilder) -> Void = { _ in }
    ) throws -> [UInt8] {
        var builder = builder()
        for (instance, message) in messages { builder.add(message, to: instance, from: account.address) }
        change(&builder)
        return try builder.signed(by: [.single(account.key, sequence: sequence ?? self.sequence(account))])
    }

    func send(_ amount: String, from sender: TestAccount, to recipient: TestAccount, sequence: UInt64? = nil) throws
        -> [UInt8]
    {
        try signed([("bank", try Self.sendMessage(amount, to: recipient))], by: sender, sequence: sequence)
    }

    static func sendMessage(_ amount: String, to recipient: TestAccount) throws -> [UInt8] {
        try BankMessage.with {
            $0.send.toAddress = recipient.text
            $0.send.amount = [
                .with {
                    $0.denom = "umesh"
                    $0.amount = amount
                }
            ]
        }
        .encodedBytes()
    }

    /// Executes and commits a block one second after the last, and re-verifies the log.
    @discardableResult
    func block(_ transactions: [[UInt8]] = []) throws -> FinalizedBlock {
        let finalized = try host.finalizeBlock(
            ProposedBlock(
                height: host.lastHeader.height + 1,
                time: Timestamp(nanoseconds: host.lastHeader.timeNanoseconds + 1_000_000_000),
                transactions: transactions
            )
        )
        try host.commit()
        try checkLog()
        return finalized
    }

    func balance(_ account: TestAccount) throws -> String {
        let answer = try host.query(
            BankQuery.with {
                $0.balance.address = account.text
                $0.balance.denom = "umesh"
            },
            of: "bank"
        )
        return answer.balance.amount
    }

    /// Replays the whole log into a second machine; throws when a state root differs or an invariant is broken.
    func checkLog() throws {
        let scratch = folder.appendingPathExtension("replay-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: scratch) }
        let log = host.store.log
        let first = host.store.firstHeight
        let store = try ChainStore.create(
            at: scratch.path,
            chainID: host.chainID,
            firstHeight: first,
            options: ChainOptions(durability: .none)
        )
        let source = StoredStateSource(try store.state.makeReader())
        let machine = ChainMachine(
            registry: registryInUse,
            chainID: host.chainID,
            addresses: Self.prefixes,
            source: source
        )
        for height in first...host.lastHeader.height {
            guard let header = try log.header(at: height), let sequences = try log.sequences(at: height) else {
                throw TestFailure("block \(height) is missing")
            }
            for sequence in sequences {
                guard let record = try log.record(at: sequence) else {
                    throw TestFailure("event \(sequence) is missing")
                }
                try machine.apply(try EventEnvelope(decoding: record))
            }
            let writes = try WriteSet(try machine.execution.sealState())
            let prepared = try store.prepare(
                BlockContent(height: height, timeNanoseconds: header.timeNanoseconds, writes: writes)
            )
            guard prepared.header.stateRoot == header.stateRoot else {
                throw TestFailure("the replayed state of height \(height) has another root")
            }
            try store.commit(prepared)
            try source.renew()
        }
        try store.close()
        for (instance, violation) in try host.invariantViolations() {
            throw TestFailure("\(instance.label): \(violation)")
        }
    }

    var registryInUse: ModuleRegistry { host.registry }
}

/// What a helper of the tests found wrong.
struct TestFailure: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
