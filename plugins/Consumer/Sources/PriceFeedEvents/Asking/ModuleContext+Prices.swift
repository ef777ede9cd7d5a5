public import ModuleKit

/// What a price feed says at the time of a block.
public struct FeedPrice: Hashable, Sendable {
    /// Native tokens per foreign token; zero while there is none.
    public let price: Decimal18
    /// The time of the price: as old as what it is taken from.
    public let time: Timestamp
    /// Whether it is above zero and not older than the feed allows.
    public let isFresh: Bool

    /// Takes over an answer.
    ///
    /// - Throws: `invalidDecimal` or `arithmeticOverflow` for a price that is no decimal.
    public init(_ answer: PriceFeedPrice) throws(ModuleError) {
        price = try Decimal18(answer.price)
        time = Timestamp(nanoseconds: answer.timeNanoseconds)
        isFresh = answer.isFresh
    }
}

extension ModuleContext {
    /// What a price feed says now, by its instance number. Freshness is judged by the time of the block in progress.
    ///
    /// - Throws: `notFound` when there is no such instance, `invalidArgument` when it is no price feed, `invalidState` when it
    ///   was never configured.
    public func price(of feed: UInt32) throws(ModuleError) -> FeedPrice {
        let query = PriceFeedQuery.with { $0.price.timeNanoseconds = block.time.nanoseconds }
        return try FeedPrice(try ask(query, of: feed).price)
    }
}
