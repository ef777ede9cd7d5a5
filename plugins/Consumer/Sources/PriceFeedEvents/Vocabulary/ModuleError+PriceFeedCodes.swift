public import ModuleKit

extension ModuleError.Code {
    private static func priceFeed(_ number: UInt32) -> Self { Self("price-feed", number) }

    /// A text is no price, or a price is out of bounds.
    public static let invalidPrice = priceFeed(1)
    /// Somebody who is not the chain's authority sets the price of a fixed feed; a chain may have none.
    public static let notPriceAuthority = priceFeed(2)
    /// An account that is not among a feed's reporters reports a price.
    public static let notPriceReporter = priceFeed(3)
    /// A reporter reports a second price in one block.
    public static let priceReportedAlready = priceFeed(4)
    /// A feed of the other kind was meant.
    public static let wrongPriceFeedKind = priceFeed(5)
    /// A setting is missing, unknown, or out of bounds.
    public static let invalidPriceFeedSetting = priceFeed(6)
    /// A question about a time before the feed's last word.
    public static let priceAskedForPast = priceFeed(7)
    /// An event of the module's own contradicts its state: a damaged log, or a defect.
    public static let inconsistentPriceFeedEvent = priceFeed(8)
}
