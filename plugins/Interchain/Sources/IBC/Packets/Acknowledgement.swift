/// What the receiver of a packet answers: a result or an error, in the envelope that ICS-04 recommends.
///
/// A channel may carry any bytes as acknowledgements. Applications such as ICS-20 use this envelope, in JSON.
public enum Acknowledgement: Hashable, Sendable {
    /// The packet was handled. The result is up to the application, and never empty.
    case result([UInt8])
    /// The packet was refused, and nothing that its handling did remains.
    case error(String)

    /// The most bytes of an acknowledgement that are taken.
    public static let maximumByteCount = 1 << 20
    /// The usual result of an application that has nothing to say: one byte, 1.
    public static let success = Acknowledgement.result([1])

    /// The answer to a packet whose handling failed.
    ///
    /// Only the code of the failure is told. Texts of errors may differ between two nodes, and then so would their
    /// state. Source: ibc-go, `NewErrorAcknowledgement`.
    public static func failure(code: UInt32) -> Acknowledgement {
        .error("ABCI code: \(code): error handling packet: see events for details")
    }

    /// Whether the packet was handled.
    public var isSuccess: Bool {
        if case .result = self { true } else { false }
    }

    /// Throws unless there is something in it.
    func check() throws(IBCError) {
        let isEmpty =
            switch self {
            case .result(let bytes): bytes.isEmpty
            case .error(let text): isBlank(text)
            }
        guard !isEmpty else {
            throw IBCError(.missing, "an acknowledgement has a result or the text of an error; this one has neither")
        }
    }
}
