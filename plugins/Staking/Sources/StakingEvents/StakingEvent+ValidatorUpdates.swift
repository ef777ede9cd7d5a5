public import ModuleKit

extension StakingEvent: UpdatesValidators {
    /// The changes of a block for the consensus engine, in the order of the Cosmos SDK: by power from the highest, then
    /// those that left, by operator.
    public var validatorUpdates: [ValidatorUpdate] {
        guard case .validatorSetUpdated(let update) = event else { return [] }
        return update.updates.map { ValidatorUpdate(publicKey: [UInt8]($0.consensusKey), power: $0.power) }
    }
}
