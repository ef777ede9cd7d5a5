import Foundation
import InterchainEvents
import MeshHost
import MeshSandbox
import ModuleKit
import ModuleRuntime
import Storage

/// A message of somebody to an instance, encoded. Nobody signs it.
struct BareMessage {
    let sender: Address
    let instance: String
    let bytes: [UInt8]

    init(_ message: some MessageVocabulary, to instance: String, from sender: Address) throws {
        self.sender = sender
        self.instance = instance
        bytes = try message.encodedBytes()
    }
}

/// A chain whose blocks are made straight through the machine: no signatures, no consensus, but every event, every hook,
/// the state tree, and one synced LMDB transaction a block.
final class BareChain {
    /// Where the time of blocks went, and what they wrote.
    struct Costs {
        var execution = 0.0
        var hashing = 0.0
        var storing = 0.0
        var events = 0
        var logBytes = 0
        var stateWrites = 0
        var stateWriteBytes = 0

        var total: Double { execution + hashing + storing }
    }

    let store: ChainStore
    let machine: ChainMachine
    let chainID: String
    /// The folder of its home.
    let path: String
    let prefixes: AddressPrefixes
    /// Sends what only its deployer or its authority may.
    let authority: Address
    var costs = Costs()
    /// How many seconds have passed besides the five between blocks.
    var pauseSeconds: UInt64 = 0
    /// What the last block's events say to the other chain.
    private(set) var sent: [InterchainPacketEvent] = []
    private(set) var acknowledged: [InterchainAcknowledgementWritten] = []
    private let source: StoredStateSource
    private var height: UInt64

    init(_ specification: ChainSpecification, at path: String, registry: ModuleRegistry) throws {
        let genesis = try SandboxGenesis(specification, seed: 1, time: Network.defaultStart, registry: registry)
        // Without proofs no past height has to stay provable.
        let host = try ChainHost.create(
            at: path,
            genesis: genesis.document,
            registry: registry,
            options: HostOptions(provableHeights: 0)
        ).host
        (store, height) = (host.store, host.lastHeader.height)
        (self.path, chainID) = (path, specification.chainID)
        source = StoredStateSource(try store.state.makeReader())
        machine = try ChainMachine.resuming(registry: registry, chainID: chainID, source: source)
        prefixes = try AddressPrefixes(account: specification.addressPrefix)
        authority = try SandboxAccount(ChainSpecification.authority, chainID: chainID, seed: 1).address
    }

    func text(_ address: Address) -> String { prefixes.format(address, as: .account) }

    /// The operators of the validators.
    func operators(_ specification: ChainSpecification) throws -> [String] {
        try specification.validatorNames.map { name in
            prefixes.format(try SandboxAccount(name, chainID: chainID, seed: 1).address, as: .validatorOperator)
        }
    }

    func query<Query: QueryVocabulary>(_ query: Query, of label: String) throws -> Query.Answer {
        try machine.execution.ask(query, of: machine.instance(called: label).identity.number)
    }

    /// The port of an end of a control channel.
    func port(of label: String) throws -> String {
        "mesh.\(text(try machine.instance(called: label).identity.address))"
    }

    /// Makes a block.
    ///
    /// - Throws: what a module throws; no message of a measurement fails.
    func block(_ messages: [BareMessage]) throws {
        let execution = machine.execution
        let nextSequence = try store.log.count()
        height += 1
        let time = Network.defaultStart.nanoseconds + (height * 5 + pauseSeconds) * 1_000_000_000
        let start = ContinuousClock.now
        execution.startBlock(
            BlockInfo(chainID: chainID, height: height, time: Timestamp(nanoseconds: time)),
            nextSequence: nextSequence
        )
        try run(.beginBlock)
        var instances: [String: AnyModuleInstance] = [:]
        for (index, message) in messages.enumerated() {
            let instance = try instances[message.instance] ?? machine.instance(called: message.instance)
            instances[message.instance] = instance
            execution.session.meter.start(limit: .max)
            try execution.unit(transaction: UInt32(index) + 1, signer: message.sender) { () throws(ModuleError) in
                try instance.handle(message.bytes, execution, sender: message.sender)
            }
            execution.settle()
        }
        try run(.endBlock)
        let executed = ContinuousClock.now
        var inputs = ByteArena()
        inputs.append(try BlockInput.report(EngineReport(), lightBlock: []).encoded())
        for message in messages { inputs.append(message.bytes) }
        let content = BlockContent(
            height: height,
            timeNanoseconds: time,
            inputs: inputs,
            records: ByteArena(enveloping: execution.events, height: height),
            writes: try WriteSet(try execution.sealState())
        )
        let prepared = try store.prepare(content)
        let hashed = ContinuousClock.now
        try store.commit(prepared).wait()
        try source.renew()
        costs.execution += (executed - start).seconds
        costs.hashing += (hashed - executed).seconds
        costs.storing += (ContinuousClock.now - hashed).seconds
        costs.events += content.records.count
        costs.logBytes += content.records.byteCount + content.inputs.byteCount
        costs.stateWrites += content.writes.count
        content.writes.forEach { (key, value) in costs.stateWriteBytes += key.count + (value?.count ?? 0) }
    }

    private func run(_ hook: ModuleHook) throws {
        let execution = machine.execution
        for instance in machine.instancesInOrder {
            execution.session.meter.start(limit: .max)
            try execution.unit(transaction: 0) { () throws(ModuleError) in try instance.run(hook, execution) }
            execution.settle()
        }
    }

    /// Reads what the last block says to the other chain. That is the relayer's work, and not measured.
    func readPackets() throws {
        (sent, acknowledged) = ([], [])
        let events = machine.execution.events
        let interchain = try machine.instance(called: interchainModuleName).identity.number
        for entry in events.entries where entry.instance == interchain {
            let event = try InterchainEvent(
                recorded: Array(events.payload(of: entry)),
                schemaVersion: entry.schemaVersion
            )
            switch event.event {
            case .packetSent(let event): sent.append(event)
            case .acknowledgementWritten(let event): acknowledged.append(event)
            default: break
            }
        }
    }
}
