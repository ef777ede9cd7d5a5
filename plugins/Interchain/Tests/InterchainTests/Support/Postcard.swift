import Foundation
import IBC
import InterchainEvents
import ModuleKit
import SwiftProtobuf

/// An application that sends texts and keeps those that it receives, and that fails in the ways it is told to.
struct Postcard: ProtocolModule {
    static let manifest = Manifest(name: "postcard", version: "1.0.0")
    static let version = "postcard-1"

    let manner = StateItem<PostcardManner>(1, "manner")
    /// The texts that came in, by end and sequence.
    let received = StateMap<Pair<String, UInt64>, String>(2, "received")
    /// What it was told of each packet that it sent, and, at sequence 0, of each channel: one word for every time.
    let told = StateMap<Pair<String, UInt64>, String>(3, "told")

    func handle(_ message: PostcardMessage, _ context: Context) throws(ModuleError) {
        switch message.message {
        case .bind(let bind): try context.bind(try PortID(asked: bind.portID))
        case .post(let post):
            let end = try ChannelEndID(asked: post.portID, post.channelID)
            let timeout = try ModuleError.wrapping { () throws(IBCError) in
                try Timeout(
                    height: Height(protobuf: post.timeoutHeight),
                    nanosecondsSince1970: post.timeoutTimestamp
                )
            }
            try context.send(Array(post.text.utf8), from: end, timeout: timeout)
        case .close(let close): try context.close(try ChannelEndID(asked: close.portID, close.channelID))
        case .behave(let manner): try context.emit(.with { $0.behaved = manner })
        case .answer(let answer): try context.emit(PostcardEvent(channelAnswer: answer))
        case nil: throw ModuleError(.unknownMessage, "a postcard needs something to say")
        }
    }

    func apply(_ event: PostcardEvent, to state: StateWriter) throws(ModuleError) {
        switch event.event {
        case .behaved(let manner): try self.manner.set(manner, in: state)
        case .received(let card): try received.set(card.text, for: Pair(card.end, card.sequence), in: state)
        case .told(let news):
            try told.update(Pair(news.end, news.sequence), in: state) { known in
                known = [known, news.outcome].compactMap(\.self).joined(separator: " ")
            }
        case .channelAnswered, nil: return
        }
    }

    func answer(_ query: NoVocabulary, _ state: StateReader) -> NoVocabulary { query }

    var subscriptions: [Subscription<Postcard>] { [.channels] }
}

extension Postcard: ChannelApplication {
    func channelOpenInit(_ opening: ChannelOpening, _ context: Context) throws(ModuleError) -> String {
        let version = try version(context)
        if opening.version.isEmpty { return version }
        return try accept(opening, context)
    }

    func channelOpenTry(_ opening: ChannelOpening, _ context: Context) throws(ModuleError) -> String {
        try accept(opening, context)
    }

    func channelOpenAck(_ opening: ChannelOpening, _ context: Context) throws(ModuleError) {
        _ = try accept(opening, context)
    }

    func channelCloseInit(_ end: ChannelEndID, _ context: Context) throws(ModuleError) {
        guard try manner(context).agreesToClose else { throw ModuleError(.unauthorized, "postcards go on") }
    }

    func channelClosed(_ end: ChannelEndID, _ cause: InterchainClosingCause, _ context: Context)
        throws(ModuleError)
    {
        try note(end, 0, cause == .timeout ? "closed-by-timeout" : "closed-by-counterparty", context)
    }

    func receive(_ packet: Packet, _ context: Context) throws(ModuleError) -> Acknowledgement {
        let reception = try manner(context).reception
        let length = Int(try manner(context).longAnswer)
        if length > 0 {
            let room = Acknowledgement.error("").json.count
            return .error(String(repeating: "x", count: max(length - room, 1)))
        }
        if reception == .refuse { return .error("no room in the letter box") }
        while reception == .loop { _ = try manner(context) }
        try context.emit(
            .with {
                $0.received.end = packet.destination.description
                $0.received.sequence = packet.sequence
                $0.received.text = String(decoding: packet.data, as: UTF8.self)
            }
        )
        switch reception {
        case .fail: throw ModuleError(.postcardTorn, "the postcard is torn")
        case .close: try context.close(packet.destination)
        case .return: try context.send(packet.data, from: packet.destination, timeout: packet.timeout)
        default: break
        }
        return .success
    }

    func acknowledged(_ packet: Packet, _ acknowledgement: Acknowledgement, _ context: Context)
        throws(ModuleError)
    {
        let outcome = acknowledgement.isSuccess ? "arrived" : "refused"
        try note(packet.source, packet.sequence, outcome, context)
    }

    func timedOut(_ packet: Packet, _ context: Context) throws(ModuleError) {
        try note(packet.source, packet.sequence, "timed-out", context)
        if try manner(context).closesOnTimeout { try context.close(packet.source) }
    }

    private func note(_ end: ChannelEndID, _ sequence: UInt64, _ outcome: String, _ context: Context)
        throws(ModuleError)
    {
        try context.emit(
            .with {
                $0.told.end = end.description
                $0.told.sequence = sequence
                $0.told.outcome = outcome
            }
        )
        if try manner(context).failsWhenTold { throw ModuleError(.postcardTorn, "nobody wants to know") }
    }

    private func accept(_ opening: ChannelOpening, _ context: Context) throws(ModuleError) -> String {
        let version = try version(context)
        guard opening.version == version else {
            throw ModuleError(.invalidArgument, "postcards are of \(version), not of \(opening.version)")
        }
        return version
    }

    private func version(_ context: Context) throws(ModuleError) -> String {
        let version = try manner(context).version
        return version.isEmpty ? Self.version : version
    }

    private func manner(_ context: Context) throws(ModuleError) -> PostcardManner {
        try manner.value(in: context) ?? PostcardManner()
    }
}

extension ModuleError.Code {
    /// What a postcard throws when it is told to fail.
    static let postcardTorn = Self("postcard", 77)
}

extension PortID {
    fileprivate init(asked text: String) throws(ModuleError) {
        self = try ModuleError.wrapping { () throws(IBCError) in try PortID(text) }
    }
}

extension ChannelEndID {
    fileprivate init(asked port: String, _ channel: String) throws(ModuleError) {
        self = try ModuleError.wrapping { () throws(IBCError) in
            ChannelEndID(port: try PortID(port), channel: try ChannelID(channel))
        }
    }
}
