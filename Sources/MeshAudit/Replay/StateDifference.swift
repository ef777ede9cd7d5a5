import MeshHost
import ModuleKit

/// An entry in which a table of the home differs from the rebuilt one.
public struct StateDifference: Sendable, Hashable, CustomStringConvertible {
    /// The table: `state`, or `commitment` for the nodes of the state root.
    public let table: String
    /// The full key.
    public let fullKey: [UInt8]
    /// What the home has; nil when it has no such entry.
    public let stored: [UInt8]?
    /// What the log gives; nil when it gives no such entry.
    public let rebuilt: [UInt8]?
    /// Whose entry it is, such as `bank (1), balances (2)`; nil when the key is too short to say.
    public let owner: String?

    /// The number of the instance, in the table `state`.
    public var instance: UInt32? {
        fullKey.count < 5 || table != "state" ? nil : fullKey[..<4].reduce(0) { $0 << 8 | UInt32($1) }
    }

    /// The number of the collection, in the table `state`.
    public var collection: UInt8? { instance == nil ? nil : fullKey[4] }

    /// The key within the collection; the full key in other tables.
    public var key: [UInt8] { instance == nil ? fullKey : Array(fullKey[5...]) }

    /// Owner, key, and both values in hexadecimal digits.
    public var description: String {
        func text(_ value: [UInt8]?) -> String {
            guard let value else { return "nothing" }
            return value.count > 64 ? "\(value.prefix(64).hexadecimal)… (\(value.count) bytes)" : value.hexadecimal
        }
        return "\(owner ?? table), key \(key.hexadecimal): stored is \(text(stored)), the log gives \(text(rebuilt))"
    }
}

/// Tells whose a state key is, in words.
struct InstanceNames {
    private let machine: ChainMachine

    init(_ machine: ChainMachine) {
        self.machine = machine
    }

    /// Such as `bank (1), balances (2)`.
    func owner(of fullKey: [UInt8]) -> String? {
        guard fullKey.count >= 5 else { return nil }
        let number = fullKey[..<4].reduce(0) { $0 << 8 | UInt32($1) }
        let identity = machine.execution.installedInstances.map(\.identity).first { $0.number == number }
        let module = identity.flatMap { machine.registry.module($0.module, version: $0.version) }
        let collection = module?.collections.first { $0.number == fullKey[4] }
        let label = identity.map { "\($0.label) (\(number))" } ?? "instance \(number)"
        return "\(label), \(collection.map { "\($0.name) (\($0.number))" } ?? "collection \(fullKey[4])")"
    }
}
