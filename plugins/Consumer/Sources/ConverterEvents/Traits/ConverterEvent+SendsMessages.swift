public import ModuleKit

extension ConverterEvent: SendsMessages {
    /// Rewards of a pairing that is over are given to the community pool.
    public var outgoingMessages: [OutgoingMessage] {
        guard case .rewardsGiven(let event) = event else { return [] }
        return [OutgoingMessage(to: event.rewards, payload: [UInt8](event.message))]
    }
}
