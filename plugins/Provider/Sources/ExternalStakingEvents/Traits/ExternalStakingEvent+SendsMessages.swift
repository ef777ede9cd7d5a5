public import ModuleKit
import RewardsEvents

extension ExternalStakingEvent: SendsMessages {
    /// What the rewards instance is told when something is given to its community pool.
    public var outgoingMessages: [OutgoingMessage] {
        get throws(ModuleError) {
            guard case .communityFunded(let event) = event else { return [] }
            let message = RewardsMessage.with { $0.fundCommunityPool.amount = [event.coin] }
            return [OutgoingMessage(to: event.rewards, payload: try message.encodedBytes())]
        }
    }
}
