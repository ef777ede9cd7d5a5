import Foundation
public import ModuleKit

extension RecommendedListMessage: MessageVocabulary {}

extension RecommendedListQuery: QueryVocabulary {
    /// What a recommended list answers.
    public typealias Answer = RecommendedListAnswer
}

extension RecommendedListEvent: EventVocabulary {
    /// Every kind of event.
    public static let kinds = [
        EventKind(1, "configured"),
        EventKind(2, "recommended"),
        EventKind(3, "withdrawn"),
        EventKind(4, "imported"),
    ]

    /// The description of `recommended_list.proto`.
    public static let descriptorSet = [UInt8](Data(base64Encoded: recommendedListDescriptorSetBase64) ?? Data())

    /// The module name of recommended lists, as their manifest has it.
    public static let moduleName = "recommended-list"
}

extension RecommendedListSettings: StateValue {}
extension RecommendedListRecommendation: StateValue {}
