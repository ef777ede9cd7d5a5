import ModuleKit
import ModuleTesting
import Testing

@Suite("A walk over a map")
struct WalkTests {
    let harness: ModuleHarness<Ledger>
    let alice = Address.named("alice")

    init() throws { harness = try ModuleHarness(Ledger()) }

    private func names(startingWith shelf: String, reversed: Bool = false) throws -> [String] {
        var names: [String] = []
        try harness.module.entries.forEach(startingWith: shelf, in: try harness.state, reversed: reversed) {
            (key, _) throws(ModuleError) in
            names.append(key.second)
            return true
        }
        return names
    }

    @Test("goes past the end of a page, forth and back, stored or not", arguments: [false, true])
    func pages(isStored: Bool) throws {
        let steps = (0..<300).map { LedgerStep.set("shelf", "\(1_000 + $0)", 1) }
        try harness.given(.messages([.steps(steps)], from: alice))
        if isStored { try harness.nextBlock() }
        let expected = (1_000..<1_300).map(String.init)
        #expect(try names(startingWith: "shelf") == expected)
        #expect(try names(startingWith: "shelf", reversed: true) == expected.reversed())
    }

    @Test("keeps to its prefix also where later keys are shorter than the prefix")
    func shorterKeysAfter() throws {
        let shelf = "a-shelf-with-a-long-name"
        try harness.given(.messages([.steps(.set(shelf, "x", 1), .set("b", "", 1), .set("c", "", 1))], from: alice))
        #expect(try names(startingWith: shelf) == ["x"])
        #expect(try names(startingWith: shelf, reversed: true) == ["x"])
        try harness.nextBlock()
        #expect(try names(startingWith: shelf) == ["x"])
    }

    @Test("refuses a prefix or a start that is longer than any key, and the chain goes on", arguments: [500, 5_000])
    func longPrefix(count: Int) throws {
        let long = String(repeating: "x", count: count)
        let (entries, state) = (try harness.module.entries, try harness.state)
        try harness.given(.messages([.steps(.set("x", "y", 1))], from: alice), .blocks(1))
        #expect(code { try names(startingWith: long) } == .invalidArgument)
        #expect(code { try entries.entries(in: state, from: Pair(long, ""), limit: 1) } == .invalidArgument)
        #expect(code { try entries.value(for: Pair(long, ""), in: state) } == .invalidArgument)
        try harness.when(.steps(.set(long, "y", 1)), from: alice).thenFailed(.invalidArgument)
        try harness.when(.steps(.set("x", "z", 1)), from: alice).thenSucceeded()
        try harness.nextBlock()
        #expect(try names(startingWith: "x") == ["y", "z"])
    }

    @Test("sees the entries ahead of it as its own visits have left them", arguments: [false, true])
    func writesAhead(isStored: Bool) throws {
        let module = Gardener()
        let harness = try ModuleHarness(module)
        try harness.given(.events((1...6).map { .heard($0 * 10) }))
        if isStored { try harness.nextBlock() }
        // At 10 it removes 20 and adds 35; at 35 it adds 36; the rest it lets stand.
        try harness.when(.steps(.blank), from: alice).thenSucceeded()
        #expect(try module.visited.value(in: try harness.state) == "10 30 35 36 40 50 60")
        #expect(try module.beds.entries(in: try harness.state, limit: .max).map(\.key) == [10, 30, 35, 36, 40, 50, 60])
    }

    /// Walks its beds and changes what lies ahead.
    private struct Gardener: ProtocolModule {
        typealias Message = LedgerMessage
        typealias Event = LedgerEvent
        typealias Query = NoVocabulary

        static let manifest = Manifest(name: "gardener", version: "1.0.0")

        let beds = StateMap<UInt64, Unit>(1, "beds")
        let visited = StateItem<String>(2, "visited")

        func handle(_ message: LedgerMessage, _ context: Context) throws(ModuleError) {
            var visits: [String] = []
            try beds.forEach(in: context) { (bed, _) throws(ModuleError) in
                visits.append(String(bed))
                if bed == 10 {
                    try context.emit(.with { $0.minted = 20 })
                    try context.emit(.heard(35))
                }
                if bed == 35 { try context.emit(.heard(36)) }
                return true
            }
            try context.emit(.set("visited", visits.joined(separator: " "), 0))
        }

        func apply(_ event: LedgerEvent, to state: StateWriter) throws(ModuleError) {
            switch event.event {
            case .heard(let bed): try beds.set(Unit(), for: bed, in: state)
            case .minted(let bed): try beds.remove(bed, in: state)
            case .set(let entry): try visited.set(entry.name, in: state)
            default: break
            }
        }
    }
}
