public import InterchainEvents
import ModuleKit

extension ConverterEvent: AnswersChannels {
    /// An answer to Interchain.
    public init(channelAnswer: InterchainChannelAnswer) {
        self = .with { $0.channelAnswered = channelAnswer }
    }

    /// What Interchain is answered; mostly nothing.
    public var channelAnswer: InterchainChannelAnswer? {
        if case .channelAnswered(let answer) = event { answer } else { nil }
    }
}
