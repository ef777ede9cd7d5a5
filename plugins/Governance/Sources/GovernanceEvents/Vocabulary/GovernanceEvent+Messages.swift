public import ModuleKit

extension GovernanceEvent: SendsMessages {
    /// The messages of a proposal, when it is executed.
    public var outgoingMessages: [OutgoingMessage] {
        guard case .executed(let executed) = event else { return [] }
        return executed.messages.map { OutgoingMessage(to: $0.instance, payload: [UInt8]($0.message)) }
    }
}
