public import ModuleKit

/// How long a packet that must not be missed waits until it is sent again: the same rule at both ends.
///
/// What was lost goes again at once. What was refused would most likely be refused again: the wait doubles with each
/// attempt, up to a day, so that two chains don't talk past each other in every block.
public enum ResendingDelay {
    /// The wait after the first refusal.
    public static let shortest = TimeSpan.minutes(1)
    /// The longest wait.
    public static let longest = TimeSpan.days(1)

    /// The wait after a refusal.
    ///
    /// - Parameter attempts: how often the packet was sent by now.
    public static func afterRefusal(attempts: UInt32) -> TimeSpan {
        let doublings = min(attempts, 20) &- min(attempts, 1)
        return min(TimeSpan(nanoseconds: shortest.nanoseconds << UInt64(doublings)), longest)
    }
}
