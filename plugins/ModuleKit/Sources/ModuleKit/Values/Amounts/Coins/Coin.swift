/// An amount of one denomination.
public struct Coin: Hashable, Sendable {
    /// How many units; may be zero.
    public let amount: Amount

    /// Of what.
    public let denom: Denom

    /// Creates a coin.
    public init(_ amount: Amount, _ denom: Denom) {
        self.amount = amount
        self.denom = denom
    }

    /// Reads a text such as `123uatom`: the amount, then at once the denomination.
    ///
    /// - Throws: `invalidCoins`, `invalidAmount`, `invalidDenom`, or `arithmeticOverflow` for too large an amount.
    public init(_ text: String) throws(ModuleError) {
        guard let start = text.utf8.firstIndex(where: { !isDigit($0) }) else {
            throw ModuleError(
                .invalidCoins,
                "coin \(quoted(text)) has no denomination; write the amount and the denomination, such as 123uatom"
            )
        }
        guard start > text.startIndex else {
            throw ModuleError(
                .invalidCoins,
                "coin \(quoted(text)) does not begin with an amount; write digits and the denomination, such as 123uatom"
            )
        }
        self.init(try Amount(String(text[..<start])), try Denom(String(text[start...])))
    }
}

extension Coin: CustomStringConvertible {
    /// The amount and the denomination, such as `123uatom`.
    public var description: String { "\(amount)\(denom)" }
}
