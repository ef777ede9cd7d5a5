import Foundation
public import ModuleKit

/// The name of the module that these are the words of.
public let priceFeedModuleName = "price-feed"

extension PriceFeedMessage: MessageVocabulary {}

extension PriceFeedQuery: QueryVocabulary {
    /// What a price feed answers.
    public typealias Answer = PriceFeedAnswer
}

extension PriceFeedEvent: EventVocabulary {
    /// Every kind of event.
    public static let kinds = [
        EventKind(1, "configured"),
        EventKind(2, "price_set"),
        EventKind(3, "observed"),
        EventKind(4, "imported"),
    ]

    /// The description of `price_feed.proto`.
    public static let descriptorSet = [UInt8](Data(base64Encoded: priceFeedDescriptorSetBase64) ?? Data())
}

extension PriceFeedSettings: StateValue {}
extension PriceFeedFixedPrice: StateValue {}
extension PriceFeedReport: StateValue {}
extension PriceFeedSeries: StateValue {}
extension PriceFeedCheckpoint: StateValue {}
