/// The validators of one height, in the engine's order: by power, the largest first, then by address.
///
/// The order is part of the set: its hash and the entries of every commit follow it. Well formed: 1 to 10 000 validators,
/// none twice, total power at most `Int64.max / 8` (CometBFT, `MaxTotalVotingPower`).
///
/// Equal sets have equal proposer priorities too. Compare ``hash`` to ask whether a header means this set.
public struct ValidatorSet: Hashable, Sendable {
    /// The most validators that a commit can carry signatures of (CometBFT, `MaxVotesCount`).
    public static let maximumCount = 10_000
    /// The largest total power.
    public static let maximumTotalPower = Int64.max / 8

    /// The validators in their order. Never empty.
    public let validators: [Validator]
    /// The sum of the powers.
    public let totalPower: Int64
    /// Whose turn it is to propose, where that is known. No hash covers it, except that of evidence which quotes it.
    public let proposer: Validator?
    /// Positions in `validators`, sorted by address: a lookup is a binary search, and no hash order gets in.
    private let positionsByAddress: [Int32]

    /// Makes a set of validators in any order, and sorts them. O(n log n).
    ///
    /// - Throws: `outOfRange` for a wrong count or too much power, `duplicateValidator`, or `unknownValidator` when the proposer
    ///   is not in the set.
    public init(_ validators: [Validator], proposer: Validator? = nil) throws(CometBFTError) {
        try self.init(ordered: validators.sorted { $0.precedes($1) }, proposer: proposer)
    }

    /// Takes validators which are in the engine's order already, as its protobuf always has them. O(n log n).
    ///
    /// - Throws: As above, and `notCanonical` when they are in another order. Chains older than Tendermint 0.34 sorted by
    ///   address alone; their sets can't be read.
    public init(ordered validators: [Validator], proposer: Validator? = nil) throws(CometBFTError) {
        guard (1...Self.maximumCount).contains(validators.count) else {
            throw CometBFTError(
                .outOfRange,
                "a validator set has 1 to \(Self.maximumCount) validators, not \(validators.count)"
            )
        }
        totalPower = try Self.sum(of: validators)
        positionsByAddress = try Self.positionsByAddress(of: validators)
        for (index, next) in validators.enumerated().dropFirst() where !validators[index - 1].precedes(next) {
            throw CometBFTError(
                .notCanonical,
                "validator \(index) is out of order: the largest power comes first, then the lowest address"
            )
        }
        self.validators = validators
        self.proposer = proposer
        guard let proposer else { return }
        guard validator(at: proposer.address) != nil else {
            throw CometBFTError(.unknownValidator, "the proposer \(proposer.address) is not in the set")
        }
    }

    /// The position and the validator at an address, or nil. O(log n).
    public func validator(at address: ValidatorAddress) -> (index: Int, validator: Validator)? {
        var low = 0
        var high = positionsByAddress.count
        while low < high {
            let middle = (low + high) / 2
            let position = Int(positionsByAddress[middle])
            let found = validators[position]
            if found.address == address { return (position, found) }
            if found.address < address { low = middle + 1 } else { high = middle }
        }
        return nil
    }

    private static func sum(of validators: [Validator]) throws(CometBFTError) -> Int64 {
        var sum: Int64 = 0
        for validator in validators {
            // Neither term exceeds an eighth of the range, so the sum does not overflow.
            sum += validator.power
            guard sum <= maximumTotalPower else {
                throw CometBFTError(.outOfRange, "the total power exceeds \(maximumTotalPower)")
            }
        }
        return sum
    }

    private static func positionsByAddress(of validators: [Validator]) throws(CometBFTError) -> [Int32] {
        let positions = validators.indices.sorted { validators[$0].address < validators[$1].address }
        for (left, right) in zip(positions, positions.dropFirst())
        where validators[left].address == validators[right].address {
            throw CometBFTError(.duplicateValidator, "validator \(validators[left].address) is in the set twice")
        }
        return positions.map { Int32($0) }
    }
}
