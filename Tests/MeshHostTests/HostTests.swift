import Bank
import BankEvents
import Counter
import Foundation
import MeshHost
import ModuleKit
import Storage
import Testing

@Suite("A host")
struct HostTests {
    @Test("goes through a block's phases in their order, and refuses every other")
    func phases() throws {
        let chain = try TestChain()
        let host = chain.host
        #expect(throws: HostError.self) { try host.commit() }
        let block = ProposedBlock(
            height: 1,
            time: Timestamp(nanoseconds: host.lastHeader.timeNanoseconds),
            transactions: []
        )
        let finalized = try host.finalizeBlock(block)
        #expect(host.lastHeader.height == 0, "nothing is on disk before commit")
        let error = #expect(throws: HostError.self) { try host.finalizeBlock(block) }
        #expect(error?.code == .outOfTurn)
        #expect(throws: HostError.self) { try host.checkTransaction([]) }
        try host.commit()
        #expect(host.lastHeader == finalized.header)
        #expect(try host.store.log.latestHeader() == finalized.header)
    }

    @Test("refuses a block with another height, or dated before the last")
    func invalidBlocks() throws {
        let chain = try TestChain()
        let time = chain.host.lastHeader.timeNanoseconds
        for (height, time) in [(UInt64(0), time), (2, time), (.max, time), (1, time - 1)] {
            let block = ProposedBlock(height: height, time: Timestamp(nanoseconds: time), transactions: [])
            let error = #expect(throws: HostError.self) { try chain.host.finalizeBlock(block) }
            #expect(error?.code == .invalidBlock)
            #expect(chain.host.processProposal(block) != .accept)
        }
        try chain.block()
    }

    @Test("proposes the transactions that are well formed and fit, and accepts what it proposed")
    func proposals() throws {
        let chain = try TestChain()
        let good = try (0..<3).map {
            try chain.send("\($0 + 1)", from: chain.alice, to: chain.bob, sequence: UInt64($0))
        }
        let candidates = [good[0], [1, 2, 3], good[1], good[2]]
        #expect(chain.host.prepareProposal(candidates) == good)
        let bytesMax = good[0].count + good[1].count
        #expect(chain.host.prepareProposal(candidates, bytesMax: bytesMax) == [good[0], good[1]])
        let time = Timestamp(nanoseconds: chain.host.lastHeader.timeNanoseconds)
        #expect(chain.host.processProposal(ProposedBlock(height: 1, time: time, transactions: good)) == .accept)
        #expect(chain.host.processProposal(ProposedBlock(height: 1, time: time, transactions: candidates)) != .accept)
    }

    @Test("leaves no trace of a transaction that was only checked")
    func checksAreFree() throws {
        let chain = try TestChain()
        let other = try TestChain()
        let transaction = try chain.send("10", from: chain.alice, to: chain.bob)
        #expect(try chain.host.checkTransaction(transaction).isSuccess)
        #expect(try chain.host.checkTransaction(transaction).isSuccess)
        #expect(try chain.balance(chain.alice) == "1000000")
        let checked = try chain.block([transaction])
        let unchecked = try other.block([transaction])
        #expect(checked.header == unchecked.header)
    }

    @Test("records a hook that fails, rolls it back alone, and goes on with the block")
    func failingHook() throws {
        let chain = try TestChain([Counter(), Stumbler()])
        let finalized = try chain.block([try chain.send("10", from: chain.alice, to: chain.bob)])
        #expect(finalized.results[0].error == nil)
        let kinds = try finalized.events.map { sequence in
            try #require(try chain.host.store.log.record(at: sequence))
        }
        let texts = kinds.map { String(decoding: $0, as: UTF8.self) }
        #expect(texts.contains { $0.contains("end_block") && $0.contains("stumbled on purpose") })
        #expect(!texts.contains { $0.contains("never-recorded") })
    }

    @Test("gives the same headers for the same blocks, whatever was opened and closed in between")
    func deterministic() throws {
        let one = try TestChain()
        let two = try TestChain()
        for round in 0..<5 {
            let transactions = try (0..<4).map { index in
                try one.send(
                    "\(round * 10 + index + 1)",
                    from: one.alice,
                    to: one.bob,
                    sequence: UInt64(round * 4 + index)
                )
            }
            let first = try one.block(transactions)
            if round % 2 == 1 { try two.reopen() }
            #expect(try two.block(transactions).header == first.header)
        }
    }

    @Test("stops at the work limit of a block, and says so to those who come too late")
    func blockWork() throws {
        var limits = TransactionLimits()
        limits.transactionWorkMax = 4_000
        limits.blockWorkMax = 6_000
        let chain = try TestChain(limits: limits)
        let transactions = try (0..<5).map {
            try chain.send("1", from: chain.alice, to: chain.bob, sequence: UInt64($0))
        }
        let results = try chain.block(transactions).results
        #expect(results[0].error == nil)
        #expect(results.contains { $0.error?.code == .blockFull })
        let executed = UInt64(results.count { $0.isSuccess })
        #expect(try chain.sequence(chain.alice) == executed)
    }

    @Test("refuses to open another chain, a folder without one, and one that is open already")
    func opening() throws {
        let chain = try TestChain()
        let registry = chain.registryInUse
        let twice = #expect(throws: HostError.self) { try ChainHost.open(at: chain.folder.path, registry: registry) }
        #expect(twice?.code == .storage)
        try chain.host.store.close()
        let other = #expect(throws: HostError.self) {
            try ChainHost.open(at: chain.folder.path, chainID: "other-1", registry: registry)
        }
        #expect((other?.cause as? StorageError)?.code == .wrongChain)
        let empty = FileManager.default.temporaryDirectory.appendingPathComponent("mesh-\(UUID().uuidString)")
        let none = #expect(throws: HostError.self) { try ChainHost.open(at: empty.path, registry: registry) }
        #expect(none?.code == .storage)
        try chain.reopen()
    }

    @Test("exports a genesis from which the same accounts start again")
    func export() throws {
        let chain = try TestChain([])
        try chain.block([try chain.send("250", from: chain.alice, to: chain.bob)])
        let document = try chain.host.exportGenesis()
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("mesh-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let (host, _) = try ChainHost.create(at: folder.path, genesis: document.bytes(), registry: chain.registryInUse)
        let answer = try host.query(
            BankQuery.with {
                $0.balance.address = chain.alice.text
                $0.balance.denom = "umesh"
            },
            of: "bank"
        )
        #expect(answer.balance.amount == "999750")
        #expect(host.lastHeader.height == 1, "the copy begins where the first left off")
        try host.store.close()
    }
}

@Suite("A genesis document")
struct GenesisTests {
    private func refusal(_ text: String, skipsUnknown: Bool = false) throws -> HostError? {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("mesh-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        do {
            let made = try ChainHost.create(
                at: folder.path,
                genesis: Array(text.utf8),
                registry: try ModuleRegistry(Bank()),
                genesisOptions: GenesisOptions(skipsUnknown: skipsUnknown)
            )
            try made.host.store.close()
            return nil
        } catch let error as HostError {
            #expect(!FileManager.default.fileExists(atPath: folder.path), "a refused genesis leaves no home")
            return error
        }
    }

    private func sound() throws -> String {
        TestChain.genesis(
            chainID: "mesh-test-1",
            accounts: [(try TestAccount("alice"), 10), (try TestAccount("bob"), 20)]
        )
    }

    @Test("says by its addresses which prefix each role has, also where operators are no valoper")
    func prefixes() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("mesh-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        // Addresses of crypto-org-chain-mainnet-1's genesis, which has cro and crocncl.
        let text = """
            {"chain_id":"cro-1","genesis_time":"2026-01-01T00:00:00Z","app_state":{
            "auth":{"params":{},"accounts":[{"@type":"/cosmos.auth.v1beta1.BaseAccount",
            "address":"cro1h6350mf68lg52ll44t7whcnffhf3qcyc9wrq7z","pub_key":null,"account_number":"0","sequence":"0"}]},
            "other":{"validator_address":"crocncl1h6350mf68lg52ll44t7whcnffhf3qcycxrqfu7"}}}
            """
        let made = try ChainHost.create(
            at: folder.path,
            genesis: Array(text.utf8),
            registry: try ModuleRegistry(Bank()),
            genesisOptions: GenesisOptions(skipsUnknown: true)
        )
        try made.host.store.close()
        let host = try ChainHost.open(at: folder.path, registry: try ModuleRegistry(Bank()))
        defer { try? host.store.close() }
        #expect(host.addresses.account == "cro")
        #expect(host.addresses.validatorOperator == "crocncl")
        #expect(host.addresses.consensus == "crocnclcons")
    }

    @Test("says by whose votes are counted how consensus keys are called, where operators have a name of their own")
    func prefixOfKeys() throws {
        let address = Address(moduleName: "one")
        let info = #"{"address": "\#(try address.text(prefix: "ica"))"}"#
        for (names, expected) in [(("iaa", "iva"), "ica"), (("iaa", "iaavaloper"), "iaavalcons")] {
            let folder = FileManager.default.temporaryDirectory.appendingPathComponent("mesh-\(UUID().uuidString)")
            defer { try? FileManager.default.removeItem(at: folder) }
            let text = """
                {"chain_id":"one-1","genesis_time":"2026-01-01T00:00:00Z","app_state":{
                "bank":{"balances":[{"address":"\(try address.text(prefix: names.0))","coins":[]}]},
                "other":{"validator_address":"\(try address.text(prefix: names.1))"},
                "slashing":{"signing_infos":[\(info)]}}}
                """
            let made = try ChainHost.create(
                at: folder.path,
                genesis: Array(text.utf8),
                registry: try ModuleRegistry(Bank()),
                genesisOptions: GenesisOptions(skipsUnknown: true)
            )
            #expect(made.host.addresses.consensus == expected)
            try made.host.store.close()
        }
    }

    @Test("that has members beside app_state which nobody knows is refused; the engine's parameters are remarked upon")
    func surroundings() throws {
        let text = try sound()
        let unknown = try #require(try refusal(text.replacing("{\"chain_id\"", with: "{\"more\": 1, \"chain_id\"")))
        #expect(unknown.message.contains("more: nothing here knows this member"))
        let engine = text.replacing(
            "{\"chain_id\"",
            with: "{\"consensus_params\": {\"block\": {\"max_gas\": \"-1\"}, \"version\": {}}, \"chain_id\""
        )
        #expect(engine != text)
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("mesh-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let made = try ChainHost.create(
            at: folder.path,
            genesis: Array(engine.utf8),
            registry: try ModuleRegistry(Bank())
        )
        let remarks = made.report.findings.map(\.path).filter { $0.hasPrefix("consensus_params") }
        #expect(remarks == ["consensus_params.block"])
        try made.host.store.close()
    }

    @Test("that is cut off anywhere is refused, with the place")
    func truncated() throws {
        let text = try sound()
        for count in stride(from: 0, to: text.count - 1, by: 7) {
            let error = try #require(try refusal(String(text.prefix(count))))
            #expect(error.code == .invalidGenesis)
        }
        let error = try #require(try refusal(String(text.prefix(200))))
        #expect(error.message.contains("line"))
    }

    @Test("with the same account or balance twice is refused")
    func duplicates() throws {
        let alice = try TestAccount("alice")
        let text = TestChain.genesis(chainID: "mesh-test-1", accounts: [(alice, 10), (alice, 10)])
        #expect(try refusal(text)?.code == .invalidGenesis)
    }

    @Test("whose supply is not the sum of its balances is refused, naming both")
    func totals() throws {
        let text = try sound().replacingOccurrences(
            of: #""supply":[]"#,
            with: #""supply":[{"denom":"umesh","amount":"31"}]"#
        )
        let error = try #require(try refusal(text))
        #expect(error.message.contains("31") && error.message.contains("30"))
    }

    @Test("with a section that nothing reads is refused, or skipped when told so")
    func unknownSection() throws {
        let text = try sound().replacingOccurrences(of: #""auth":"#, with: #""wasm":{"codes":[1]},"auth":"#)
        let error = try #require(try refusal(text))
        #expect(error.cause is GenesisRefusal)
        #expect("\(error)".contains("app_state.wasm"))
        #expect(try refusal(text, skipsUnknown: true) == nil)
    }

    @Test("with a negative or fractional amount is refused", arguments: ["-10", "1.5", "1e3", "", "ten"])
    func amounts(_ amount: String) throws {
        let text = try sound().replacingOccurrences(of: #""amount":"10""#, with: #""amount":"\#(amount)""#)
        #expect(try refusal(text)?.code == .invalidGenesis)
    }
}

/// A module whose end-of-block hook records something and then fails.
struct Stumbler: ProtocolModule {
    static let manifest = Manifest(name: "stumbler", version: "1.0.0")

    let marks = StateItem<UInt64>(1, "marks")

    func handle(_ message: NoVocabulary, _ context: Context) throws(ModuleError) {}

    func apply(_ event: CounterEvent, to state: StateWriter) throws(ModuleError) {
        try marks.set((try marks.value(in: state) ?? 0) + 1, in: state)
    }

    func endBlock(_ context: Context) throws(ModuleError) {
        try context.emit(
            .with {
                $0.incremented.account = "never-recorded"
                $0.incremented.by = 1
            }
        )
        throw ModuleError(.invalidState, "stumbled on purpose")
    }
}
