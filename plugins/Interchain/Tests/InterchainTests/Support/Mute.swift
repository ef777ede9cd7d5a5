import InterchainEvents
import ModuleKit
import SwiftProtobuf

/// An instance that answers by hand. It accepts channels of its port, and says nothing to packets.
struct Mute: ProtocolModule {
    static let manifest = Manifest(name: "mute", version: "1.0.0")

    func handle(_ message: PostcardMessage, _ context: Context) throws(ModuleError) {
        try context.emit(PostcardEvent(channelAnswer: message.answer))
    }

    func apply(_ event: PostcardEvent, to state: StateWriter) {}

    func answer(_ query: NoVocabulary, _ state: StateReader) -> NoVocabulary { query }

    var subscriptions: [Subscription<Mute>] {
        [
            .on(InterchainEvent.self) { (_, event, _, context) throws(ModuleError) in
                guard event.addressee == context.identity.number else { return }
                switch event.event {
                case .channelOpenInit(let step), .channelOpenTry(let step):
                    // It proposes nothing, and does not answer a proposal of silence.
                    guard step.proposedVersion != "silence" else { return }
                    let answer = InterchainChannelAnswer.with {
                        $0.acceptChannel.portID = step.portID
                        $0.acceptChannel.channelID = step.channelID
                        $0.acceptChannel.version = step.proposedVersion
                    }
                    try context.emit(PostcardEvent(channelAnswer: answer))
                default: return
                }
            }
        ]
    }
}
