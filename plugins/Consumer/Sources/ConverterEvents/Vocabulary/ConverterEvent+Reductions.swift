extension ConverterEvent {
    /// The pledge that went down with this event; nil where none did.
    ///
    /// Virtual staking reacts at once: it takes back `ceil(virtual * amount / pledged_before)` of what is bonded to the
    /// validator. The amount may be zero, where only a delegator's record was left; `pledged_before` is at least the
    /// amount.
    public var pledgeReduction: ConverterPledgeReduced? {
        switch event {
        case .unstaked(let reduction), .burned(let reduction), .handedBack(let reduction): reduction
        default: nil
        }
    }
}
