public import ModuleKit

extension VirtualStakingEvent: SendsMessages {
    /// What came in other denominations than that of rewards is given to the community pool.
    public var outgoingMessages: [OutgoingMessage] {
        guard case .otherRewardsGiven(let event) = event else { return [] }
        return [OutgoingMessage(to: event.rewards, payload: [UInt8](event.message))]
    }
}
