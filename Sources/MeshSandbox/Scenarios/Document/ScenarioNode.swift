/// One value of a scenario's text, with its place.
///
/// A scalar is the text that stands there: whether it is a number, a coin or a name is decided by who reads it. So `1e3` is
/// never taken for a thousand, nor `no` for false.
public struct ScenarioNode: Sendable {
    /// What a value is.
    public enum Content: Sendable {
        /// Nothing stands there.
        case empty
        /// A text; `isQuoted` tells `"7"` from `7`, which matters only where the text becomes JSON.
        case text(String, isQuoted: Bool)
        /// Values in order.
        case list([ScenarioNode])
        /// Members in the order of the text; no name stands twice.
        case mapping([Member])
    }

    /// A named value.
    public struct Member: Sendable {
        /// The name.
        public let name: String
        /// Where the name stands.
        public let place: ScenarioPlace
        /// The value.
        public let value: ScenarioNode
    }

    /// What stands there.
    public let content: Content
    /// Where it stands.
    public let place: ScenarioPlace

    /// Whether nothing stands there.
    public var isEmpty: Bool {
        if case .empty = content { true } else { false }
    }

    /// A refusal of this value.
    public func refusal(_ message: String, code: ScenarioError.Code = .invalidValue) -> ScenarioError {
        ScenarioError(code, at: place, message)
    }

    /// What kind of value this is, for messages.
    var kind: String {
        switch content {
        case .empty: "nothing"
        case .text: "a text"
        case .list: "a list"
        case .mapping: "members"
        }
    }
}
