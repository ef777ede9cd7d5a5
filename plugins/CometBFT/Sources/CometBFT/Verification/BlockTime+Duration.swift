extension BlockTime {
    /// How long after another moment this one is; below zero if it is earlier.
    ///
    /// Times lie in the years 1 to 9999, so the difference always fits.
    public func duration(since earlier: BlockTime) -> Duration {
        .seconds(seconds - earlier.seconds) + .nanoseconds(Int64(nanoseconds) - Int64(earlier.nanoseconds))
    }
}
