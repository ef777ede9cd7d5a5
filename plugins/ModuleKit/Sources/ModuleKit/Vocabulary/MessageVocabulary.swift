/// What a module can be told: one generated message whose `oneof` lists every request.
///
/// A transaction carries it encoded. A request that the module does not know leaves the `oneof` unset and is refused,
/// as is any unknown field.
public protocol MessageVocabulary: SwiftProtobuf.Message, Sendable {}

/// What a module can be asked: one generated message whose `oneof` lists every question, and its answers.
public protocol QueryVocabulary: SwiftProtobuf.Message, Sendable {
    /// One generated message whose `oneof` lists every answer.
    associatedtype Answer: SwiftProtobuf.Message & Sendable
}

/// The vocabulary of a module that takes no messages, or answers no queries.
public typealias NoVocabulary = Google_Protobuf_Empty

extension Google_Protobuf_Empty: MessageVocabulary, QueryVocabulary {
    /// Nothing is answered.
    public typealias Answer = Google_Protobuf_Empty
}
