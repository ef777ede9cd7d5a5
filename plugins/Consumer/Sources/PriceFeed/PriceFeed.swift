public import ModuleKit
public import PriceFeedEvents

/// How many native tokens of a consumer a provider's token is worth.
///
/// An instance is of one of two kinds, for good:
///
/// - *Fixed*: the chain's authority sets the price, or its admin with the configuration.
/// - *Average*: reporters whom the settings name say what they see, each at most once a block. At each report the price is the
///   median of what the reporters have seen last; what is answered is the average of these medians over a window, each
///   weighted by the time for which it held. More than half of the reporters have to speak.
///
/// Both have a maximum age, after which the price is given no more as fresh. Neither does anything by itself: what was not
/// said in time is not made up for.
///
/// All arithmetic is exact but for one division, the average's, which is rounded down: in doubt a pledge is worth less.
public struct PriceFeed: ProtocolModule {
    /// What the module says of itself.
    public static let manifest = Manifest(
        name: priceFeedModuleName,
        version: "1.0.0",
        summary:
            "The price of a provider's token: set by the chain's authority, or averaged over time from several reporters.",
        isStandard: false
    )

    /// What the instance was told; absent until it was configured.
    public let settings = StateItem<PriceFeedSettings>(1, "settings")
    /// The price of a fixed feed; absent until one was set.
    public let fixedPrice = StateItem<PriceFeedFixedPrice>(2, "fixed_price")
    /// What each reporter of an averaging feed saw last.
    public let reports = StateMap<Address, PriceFeedReport>(3, "reports")
    /// The running average; absent until more than half of the reporters have spoken.
    public let series = StateItem<PriceFeedSeries>(4, "series")
    /// The running sum at some earlier times of the series, for where the window begins. At most ``checkpointsMax``.
    public let checkpoints = StateMap<UInt64, PriceFeedCheckpoint>(5, "checkpoints")

    /// The module.
    public init() {}

    /// Sets the price of a fixed feed, or takes a report of an averaging one.
    public func handle(_ message: PriceFeedMessage, _ context: Context) throws(ModuleError) {
        switch message.message {
        case .setPrice(let message): try handle(message, context)
        case .report(let message): try handle(message, context)
        case nil: throw ModuleError(.unknownMessage, "the message asks for nothing: set set_price or report")
        }
    }

    /// The settings.
    ///
    /// - Throws: `invalidState` before the instance was configured.
    func requireSettings(_ state: some StateReading) throws(ModuleError) -> PriceFeedSettings {
        guard let settings = try settings.value(in: state) else {
            throw ModuleError(.invalidState, "the price feed was never set up: configure it with a kind")
        }
        return settings
    }
}
