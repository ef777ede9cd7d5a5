/// Amounts of several denominations.
///
/// Invariants, kept by every operation: sorted by denomination, each denomination once, no amount of zero. Equal sets
/// therefore have equal elements.
public struct Coins: Hashable, Sendable {
    /// The coins in order of denomination.
    public private(set) var elements: [Coin]

    private init(unchecked elements: [Coin]) {
        self.elements = elements
    }

    /// No coins.
    public static let empty = Coins(unchecked: [])

    /// Creates the set of one coin, which is empty if the coin's amount is zero.
    public init(_ coin: Coin) {
        self.init(unchecked: coin.amount.isZero ? [] : [coin])
    }

    /// Takes over coins that are already a set, as stored and transmitted values have to be.
    ///
    /// - Throws: `invalidCoins` when they are unsorted, or a denomination is repeated or an amount is zero.
    public init(canonical coins: [Coin]) throws(ModuleError) {
        for coin in coins where coin.amount.isZero {
            throw ModuleError(.invalidCoins, "coins hold zero of \(coin.denom); leave the denomination out")
        }
        for (coin, next) in zip(coins, coins.dropFirst()) where coin.denom >= next.denom {
            throw ModuleError(
                .invalidCoins,
                coin.denom == next.denom
                    ? "coins hold \(coin.denom) twice; add the amounts up"
                    : "coins hold \(next.denom) after \(coin.denom); sort them by denomination"
            )
        }
        self.init(unchecked: coins)
    }

    /// Reads a text such as `1uatom,25uosmo`; the empty text is the empty set.
    ///
    /// - Throws: as `Coin.init(_:)` and `init(canonical:)`.
    public init(_ text: String) throws(ModuleError) {
        var coins: [Coin] = []
        if !text.isEmpty {
            for part in text.split(separator: ",", omittingEmptySubsequences: false) {
                coins.append(try Coin(String(part)))
            }
        }
        try self.init(canonical: coins)
    }

    /// Whether there is nothing.
    public var isEmpty: Bool { elements.isEmpty }

    /// The number of denominations.
    public var count: Int { elements.count }

    /// The amount of a denomination, zero if there is none. O(log n).
    public func amount(of denom: Denom) -> Amount {
        let position = position(of: denom)
        return position.isPresent ? elements[position.index].amount : .zero
    }

    /// Whether at least the other coins are here.
    public func contains(_ other: Coins) -> Bool {
        other.elements.allSatisfy { amount(of: $0.denom) >= $0.amount }
    }

    private func position(of denom: Denom) -> (index: Int, isPresent: Bool) {
        var low = 0
        var high = elements.count
        while low < high {
            let middle = (low + high) / 2
            if elements[middle].denom < denom { low = middle + 1 } else { high = middle }
        }
        return (low, low < elements.count && elements[low].denom == denom)
    }
}

extension Coins {
    /// With the coin added.
    ///
    /// - Throws: `arithmeticOverflow`, naming the denomination.
    public func adding(_ coin: Coin) throws(ModuleError) -> Coins {
        guard !coin.amount.isZero else { return self }
        let position = position(of: coin.denom)
        var result = self
        if position.isPresent {
            do {
                let sum = try elements[position.index].amount.adding(coin.amount)
                result.elements[position.index] = Coin(sum, coin.denom)
            } catch {
                throw error.adding(context: coin.denom.text)
            }
        } else {
            result.elements.insert(coin, at: position.index)
        }
        return result
    }

    /// With the coin taken away.
    ///
    /// - Throws: `arithmeticUnderflow`, naming the denomination.
    public func subtracting(_ coin: Coin) throws(ModuleError) -> Coins {
        guard !coin.amount.isZero else { return self }
        let position = position(of: coin.denom)
        let held = position.isPresent ? elements[position.index].amount : .zero
        let rest: Amount
        do {
            rest = try held.subtracting(coin.amount)
        } catch {
            throw error.adding(context: coin.denom.text)
        }
        var result = self
        if rest.isZero {
            result.elements.remove(at: position.index)
        } else {
            result.elements[position.index] = Coin(rest, coin.denom)
        }
        return result
    }

    /// With all the other coins added.
    ///
    /// - Throws: `arithmeticOverflow`, naming the denomination.
    public func adding(_ other: Coins) throws(ModuleError) -> Coins {
        var result = self
        for coin in other.elements { result = try result.adding(coin) }
        return result
    }

    /// With all the other coins taken away.
    ///
    /// - Throws: `arithmeticUnderflow`, naming the first denomination of which there is too little.
    public func subtracting(_ other: Coins) throws(ModuleError) -> Coins {
        var result = self
        for coin in other.elements { result = try result.subtracting(coin) }
        return result
    }
}

extension Coins: Sequence {
    /// Iterates over the coins in order of denomination.
    public func makeIterator() -> IndexingIterator<[Coin]> { elements.makeIterator() }
}

extension Coins: CustomStringConvertible {
    /// The coins, separated by commas.
    public var description: String { elements.map(\.description).joined(separator: ",") }
}
