/// What the consumer said last of a validator: a register that is written by height.
///
/// Of what is said for one height, the worse wins. Tombstoned absorbs: nothing that is said afterwards changes it.
struct ValidatorStanding: Hashable {
    /// What can be said, the better before the worse.
    enum Word: Int, CaseIterable {
        case added = 1
        case unjailed = 2
        case removed = 3
        case jailed = 4
        case tombstoned = 5
    }

    let word: Word
    /// Of the consumer.
    let height: UInt64

    /// Whether the validator takes part in the consensus of its chain.
    var isActive: Bool { word == .added || word == .unjailed }
}

extension ValidatorStanding: Comparable {
    /// By whether it is for good, then by height, then by word: of two, the greater holds.
    static func < (left: Self, right: Self) -> Bool {
        let (isLeftFinal, isRightFinal) = (left.word == .tombstoned, right.word == .tombstoned)
        if isLeftFinal != isRightFinal { return isRightFinal }
        if left.height != right.height { return left.height < right.height }
        return left.word.rawValue < right.word.rawValue
    }
}
