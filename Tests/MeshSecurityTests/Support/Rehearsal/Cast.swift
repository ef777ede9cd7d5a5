/// Who plays the parts: our modules, or what the transcript says.
enum Cast: String, CaseIterable, Sendable {
    /// Our provider with our consumer.
    case pairing
    /// Our provider; the reference's consumer says and answers what it did in the transcript.
    case provider
    /// Our consumer; the reference's provider says and answers what it did in the transcript.
    case consumer

    var hasProvider: Bool { self != .consumer }
    var hasConsumer: Bool { self != .provider }

    /// Whether a side is ours: `p` or `c`.
    func has(_ side: String) -> Bool { side == "p" ? hasProvider : hasConsumer }
}
