import Foundation
public import InterchainEvents
public import ModuleKit

extension PostcardMessage: MessageVocabulary {}
extension PostcardManner: StateValue {}

extension PostcardEvent: EventVocabulary {
    /// Every kind.
    public static let kinds = [
        EventKind(1, "behaved"),
        EventKind(2, "channel_answered"),
        EventKind(3, "received"),
        EventKind(4, "told"),
    ]
    /// The description of `postcard.proto`.
    public static let descriptorSet = [UInt8](Data(base64Encoded: postcardDescriptorSetBase64) ?? Data())
}

extension PostcardEvent: AnswersChannels {
    /// The event that holds an answer.
    public init(channelAnswer: InterchainChannelAnswer) {
        self = .with { $0.channelAnswered = channelAnswer }
    }

    /// The answer in this event.
    public var channelAnswer: InterchainChannelAnswer? {
        if case .channelAnswered(let answer) = event { answer } else { nil }
    }
}
