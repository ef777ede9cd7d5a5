import ModuleKit
import ModuleTesting
import Testing

/// The cells of an execution against a plain dictionary, over real blocks.
@Suite("The state of an execution")
struct LedgerStateTests {
    @Test(
        "is what a dictionary would be, whatever is rolled back, sealed or dropped from memory",
        arguments: [Execution.Limits().cellsMax, 0, 12]
    )
    func agreesWithModel(cellsMax: Int) throws {
        var random = try SplitMix64.seeded()
        for _ in 0..<4 {
            let harness = try ModuleHarness(Ledger(), options: HarnessOptions { $0.limits.cellsMax = cellsMax })
            var model = LedgerModel()
            var generator = ScriptGenerator(random: SplitMix64(seed: random.next()))
            for _ in 0..<6 {
                for _ in 0..<6 {
                    let steps = generator.steps()
                    let outcome = try harness.when(.steps(steps), from: .named("alice"))
                    let succeeds = (try? model.run(steps)) != nil
                    #expect(outcome.succeeded == succeeds, "\(steps)")
                    try expectEqual(harness, model)
                }
                try harness.nextBlock()
                try expectEqual(harness, model)
                try expectStored(harness, model)
            }
        }
    }

    /// Every way to read gives what the model holds.
    private func expectEqual(_ harness: ModuleHarness<Ledger>, _ model: LedgerModel) throws {
        let (ledger, state) = (try harness.module, try harness.state)
        let expected = model.entries.sorted { $0.key < $1.key }
        for reversed in [false, true] {
            let ordered = reversed ? expected.reversed() : expected
            let found = try ledger.entries.entries(in: state, reversed: reversed, limit: .max)
            #expect(found.map { LedgerModel.Place($0.key) } == ordered.map(\.key))
            #expect(found.map(\.value) == ordered.map(\.value))
            for start in model.places {
                let rest = ordered.filter { reversed ? $0.key <= start : start <= $0.key }
                let found = try ledger.entries.entries(in: state, from: start.pair, reversed: reversed, limit: 3)
                #expect(found.map { LedgerModel.Place($0.key) } == rest.prefix(3).map(\.key))
            }
            for shelf in ScriptGenerator.names {
                var found: [LedgerModel.Place] = []
                try ledger.entries.forEach(startingWith: shelf, in: state, reversed: reversed) {
                    (key, _) throws(ModuleError) in
                    found.append(LedgerModel.Place(key))
                    return true
                }
                #expect(found == ordered.map(\.key).filter { $0.shelf == Array(shelf.utf8) }, "on shelf \(shelf)")
            }
        }
        for place in model.places {
            #expect(try ledger.entries.value(for: place.pair, in: state) == model.entries[place])
        }
        let sum = model.entries.values.reduce(0, +)
        #expect(try harness.query(.with { $0.total = true }).total == sum)
    }

    /// The store itself, read without any cell, holds what the model holds.
    private func expectStored(_ harness: ModuleHarness<Ledger>, _ model: LedgerModel) throws {
        let stored = try harness.storedState().filter { $0.key.starts(with: [0, 0, 0, 1, 1]) }
        var found: [LedgerModel.Place: UInt64] = [:]
        for entry in stored {
            var reader = KeyReader(entry.key, from: 5)
            let place = LedgerModel.Place(try Pair<String, String>(decoding: &reader))
            #expect(reader.isAtEnd)
            found[place] = try UInt64(stored: entry.value)
        }
        #expect(found.count == stored.count)
        #expect(found == model.entries)
    }
}
