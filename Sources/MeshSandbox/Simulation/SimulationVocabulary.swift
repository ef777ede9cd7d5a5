/// Something that a simulation does now and then.
public protocol SimulationOperation: Sendable {
    /// What it is called in reports.
    static var name: String { get }
    /// How often it is done, in proportion to the others.
    var weight: UInt32 { get }

    /// Does it once. Whatever is left to chance is drawn from the world.
    ///
    /// - Returns: what was done, for the trace; nil when there was nothing to do it with.
    @available(*, noasync)
    func perform(in world: SimulationWorld) throws(SandboxError) -> String?
}

/// Something that holds whatever a simulation does.
public protocol SimulationInvariant: Sendable {
    /// What it is called in reports.
    static var name: String { get }
    /// When it holds.
    var moment: SimulationMoment { get }

    /// What does not hold, one line each; empty when all is well. A chain that is down can't be looked at.
    func violations(in world: SimulationWorld) throws(SandboxError) -> [String]
}

/// When an invariant holds.
public enum SimulationMoment: String, Sendable, Hashable {
    /// After every step.
    case always
    /// Once everything has been settled in the end.
    case settled
}

/// What simulations are made of: what may be done, and what must hold.
///
/// A part of the house that brings operations or invariants adds them here:
///
///     SimulationVocabulary.standard.adding(operations: [CrossStake()], invariants: [LiensCovered()])
public struct SimulationVocabulary: Sendable {
    /// What may be done.
    public private(set) var operations: [any SimulationOperation]
    /// What must hold.
    public private(set) var invariants: [any SimulationInvariant]

    /// Takes operations and invariants, in the order in which they are drawn and checked.
    public init(operations: [any SimulationOperation], invariants: [any SimulationInvariant]) {
        self.operations = operations
        self.invariants = invariants
    }

    /// Transfers of tokens, cross-staking, rewards and slashes under faults; the conservation of each token, the agreement of
    /// each pairing, the accounting of its rewards, and the bounds of its slashes.
    public static var standard: SimulationVocabulary {
        SimulationVocabulary(
            operations: [
                NativeTransfer(), VoucherTransfer(), HurriedTransfer(), MisaddressedTransfer(), ExcessiveTransfer(),
                Bonding(), Unbonding(), LocalStakeOperation(), CrossStaking(), CrossUnstaking(), Withdrawal(),
                RewardsWithdrawal(), PriceMove(), CapMove(), RouteMove(), PairingClosing(), PolicyChange(),
                DoubleSigning(), EvidenceBringing(), GoingOffline(), Unjailing(), ChainCrash(), ChainReopening(),
                PassingTime(),
            ],
            invariants: [
                ModuleInvariants(), SupplyConservation(), EscrowConservation(), CollateralBehindVotes(),
                CollateralBehindLiens(), StakeBehindLiens(), SlashesWithinStake(), AcknowledgementsTaken(),
                RewardsAccounting(), NothingUnderWay(), PairingAgreement(), NobodyEscapes(),
            ]
        )
    }

    /// The same with more.
    public func adding(operations: [any SimulationOperation] = [], invariants: [any SimulationInvariant] = [])
        -> SimulationVocabulary
    {
        SimulationVocabulary(operations: self.operations + operations, invariants: self.invariants + invariants)
    }

    /// Draws an operation by weight; nil where none has any.
    func draw(using generator: inout SplitMix64) -> (any SimulationOperation)? {
        let total = operations.reduce(UInt64(0)) { $0 + UInt64($1.weight) }
        guard total > 0 else { return nil }
        var drawn = UInt64.random(in: 0..<total, using: &generator)
        for operation in operations {
            if drawn < UInt64(operation.weight) { return operation }
            drawn -= UInt64(operation.weight)
        }
        return nil
    }
}
