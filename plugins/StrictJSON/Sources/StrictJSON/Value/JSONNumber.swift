/// A JSON number in the digits it was written with.
public struct JSONNumber: Hashable, Sendable {
    /// The number as written.
    public let text: String

    /// Creates a whole number.
    public init(_ value: some FixedWidthInteger) { self.text = String(value) }

    /// Wraps a text that follows the grammar.
    init(checked text: String) { self.text = text }
}
