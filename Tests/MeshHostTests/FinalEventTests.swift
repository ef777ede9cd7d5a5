import Bank
import Counter
import Foundation
import MeshHost
import ModuleKit
import ModuleRuntime
import Storage
import Testing

@Suite("A final event of the host")
struct FinalEventTests {
    private func failures(_ chain: TestChain, in block: FinalizedBlock) throws -> [HostReactionFailed] {
        try block.events.compactMap { sequence in
            guard let record = try chain.host.store.log.record(at: sequence) else { return nil }
            let envelope = try EventEnvelope(decoding: record)
            guard envelope.instance == HostModule.instanceNumber else { return nil }
            let event = try HostEvent(recorded: envelope.payload, schemaVersion: envelope.schemaVersion)
            guard case .reactionFailed(let failure) = event.event else { return nil }
            return failure
        }
    }

    @Test("is reacted to in nobody's name and with the same work, however little the transaction was given")
    func reactions() throws {
        let chain = try TestChain([Watcher()])
        let message = try TestChain.sendMessage("1", to: chain.bob)
        let needed = try chain.host.checkTransaction(try chain.signed([("bank", message)], by: chain.alice)).workUsed
        let poor = try chain.signed([("bank", message)], by: chain.alice) { $0.workLimit = needed + 20 }
        let block = try chain.block([poor])
        #expect(block.results.map(\.error) == [nil])
        #expect(block.results.allSatisfy { $0.workUsed <= needed + 20 })
        #expect(try failures(chain, in: block).isEmpty)
        #expect(try total(chain) == 1)
        _ = try chain.block([try chain.signed([("bank", [0xFF])], by: chain.alice)])
        #expect(try total(chain) == 2, "failed transactions are executed, too")
    }

    @Test("outlives a reaction that never ends: the failure is recorded, and the chain goes on")
    func endless() throws {
        let chain = try TestChain([Watcher(isEndless: true)])
        for amount in ["1", "2"] {
            let block = try chain.block([try chain.send(amount, from: chain.alice, to: chain.bob)])
            #expect(block.results.map(\.error) == [nil])
            let failure = try #require(try failures(chain, in: block).first)
            #expect(failure.number == 2 && failure.codespace == "kit")
            #expect(failure.code == ModuleError.Code.outOfWork.number)
        }
        #expect(try chain.balance(chain.bob) == "500003")
        #expect(try total(chain) == 0)
    }

    private func total(_ chain: TestChain) throws -> UInt64 {
        let answer = try chain.host.query("watcher", json: #"{"total":{}}"#)
        guard case .string(let text) = try JSONValue(parsing: answer)["value"].value else { return 0 }
        return UInt64(text) ?? 0
    }
}

/// Counts executed transactions, nine tenths of what it may use for each; or never comes to an end.
private struct Watcher: ProtocolModule {
    typealias Message = CounterMessage
    typealias Event = CounterEvent
    typealias Query = CounterQuery

    static let manifest = Manifest(name: "watcher", version: "1.0.0")

    let total = StateItem<UInt64>(1, "total")
    var isEndless = false

    func handle(_ message: CounterMessage, _ context: Context) throws(ModuleError) {}

    var subscriptions: [Subscription<Watcher>] {
        [
            .on(HostEvent.self) { (watcher, event, origin, context) throws(ModuleError) in
                guard case .transactionExecuted = event.event else { return }
                guard origin.signer == nil, context.sender == nil else {
                    throw ModuleError(.unauthorized, "somebody has signed for what only happened")
                }
                repeat { try context.charge(900_000) } while watcher.isEndless
                try context.emit(.with { $0.incremented.by = 1 })
            }
        ]
    }

    func apply(_ event: CounterEvent, to state: StateWriter) throws(ModuleError) {
        try total.set((try total.value(in: state) ?? 0) &+ 1, in: state)
    }

    func answer(_ query: CounterQuery, _ state: ModuleKit.StateReader) throws(ModuleError) -> CounterAnswer {
        let value = try total.value(in: state) ?? 0
        return .with { $0.value = value }
    }
}
