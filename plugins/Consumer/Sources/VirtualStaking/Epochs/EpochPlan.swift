import ModuleKit

/// What an epoch moves: what is let go and what is bonded, each in the order of validators, and never nothing.
///
/// A pure function of where each validator is and where it should be.
struct EpochPlan {
    /// A validator at an epoch.
    struct Position {
        let validator: Address
        /// What is bonded there and not owed.
        let bonded: Amount
        /// What should be bonded there; zero where nothing can be.
        let target: Amount
    }

    /// The sum of all targets, before it was scaled to the cap.
    let target: Amount
    /// What is let go. All of it comes before anything is bonded, so that the cap holds at every moment.
    private(set) var releases: [StakePart] = []
    /// What is bonded.
    private(set) var bonds: [StakePart] = []

    /// - Parameters:
    ///   - positions: in the order of validators; those that can't be changed now are left out.
    ///   - mayGrow: whether anything may be bonded.
    /// - Throws: `arithmeticOverflow` when the targets can't be summed up.
    init(_ positions: [Position], cap: Amount, mayGrow: Bool) throws(ModuleError) {
        let scale = try Scale(positions.map(\.target), to: cap)
        target = scale.sum
        for position in positions {
            let target = try scale.fitted(position.target)
            let less = position.bonded.saturatingSubtracting(target)
            let more = target.saturatingSubtracting(position.bonded)
            if !less.isZero { releases.append(StakePart(less, at: position.validator)) }
            if !more.isZero, mayGrow { bonds.append(StakePart(more, at: position.validator)) }
        }
    }
}
