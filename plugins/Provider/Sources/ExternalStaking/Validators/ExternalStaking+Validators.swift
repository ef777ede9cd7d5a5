import ExternalStakingEvents
import ModuleKit

/// What follows from all that the consumer has said of its validators.
extension ExternalStaking {
    /// Checks that stake may go to a validator: it is active, was never proven guilty, and its present key counts.
    ///
    /// - Throws: `validatorTombstoned`, `validatorNotActive`, `validatorKeyNotCounted`.
    func requireStakeable(_ validator: String, _ state: some StateReading) throws(ModuleError) {
        guard try !offenders.contains(validator, in: state) else {
            throw ModuleError(
                .validatorTombstoned,
                "\(validator) was proven to have signed two blocks of one height, and takes no stake any more: choose "
                    + "another validator"
            )
        }
        let record = try validators.value(for: validator, in: state)
        guard let record, record.standing?.isActive == true else {
            throw ModuleError(
                .validatorNotActive,
                "\(validator) is not among the active validators of the other chain: choose one of those that are "
                    + "listed"
            )
        }
        guard try isCurrentKeyCounted(record, of: validator, state) else {
            throw ModuleError(
                .validatorKeyNotCounted,
                "\(validator) uses a key for which no earlier key of its own has signed: choose another validator, or "
                    + "wait for the rotation statement"
            )
        }
    }

    /// The keys of a validator that count for slashing, in the order of their naming.
    func countedKeys(_ record: ValidatorRecord, of validator: String, _ state: some StateReading) throws(ModuleError)
        -> [ConsensusKey]
    {
        try record.countedKeys { (key) throws(ModuleError) in try owns(validator, key, state) }
    }

    /// Whether new stake can rely on the present key of a validator.
    func isCurrentKeyCounted(_ record: ValidatorRecord, of validator: String, _ state: some StateReading)
        throws(ModuleError) -> Bool
    {
        try record.isCurrentKeyCounted { (key) throws(ModuleError) in try owns(validator, key, state) }
    }

    private func owns(_ validator: String, _ key: ConsensusKey, _ state: some StateReading) throws(ModuleError) -> Bool
    {
        try keyClaims.value(for: key, in: state)?.validator.isSameKey(as: validator) ?? false
    }
}
