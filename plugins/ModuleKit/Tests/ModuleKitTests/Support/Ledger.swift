import Foundation
import ModuleKit

/// A module whose messages are scripts: entries on shelves, set and removed, at any depth of events, with failures.
struct Ledger: ProtocolModule {
    typealias Message = LedgerMessage
    typealias Event = LedgerEvent
    typealias Query = LedgerQuery

    static let manifest = Manifest(name: "ledger", version: "1.0.0")

    let entries = StateMap<Pair<String, String>, UInt64>(1, "entries")
    let byValue = StateIndex<UInt64, Pair<String, String>>(2, "by-value")
    let total = StateItem<UInt64>(3, "total")

    func handle(_ message: LedgerMessage, _ context: Context) throws(ModuleError) {
        guard case .script(let script) = message.message else {
            throw ModuleError(.unknownMessage, "the ledger is told nothing: give it a script")
        }
        try run(script, context)
    }

    var subscriptions: [Subscription<Ledger>] {
        [
            .on(LedgerEvent.self) { (ledger, event, origin, context) throws(ModuleError) in
                guard origin.instance.number == context.identity.number else { return }
                switch event.event {
                case .nested(let script), .settled(let script): try ledger.run(script, context)
                default: break
                }
            }
        ]
    }

    private func run(_ script: LedgerScript, _ context: Context) throws(ModuleError) {
        for step in script.steps {
            switch step.step {
            case .set(let entry): try context.emit(.with { $0.set = entry })
            case .remove(let place): try context.emit(.with { $0.removed = place })
            case .poison(let entry): try context.emit(.with { $0.poisoned = entry })
            case .insist(let script): try context.emit(.with { $0.nested = script })
            case .attempt(let script): _ = try? context.emit(.with { $0.nested = script })
            case .settle(let script): try context.emit(.with { $0.settled = script })
            case .mint(let value): try context.emit(.with { $0.minted = value })
            case .power(let value): try context.emit(.with { $0.powerChanged = value })
            case .pad(let count): try context.emit(.with { $0.padded = Data(count: Int(count)) })
            case .send(let dispatch): try context.emit(.with { $0.sent = dispatch })
            case .stray(let value): try context.emit(.with { $0.stray = value })
            case .blank: try context.emit(LedgerEvent())
            case .fail(let text): throw ModuleError(.scripted, text)
            case nil: throw ModuleError(.unknownMessage, "a step says nothing")
            }
        }
    }

    func apply(_ event: LedgerEvent, to state: StateWriter) throws(ModuleError) {
        switch event.event {
        case .set(let entry): try put(entry.value, at: Pair(entry.shelf, entry.name), state)
        case .removed(let place): try put(nil, at: Pair(place.shelf, place.name), state)
        case .poisoned(let entry):
            try put(entry.value, at: Pair(entry.shelf, entry.name), state)
            throw ModuleError(.poisoned, "no state fits this event")
        case .nested, .minted, .powerChanged, .settled, .padded, .heard, .stray, .sent, nil: break
        }
    }

    private func put(_ value: UInt64?, at place: Pair<String, String>, _ state: StateWriter) throws(ModuleError) {
        let old = try entries.value(for: place, in: state)
        if let value {
            try entries.set(value, for: place, in: state)
        } else {
            try entries.remove(place, in: state)
        }
        try byValue.move(place, from: old, to: value, in: state)
        let sum = (try total.value(in: state) ?? 0) &- (old ?? 0) &+ (value ?? 0)
        if sum == 0 { try total.remove(in: state) } else { try total.set(sum, in: state) }
    }

    func answer(_ query: LedgerQuery, _ state: StateReader) throws(ModuleError) -> LedgerAnswer {
        let sum = try total.value(in: state) ?? 0
        return .with { $0.total = sum }
    }

    func invariants(_ state: StateReader) throws(ModuleError) -> [InvariantViolation] {
        var sum: UInt64 = 0
        var indexed = 0
        try entries.forEach(in: state) { (place, value) throws(ModuleError) in
            sum &+= value
            indexed += try byValue.contains(value, place, in: state) ? 0 : 1
            return true
        }
        let total = try total.value(in: state) ?? 0
        var violations: [InvariantViolation] = []
        if sum != total { violations.append(InvariantViolation("total-is-sum", "\(total) is not \(sum)")) }
        if indexed > 0 { violations.append(InvariantViolation("all-indexed", "\(indexed) entries are not")) }
        return violations
    }
}
