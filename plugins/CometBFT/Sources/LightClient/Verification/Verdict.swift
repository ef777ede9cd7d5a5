/// What a check of one header against a trusted one came to.
public enum Verdict: Sendable {
    /// The header can be trusted.
    case success
    /// The header is well formed and later than the trusted one, but too little of the trusted power signed it.
    /// Verify a header in between first.
    case notEnoughTrust(LightClientError)
    /// The header must not be trusted, or what was trusted can't be used any more.
    case invalid(LightClientError)

    /// Whether the header can be trusted.
    public var isSuccess: Bool {
        if case .success = self { true } else { false }
    }
}
