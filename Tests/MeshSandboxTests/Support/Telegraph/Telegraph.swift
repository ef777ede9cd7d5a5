import Foundation
import IBC
public import InterchainEvents
public import ModuleKit
import SwiftProtobuf

/// An application of channels that sends texts and notes what becomes of them. Whoever asks may close its channels.
struct Telegraph: ProtocolModule {
    static let manifest = Manifest(name: "telegraph", version: "1.0.0")

    /// What happened, one word after the other.
    let news = StateItem<String>(1, "news")

    func configure(_ configuration: JSONValue, _ context: Context) throws(ModuleError) {
        try context.bind(try Self.port)
    }

    func handle(_ message: TelegramMessage, _ context: Context) throws(ModuleError) {
        guard case .send(let send) = message.message else {
            throw ModuleError(.unknownMessage, "a telegram needs something to say")
        }
        let (end, timeout) = try ModuleError.wrapping { () throws(IBCError) in
            (
                ChannelEndID(port: try PortID("telegraph"), channel: try ChannelID(send.channelID)),
                try Timeout(nanosecondsSince1970: send.timeoutTimestamp)
            )
        }
        try context.send(Array(send.text.utf8), from: end, timeout: timeout)
    }

    func apply(_ event: TelegramEvent, to state: StateWriter) throws(ModuleError) {
        guard case .told(let news) = event.event else { return }
        let known = try self.news.value(in: state)
        try self.news.set([known, news.word].compactMap(\.self).joined(separator: " "), in: state)
    }

    func answer(_ query: TelegramQuery, _ state: StateReader) throws(ModuleError) -> TelegramAnswer {
        let words = try news.value(in: state) ?? ""
        return .with { $0.words = words }
    }

    var subscriptions: [Subscription<Telegraph>] { [.channels] }

    private static var port: PortID {
        get throws(ModuleError) { try ModuleError.wrapping { () throws(IBCError) in try PortID("telegraph") } }
    }
}

extension Telegraph: ChannelApplication {
    func channelOpenInit(_ opening: ChannelOpening, _ context: Context) -> String { "telegraph-1" }

    func channelOpenTry(_ opening: ChannelOpening, _ context: Context) -> String { "telegraph-1" }

    func channelOpenAck(_ opening: ChannelOpening, _ context: Context) {}

    func channelCloseInit(_ end: ChannelEndID, _ context: Context) {}

    func channelClosed(_ end: ChannelEndID, _ cause: InterchainClosingCause, _ context: Context) throws(ModuleError) {
        try note("closed", context)
    }

    func receive(_ packet: Packet, _ context: Context) throws(ModuleError) -> Acknowledgement {
        try note(String(decoding: packet.data, as: UTF8.self), context)
        return .success
    }

    func acknowledged(_ packet: Packet, _ acknowledgement: Acknowledgement, _ context: Context) throws(ModuleError) {
        try note("\(packet.sequence)-arrived", context)
    }

    func timedOut(_ packet: Packet, _ context: Context) throws(ModuleError) {
        try note("\(packet.sequence)-lost", context)
    }

    private func note(_ word: String, _ context: Context) throws(ModuleError) {
        try context.emit(.with { $0.told.word = word })
    }
}

extension TelegramMessage: MessageVocabulary {}

extension TelegramQuery: QueryVocabulary {
    /// Every word.
    public typealias Answer = TelegramAnswer
}

extension TelegramEvent: EventVocabulary {
    /// Every kind.
    public static let kinds = [EventKind(1, "channel_answered"), EventKind(2, "told")]
    /// The description of `telegram.proto`.
    public static let descriptorSet = [UInt8](Data(base64Encoded: telegramDescriptorSetBase64) ?? Data())
}

extension TelegramEvent: AnswersChannels {
    /// The event that holds an answer.
    public init(channelAnswer: InterchainChannelAnswer) { self = .with { $0.channelAnswered = channelAnswer } }

    /// The answer in this event.
    public var channelAnswer: InterchainChannelAnswer? {
        if case .channelAnswered(let answer) = event { answer } else { nil }
    }
}
