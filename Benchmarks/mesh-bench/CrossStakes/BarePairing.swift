import BankEvents
import Dispatch
import Foundation
import IBC
import InterchainEvents
import MeshHost
import MeshSandbox
import ModuleKit
import Storage
import Synchronization
import VaultEvents

/// Two chains with a pairing between them, a thread for each; a stand-in hands packets over, and nothing is signed or
/// proven.
final class BarePairing {
    static let (externalStaking, priceFeed) = ("external-staking", "price-feed")
    static let (converter, virtualStaking) = ("converter", "virtual-staking")

    let provider: BareChain
    let consumer: BareChain
    let delegators: [Address]
    /// The operators of the consumer's validators.
    let validators: [String]
    /// How many stakes the consumer has taken.
    private(set) var stakedCount = 0
    // By sequence: what is under way from each chain.
    private var fromProvider: [UInt64: Ibc_Core_Channel_V1_Packet] = [:]
    private var fromConsumer: [UInt64: Ibc_Core_Channel_V1_Packet] = [:]
    private var nextDelegator = 0

    /// Sets the chains up, with collateral for all delegators in the vault.
    init(delegators count: Int, validators validatorCount: Int, epochBlocks: UInt64, at path: String) throws {
        delegators = (0..<count).map { Address(moduleName: "delegator \($0)") }
        let registry = try BarePairing.registry()
        var specification = ChainSpecification("consumer-1")
        (specification.bondDenom, specification.addressPrefix) = ("ucons", "cons")
        specification.validatorPowers = [UInt32](repeating: 10, count: validatorCount)
        consumer = try BareChain(specification, at: path + "/consumer", registry: registry)
        validators = try consumer.operators(specification)
        let wealth = Coins(Coin(1_000_000_000_000_000, try Denom("uprov")))
        specification = ChainSpecification("provider-1", accounts: [.init("treasury", wealth)])
        (specification.bondDenom, specification.addressPrefix) = ("uprov", "prov")
        specification.instances = [.init("vault", module: "vault", configuration: ["denom": "uprov"])]
        provider = try BareChain(specification, at: path + "/provider", registry: registry)
        try deploy(epochBlocks: epochBlocks)
        try openChannel()
        try bond()
    }

    func close() throws {
        try provider.store.close()
        try consumer.store.close()
    }

    /// The stakes of the next delegators, each on the validator of its choice.
    func stakes(_ count: Int) throws -> [BareMessage] {
        try (0..<count).map { _ in
            let owner = nextDelegator % delegators.count
            nextDelegator += 1
            let message = VaultMessage.with {
                $0.stakeRemote.holder = Self.externalStaking
                $0.stakeRemote.validator = validators[owner &* 7_919 % validators.count]
                $0.stakeRemote.amount = .with { ($0.denom, $0.amount) = ("uprov", "1000") }
            }
            return try BareMessage(message, to: "vault", from: delegators[owner])
        }
    }

    /// A block on both chains: what the other one has sent and acknowledged is delivered, then new messages.
    ///
    /// - Returns: how long both blocks took, in seconds.
    @discardableResult
    func step(_ messages: [BareMessage] = [], onConsumer others: [BareMessage] = []) throws -> Double {
        let toProvider =
            try acknowledgements(of: consumer, among: &fromProvider, to: provider)
            + receptions(of: consumer, to: provider) + messages
        let toConsumer =
            try acknowledgements(of: provider, among: &fromConsumer, to: consumer)
            + receptions(of: provider, to: consumer) + others
        for event in provider.sent { fromProvider[event.packet.sequence] = event.packet }
        for event in consumer.sent { fromConsumer[event.packet.sequence] = event.packet }
        // Each chain is used by one thread, and by nobody else meanwhile.
        nonisolated(unsafe) let work = [(provider, toProvider), (consumer, toConsumer)]
        let failure = Mutex<(any Error)?>(nil)
        @Sendable func makeBlock(of index: Int) {
            do {
                try work[index].0.block(work[index].1)
            } catch {
                failure.withLock { $0 = error }
            }
        }
        let time = seconds {
            // A plain thread: a chain hashes on the other one's core while that is idle, as it can't within
            // `concurrentPerform`.
            let other = DispatchGroup()
            DispatchQueue.global().async(group: other) { makeBlock(of: 1) }
            makeBlock(of: 0)
            other.wait()
        }
        if let failure = failure.withLock({ $0 }) { throw failure }
        try provider.readPackets()
        try consumer.readPackets()
        return time.seconds
    }

    /// Makes blocks until nothing is under way.
    func settle() throws {
        repeat {
            try step()
        } while !(provider.sent.isEmpty && consumer.sent.isEmpty && fromProvider.isEmpty && fromConsumer.isEmpty)
    }

    private func receptions(of sender: BareChain, to receiver: BareChain) throws -> [BareMessage] {
        try sender.sent.map { event in
            try BareMessage(
                InterchainMessage.with { $0.receivePacket.packet = event.packet },
                to: interchainModuleName,
                from: receiver.authority
            )
        }
    }

    private func acknowledgements(
        of receiver: BareChain,
        among packets: inout [UInt64: Ibc_Core_Channel_V1_Packet],
        to sender: BareChain
    ) throws -> [BareMessage] {
        try receiver.acknowledged.map { event in
            guard let packet = packets.removeValue(forKey: event.sequence),
                String(decoding: event.acknowledgement, as: UTF8.self) == #"{"result":"e30="}"#
            else {
                throw BenchmarkFailure("a packet failed: \(String(decoding: event.acknowledgement, as: UTF8.self))")
            }
            if sender === provider { stakedCount += 1 }
            let message = InterchainMessage.with {
                $0.acknowledgePacket.packet = packet
                $0.acknowledgePacket.acknowledgement = event.acknowledgement
            }
            return try BareMessage(message, to: interchainModuleName, from: sender.authority)
        }
    }

    /// Gives each delegator coins, and has him put them into the vault.
    private func bond() throws {
        let treasury = try SandboxAccount("treasury", chainID: provider.chainID, seed: 1).address
        let coin = ProtoCoin(Coin(1_000_000_000, try Denom("uprov")))
        for start in stride(from: 0, to: delegators.count, by: 5_000) {
            let group = delegators[start..<min(start + 5_000, delegators.count)]
            let gifts = try group.map { owner in
                let send = BankMessage.with {
                    $0.send.toAddress = provider.text(owner)
                    $0.send.amount = [coin]
                }
                return try BareMessage(send, to: "bank", from: treasury)
            }
            let bonds = try group.map { owner in
                try BareMessage(VaultMessage.with { $0.bond.amount = coin }, to: "vault", from: owner)
            }
            try step(gifts + bonds)
        }
        try settle()
    }
}
