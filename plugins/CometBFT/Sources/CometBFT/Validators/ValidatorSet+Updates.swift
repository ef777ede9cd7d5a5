extension ValidatorSet {
    /// The set after changes: a new power for a known validator, a new validator, or a removal by power 0.
    ///
    /// Proposer priorities are set to zero and the proposer is forgotten: no hash of a header covers them. O(n log n).
    ///
    /// - Throws: `duplicateValidator` when a validator is changed twice, `unknownValidator` when one is removed that is not in
    ///   the set, and `outOfRange` when the result would be empty or too large.
    public func applying(_ updates: [ValidatorUpdate]) throws(CometBFTError) -> ValidatorSet {
        // The dictionary is only asked, never iterated: both loops follow arrays.
        var changes: [ValidatorAddress: Int64] = [:]
        for update in updates where changes.updateValue(update.power, forKey: update.key.address) != nil {
            throw CometBFTError(.duplicateValidator, "validator \(update.key.address) is changed twice")
        }
        var result: [Validator] = []
        for validator in validators {
            let power = changes[validator.address] ?? validator.power
            if power > 0 { result.append(try Validator(key: validator.key, power: power)) }
        }
        for update in updates where validator(at: update.key.address) == nil {
            guard update.power > 0 else {
                throw CometBFTError(
                    .unknownValidator,
                    "validator \(update.key.address) can't be removed: it is not in the set"
                )
            }
            result.append(try Validator(key: update.key, power: update.power))
        }
        return try ValidatorSet(result)
    }
}
