/// How old evidence may be.
///
/// Evidence expires only when it is too old in blocks *and* too old in time: neither a halt of the chain nor fast
/// blocks alone let anybody off. Source: CometBFT 0.38, `IsEvidenceExpired` and `DefaultEvidenceParams`.
public struct EvidenceAgeLimit: Hashable, Sendable {
    /// CometBFT's own: 100 000 blocks and 48 hours.
    public static let standard = Self(blocks: 100_000, duration: .seconds(48 * 60 * 60))

    /// The age in blocks up to which evidence is taken in any case.
    public let blocks: Int64
    /// The age in time up to which evidence is taken in any case.
    public let duration: Duration

    /// Makes a limit.
    public init(blocks: Int64, duration: Duration) {
        self.blocks = blocks
        self.duration = duration
    }

    /// Whether an infraction is too old to be punished.
    ///
    /// - Parameters:
    ///   - height: The height of the infraction.
    ///   - time: The time of the block at that height, as the chain knows it.
    ///   - currentHeight: The chain's height.
    ///   - currentTime: The time of the chain's last block.
    public func hasExpired(
        height: Int64,
        time: BlockTime,
        currentHeight: Int64,
        currentTime: BlockTime
    ) -> Bool {
        let (age, overflow) = currentHeight.subtractingReportingOverflow(height)
        // A difference beyond 64 bits is beyond any limit, in the direction of the larger height.
        let isTooManyBlocks = overflow ? currentHeight > height : age > blocks
        return isTooManyBlocks && currentTime.duration(since: time) > duration
    }
}
