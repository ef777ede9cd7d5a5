import ModuleKit

/// What is kept of one denomination: an empty value stands for nothing kept.
protocol KeptByDenomination: Hashable, Sendable {
    init()
}

/// Values by denomination, few of them: a pairing knows at most ``ExternalStaking/rewardKindsMax``.
///
/// Invariant: sorted by denomination, each once, none empty. Equal maps therefore have equal elements.
struct DenominationMap<Value: KeptByDenomination>: Hashable, Sendable {
    struct Element: Hashable, Sendable {
        let denom: Denom
        var value: Value
    }

    private(set) var elements: [Element] = []

    var isEmpty: Bool { elements.isEmpty }

    /// The value of a denomination, empty where nothing is kept. Setting an empty one removes it.
    subscript(denom: Denom) -> Value {
        get { elements.first { $0.denom == denom }?.value ?? Value() }
        set {
            let place = elements.firstIndex { $0.denom >= denom } ?? elements.endIndex
            if place < elements.endIndex, elements[place].denom == denom { elements.remove(at: place) }
            guard newValue != Value() else { return }
            elements.insert(Element(denom: denom, value: newValue), at: place)
        }
    }

    /// Reads a stored value, which has to come in order.
    ///
    /// - Throws: `undecodable` for one out of order, repeated or empty.
    mutating func append(_ value: Value, _ denom: String) throws(ModuleError) {
        let denom = try Denom(denom)
        guard value != Value(), elements.last.map({ $0.denom < denom }) ?? true else {
            throw .damaged("rewards are not by denomination, each once")
        }
        elements.append(Element(denom: denom, value: value))
    }
}
