import ModuleKit

/// An entry of a short list by denomination.
protocol OfDenomination {
    var denom: Denom { get }

    /// The entry of a denomination of which nothing is there yet.
    init(_ denom: Denom)
}

extension Array where Element: OfDenomination {
    /// The entry of a denomination, or a new one; the list stays sorted.
    subscript(denom: Denom) -> Element {
        get { first { $0.denom == denom } ?? Element(denom) }
        set {
            let place = firstIndex { $0.denom >= denom } ?? endIndex
            if place < endIndex, self[place].denom == denom {
                self[place] = newValue
            } else {
                insert(newValue, at: place)
            }
        }
    }

    func contains(_ denom: Denom) -> Bool { contains { $0.denom == denom } }

    /// Checks that the entries are sorted, and each denomination is there once.
    func requireOrder() throws(ModuleError) {
        for (entry, next) in zip(self, dropFirst()) where entry.denom >= next.denom {
            throw ModuleError(.invalidCoins, "\(next.denom) is not after \(entry.denom): sort them, each once")
        }
    }
}

/// A part of a coin's unit: what is left over, and belongs to the community.
struct Fraction: Hashable {
    let denom: Denom
    let amount: Decimal36
}

extension Array where Element == Fraction {
    /// Adds what is above zero.
    mutating func add(_ amount: Decimal36, _ denom: Denom) {
        if !amount.isZero { append(Fraction(denom: denom, amount: amount)) }
    }
}
