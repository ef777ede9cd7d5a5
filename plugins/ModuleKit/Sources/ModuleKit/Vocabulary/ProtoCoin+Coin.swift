extension ProtoCoin {
    /// Writes a coin.
    public init(_ coin: Coin) {
        self.init()
        denom = coin.denom.text
        amount = coin.amount.description
    }

    /// The coin.
    ///
    /// - Throws: `invalidAmount`, `invalidDenom`, or `arithmeticOverflow` for an amount above 2^128 - 1.
    public func coin() throws(ModuleError) -> Coin {
        Coin(try Amount(amount), try Denom(denom))
    }
}

extension Coins {
    /// Reads coins that came in a message or an event; they have to be sorted, each denomination once, none zero.
    ///
    /// - Throws: `invalidCoins`, `invalidAmount`, `invalidDenom` or `arithmeticOverflow`.
    public init(_ coins: [ProtoCoin]) throws(ModuleError) {
        var elements: [Coin] = []
        elements.reserveCapacity(coins.count)
        for coin in coins { elements.append(try coin.coin()) }
        try self.init(canonical: elements)
    }

    /// The coins as a message or an event carries them.
    public var proto: [ProtoCoin] { elements.map(ProtoCoin.init) }
}
