/// What can be seen of a step and after it: texts by name, such as `alice free` or `packet p 1`. What is nothing or zero has no
/// name, on both sides.
struct Observation {
    // Sorted before anybody sees it.
    private var texts: [String: String] = [:]

    subscript(_ name: String) -> String {
        get { texts[name] ?? "" }
        set { texts[name] = newValue.isEmpty ? nil : newValue }
    }

    /// How many names there are.
    var count: Int { texts.count }

    /// What differs in another observation: its texts by name, empty ones where it has none.
    func differences(to other: Observation) -> [String: String] {
        var found: [String: String] = [:]
        for name in Set(texts.keys).union(other.texts.keys) where self[name] != other[name] {
            found[name] = other[name]
        }
        return found
    }

    /// Both together; the names are different ones.
    func merging(_ other: Observation) -> Observation {
        var merged = self
        merged.texts.merge(other.texts) { _, new in new }
        return merged
    }
}

extension Observation {
    mutating func note(account name: String, bonded: String, wallet: String) {
        self["\(name) bonded"] = Self.amount(bonded)
        self["\(name) wallet"] = Self.amount(wallet)
    }

    mutating func note(_ name: String, _ low: String, _ high: String) {
        self[name] = high == "0" ? "" : "\(low) to \(high)"
    }

    mutating func note(lien name: String, _ low: String, _ high: String, slashable: String) {
        var ratio = slashable[...]
        while ratio.contains("."), ratio.hasSuffix("0") { ratio = ratio.dropLast() }
        self[name] = high == "0" ? "" : "\(low) to \(high), \(ratio) slashable"
    }

    mutating func note(stake name: String, _ low: String, _ high: String, pending: [String]) {
        let unbonding = pending.isEmpty ? "" : ", unbonding \(pending.joined(separator: " and "))"
        self[name] = high == "0" && pending.isEmpty ? "" : "\(low) to \(high)\(unbonding)"
    }

    mutating func note(_ name: String, amount: String) { self[name] = Self.amount(amount) }

    private static func amount(_ text: String) -> String { text == "0" ? "" : text }
}
