/// A validator of one height: its key and its voting power.
public struct Validator: Hashable, Sendable {
    /// The public key.
    public let key: ValidatorKey
    /// The address that belongs to the key.
    public let address: ValidatorAddress
    /// The voting power: 1 to ``ValidatorSet/maximumTotalPower``.
    public let power: Int64
    /// How near the validator's turn to propose is. No hash covers it, except that of evidence which quotes it.
    public let proposerPriority: Int64

    /// Makes a validator. Costs one SHA-256 for the address.
    ///
    /// - Throws: `outOfRange` when the power is not positive or too large.
    public init(key: ValidatorKey, power: Int64, proposerPriority: Int64 = 0) throws(CometBFTError) {
        guard (1...ValidatorSet.maximumTotalPower).contains(power) else {
            throw CometBFTError(
                .outOfRange,
                "a validator's power is 1 to \(ValidatorSet.maximumTotalPower), not \(power)"
            )
        }
        self.key = key
        address = key.address
        self.power = power
        self.proposerPriority = proposerPriority
    }

    /// Whether this one stands before another in a set: by power, the largest first, then by address.
    func precedes(_ other: Validator) -> Bool {
        power == other.power ? address < other.address : power > other.power
    }
}

/// A change of a validator set: a new power, or a removal.
public struct ValidatorUpdate: Hashable, Sendable {
    /// The validator.
    public let key: ValidatorKey
    /// The new voting power; 0 removes the validator.
    public let power: Int64

    /// Makes a change.
    ///
    /// - Throws: `outOfRange` when the power is negative or too large.
    public init(key: ValidatorKey, power: Int64) throws(CometBFTError) {
        guard (0...ValidatorSet.maximumTotalPower).contains(power) else {
            throw CometBFTError(
                .outOfRange,
                "a validator's new power is 0 to \(ValidatorSet.maximumTotalPower), not \(power)"
            )
        }
        self.key = key
        self.power = power
    }
}
