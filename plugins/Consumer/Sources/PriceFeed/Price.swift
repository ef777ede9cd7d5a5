import ModuleKit
import PriceFeedEvents

/// The prices that a feed takes.
enum Price {
    /// The largest price, 10^18: with it, the sum of prices over all nanoseconds that there are fits a decimal.
    static let largest = Decimal18(1_000_000_000_000_000_000 as Amount)

    /// What prices above zero come to over a span: from the smallest to the largest, times its nanoseconds.
    ///
    /// - Throws: `arithmeticOverflow`, which no span reaches.
    static func sums(over span: TimeSpan) throws(ModuleError) -> ClosedRange<Decimal18> {
        let nanoseconds = Amount(UInt128(span.nanoseconds))
        let smallest = try Decimal18.smallestAboveZero.multiplied(by: nanoseconds)
        return smallest...(try largest.multiplied(by: nanoseconds))
    }

    /// Reads a price from zero up.
    ///
    /// - Throws: `invalidPrice`.
    static func read(_ text: String) throws(ModuleError) -> Decimal18 {
        let price: Decimal18
        do {
            price = try Decimal18(text)
        } catch {
            throw ModuleError(.invalidPrice, error.message)
        }
        guard price <= largest else {
            throw ModuleError(
                .invalidPrice,
                "a price is at most \(largest.shortDescription) native tokens per foreign token; correct it"
            )
        }
        return price
    }

    /// Reads a price above zero.
    ///
    /// - Throws: `invalidPrice`.
    static func readAboveZero(_ text: String) throws(ModuleError) -> Decimal18 {
        let price = try read(text)
        guard !price.isZero else {
            throw ModuleError(.invalidPrice, "a reported price is above zero; report nothing where there is no price")
        }
        return price
    }
}
