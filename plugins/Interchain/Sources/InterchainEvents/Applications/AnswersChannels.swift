public import ModuleKit

/// A vocabulary with a kind of event in which an application of channels answers Interchain.
///
/// Modules never call each other. Interchain records what happens on a channel; the application, which owns the port,
/// reacts, and records its answer in an event of its own, in a field of the type `mesh.interchain.v1.ChannelAnswer`;
/// Interchain reacts to that, and does it or vetoes:
///
///     extension VaultEvent: AnswersChannels {
///         public init(channelAnswer: InterchainChannelAnswer) {
///             self = .with { $0.channelAnswered = channelAnswer }
///         }
///
///         public var channelAnswer: InterchainChannelAnswer? {
///             if case .channelAnswered(let answer) = event { answer } else { nil }
///         }
///     }
public protocol AnswersChannels: EventVocabulary {
    /// The event that holds an answer.
    init(channelAnswer: InterchainChannelAnswer)

    /// The answer in this event; mostly none.
    var channelAnswer: InterchainChannelAnswer? { get }
}
