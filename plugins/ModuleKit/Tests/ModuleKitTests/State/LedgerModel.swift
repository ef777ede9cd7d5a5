import ModuleKit
import ModuleTesting

/// What the ledger should hold, in a plain dictionary: a copy is a savepoint.
struct LedgerModel {
    struct Failure: Error {}

    var entries: [Place: UInt64] = [:]
    /// Every place that was ever written.
    var places: Set<Place> = []

    /// A place, told apart by its bytes and ordered by them.
    struct Place: Hashable, Comparable {
        let shelf: [UInt8]
        let name: [UInt8]

        init(_ shelf: String, _ name: String) {
            self.shelf = Array(shelf.utf8)
            self.name = Array(name.utf8)
        }

        init(_ pair: Pair<String, String>) { self.init(pair.first, pair.second) }

        static func < (left: Place, right: Place) -> Bool {
            left.shelf == right.shelf
                ? left.name.lexicographicallyPrecedes(right.name) : left.shelf.lexicographicallyPrecedes(right.shelf)
        }

        var pair: Pair<String, String> {
            Pair(String(decoding: shelf, as: UTF8.self), String(decoding: name, as: UTF8.self))
        }
    }

    /// Goes through the steps; all of them, or none.
    mutating func run(_ steps: [LedgerStep]) throws {
        let before = entries
        do {
            for step in steps { try run(step) }
        } catch {
            entries = before
            throw error
        }
    }

    private mutating func run(_ step: LedgerStep) throws {
        switch step.step {
        case .set(let entry):
            let place = Place(entry.shelf, entry.name)
            places.insert(place)
            entries[place] = entry.value
        case .remove(let place): entries[Place(place.shelf, place.name)] = nil
        case .attempt(let script), .settle(let script): try? run(script.steps)
        case .insist(let script): try run(script.steps)
        default: throw Failure()
        }
    }
}

/// Random scripts over a few short names, with zero bytes, prefixes of one another, and equal-looking letters.
struct ScriptGenerator {
    var random: SplitMix64

    static let names = [
        "", "a", "ab", "abc", "b", "\0", "\0\0", "a\0", "a\0b", "\u{1}", "\u{E9}", "e\u{301}", "long-long-long-name",
        "z",
    ]

    mutating func name() -> String { Self.names.randomElement(using: &random) ?? "" }

    mutating func step(depth: Int) -> LedgerStep {
        switch Int.random(in: 0..<20, using: &random) {
        case 0..<9: return .set(name(), name(), .random(in: 0..<4, using: &random))
        case 9..<13: return .remove(name(), name())
        case 13: return .poison(name(), name(), 9)
        case 14: return .fail
        case 15 where depth < 5: return .insist(steps(depth: depth + 1))
        case 16 where depth < 5: return .with { $0.settle.steps = steps(depth: depth + 1) }
        case 17... where depth < 5: return .attempt(steps(depth: depth + 1))
        default: return .set(name(), name(), 1)
        }
    }

    mutating func steps(depth: Int = 0) -> [LedgerStep] {
        (0..<Int.random(in: 1...6, using: &random)).map { _ in step(depth: depth) }
    }
}
