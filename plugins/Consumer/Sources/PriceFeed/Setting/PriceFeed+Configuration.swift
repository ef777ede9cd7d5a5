public import ModuleKit
import PriceFeedEvents

extension PriceFeed {
    /// Takes the settings of an instance; only its admin reconfigures it, and nobody else names reporters.
    ///
    ///     { "kind": "fixed", "maximum_age": "24h0m0s", "price": "0.5" }
    ///     { "kind": "average", "maximum_age": "1h0m0s", "window": "30m0s", "reporters": ["cosmos1…"] }
    ///
    /// `price` may be left out: then the price stays. The kind is for good. When the settings of an average change, it begins
    /// anew, from what those reporters saw last who stay.
    ///
    /// - Throws: `wrongPriceFeedKind`, `invalidPriceFeedSetting`, `invalidPrice`; codespace `genesis` for a malformed value.
    public func configure(_ configuration: JSONValue, _ context: Context) throws(ModuleError) {
        let reader = SettingsReader(JSONField(configuration), context.addresses)
        var read = try reader.settings()
        read.label = context.identity.label
        let old = try settings.value(in: context)
        if let old, old.isFixed != read.isFixed {
            throw ModuleError(
                .wrongPriceFeedKind,
                "the feed is \(old.isFixed ? "fixed" : "an average") for good: deploy another one for the other kind"
            )
        }
        if old != read {
            try context.emit(
                .with {
                    $0.configured.settings = read
                    $0.configured.timeNanoseconds = context.block.time.nanoseconds
                }
            )
        }
        if let price = try reader.price() { try set(price, context) }
    }
}

extension PriceFeedSettings {
    /// Whether the price is set, and not an average.
    var isFixed: Bool {
        if case .fixed = kind { true } else { false }
    }

    /// How long a price holds without a word.
    var maximumAge: TimeSpan { TimeSpan(nanoseconds: maximumAgeNanoseconds) }
}
