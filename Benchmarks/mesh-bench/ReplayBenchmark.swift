import BankEvents
import Foundation
import MeshHost
import ModuleKit
import ModuleRuntime
import Storage

/// Replaying a log into state with the state root of every block checked: bank transfers over many live accounts.
enum ReplayBenchmark {
    static func run(blocks blockCount: Int, size: Int, accounts: Int, folder: String?) throws -> Measurement {
        let chain = try TransferChain(accountCount: accounts)
        return try withScratchFolder(in: folder) { path in
            let home = path + "/home"
            try build(chain, blocks: blockCount, size: size, at: home)
            let store = try ChainStore.open(at: home, expectedChainID: nil, access: .readOnly)
            defer { try? store.close() }
            let events = try store.log.count()
            let genesisEvents = UInt64(try store.log.sequences(at: 0)?.count ?? 0)
            let replay = try Replay(store: store, registry: chain.registry, prefixes: chain.prefixes, at: path + "/scratch")
            try replay.block(at: 0)
            let time = try seconds {
                for height in 1...UInt64(blockCount) { try replay.block(at: height) }
            }.seconds
            try replay.close()
            let figure = Double(events - genesisEvents) / time
            return Measurement(
                name: "replay",
                value: figure,
                unit: "events/s",
                bar: "300 k events/s",
                isMet: figure >= 300_000,
                notes: ["\(events - genesisEvents) events in \(blockCount) blocks over \(accounts) accounts, one thread"]
            )
        }
    }

    /// Makes a log of transfers without signatures, straight through the machine.
    private static func build(_ chain: TransferChain, blocks: Int, size: Int, at home: String) throws {
        let (host, _) = try ChainHost.create(
            at: home,
            genesis: chain.genesis,
            registry: chain.registry,
            options: HostOptions(durability: .none)
        )
        let machine = host.machine
        let bank = try machine.instance(called: "bank")
        let execution = machine.execution
        let messages = try chain.accounts.indices.map { index in
            try BankMessage.with {
                $0.send.toAddress = chain.text(index)
                $0.send.amount = [
                    .with {
                        $0.denom = "umesh"
                        $0.amount = "7"
                    }
                ]
            }
            .encodedBytes()
        }
        var place = 0
        for height in 1...UInt64(blocks) {
            let time = host.lastHeader.timeNanoseconds + height
            execution.startBlock(
                BlockInfo(chainID: host.chainID, height: height, time: Timestamp(nanoseconds: time)),
                nextSequence: try host.store.log.count()
            )
            for _ in 0..<size {
                let sender = chain.accounts[place % chain.accounts.count].address
                let message = messages[(place &* 7_919 + 104_729) % messages.count]
                try execution.unit(transaction: 1, signer: sender) { () throws(ModuleError) in
                    try bank.handle(message, execution, sender: sender)
                }
                execution.settle()
                place += 1
            }
            let content = BlockContent(
                height: height,
                timeNanoseconds: time,
                records: ByteArena(enveloping: execution.events, height: height),
                writes: try WriteSet(try execution.sealState())
            )
            try host.store.append(content).wait()
        }
        try host.store.close()
    }

    /// A machine over a scratch store that follows a log.
    private final class Replay {
        private let log: EventLog
        private let scratch: ChainStore
        private let source: StoredStateSource
        private let machine: ChainMachine

        init(store: ChainStore, registry: ModuleRegistry, prefixes: AddressPrefixes, at path: String) throws {
            log = store.log
            scratch = try ChainStore.create(at: path, chainID: store.chainID, options: .init(durability: .none))
            source = StoredStateSource(try scratch.state.makeReader())
            machine = ChainMachine(
                registry: registry,
                chainID: store.chainID,
                addresses: prefixes,
                source: source,
                canUndo: false
            )
        }

        func block(at height: UInt64) throws {
            guard let header = try log.header(at: height), let sequences = try log.sequences(at: height) else {
                throw BenchmarkFailure("block \(height) is missing")
            }
            try log.forEachRecord(in: sequences) { (_, record) throws(StorageError) in
                do {
                    let envelope = try record.withUnsafeBytes { try EventEnvelope(decoding: $0) }
                    try self.machine.apply(envelope)
                } catch {
                    throw StorageError(.damaged, "event can't be applied: \(error)")
                }
                return true
            }
            let writes = try WriteSet(try machine.execution.sealState())
            let prepared = try scratch.prepare(
                BlockContent(height: height, timeNanoseconds: header.timeNanoseconds, writes: writes)
            )
            guard prepared.header.stateRoot == header.stateRoot else {
                throw BenchmarkFailure("the state root of height \(height) differs")
            }
            try scratch.commit(prepared).wait()
            try source.renew()
        }

        func close() throws { try scratch.close() }
    }
}
