public import CometBFT

/// What a light client takes as given about a chain.
public struct VerificationOptions: Hashable, Sendable, Codable {
    /// The share of trusted power that has to sign a header after a gap.
    public let trustLevel: TrustLevel
    /// How long after its time a header can be trusted. Must be well below the chain's unbonding period: whoever signed
    /// can be punished only until then.
    public let trustingPeriod: Duration
    /// How far ahead of the caller's clock a header may be.
    public let maximumClockDrift: Duration

    /// Makes options.
    ///
    /// - Throws: `invalidOptions` unless the trusting period is above zero and the drift not below it.
    public init(
        trustLevel: TrustLevel = .oneThird,
        trustingPeriod: Duration,
        maximumClockDrift: Duration = .seconds(10)
    ) throws(LightClientError) {
        guard trustingPeriod > .zero, maximumClockDrift >= .zero else {
            throw LightClientError(
                .invalidOptions,
                "The trusting period is \(trustingPeriod) and the clock drift \(maximumClockDrift). "
                    + "Give a period above zero, and a drift of zero or more."
            )
        }
        self.trustLevel = trustLevel
        self.trustingPeriod = trustingPeriod
        self.maximumClockDrift = maximumClockDrift
    }

    /// Whether a header of some time can't be trusted any more. At the very end of the period it can't.
    public func hasExpired(_ time: BlockTime, now: BlockTime) -> Bool {
        now.duration(since: time) >= trustingPeriod
    }

    /// Whether a header's time is too far ahead. At the very end of the drift it is.
    public func isFromTheFuture(_ time: BlockTime, now: BlockTime) -> Bool {
        time.duration(since: now) >= maximumClockDrift
    }

    private enum CodingKeys: String, CodingKey {
        case trustLevel
        case trustingPeriod
        case maximumClockDrift
    }

    /// Reads options and checks their ranges.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        try self.init(
            trustLevel: container.decode(TrustLevel.self, forKey: .trustLevel),
            trustingPeriod: container.decode(Duration.self, forKey: .trustingPeriod),
            maximumClockDrift: container.decode(Duration.self, forKey: .maximumClockDrift)
        )
    }
}
