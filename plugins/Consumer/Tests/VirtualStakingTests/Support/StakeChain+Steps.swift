import ConverterEvents
import ModuleKit
import ModuleTesting
import NativeStaking
import StakingEvents
import StakingTesting
import Testing
import VirtualStaking
import VirtualStakingEvents

/// What happens on the chain.
extension StakeChain {
    /// Ends a block and begins the next.
    @discardableResult
    func next(toleratingFailures: Bool = false) throws -> BlockOutcome {
        let outcome = try harness.nextBlock(toleratingFailures: toleratingFailures)
        follow(outcome.validatorUpdates)
        try check()
        // What an epoch at the beginning of the next block has moved, and what was let go after the powers were told, is not in
        // them yet.
        let late = outcome.began + outcome.ended.filter { $0.cause == nil }
        if late.moves.isEmpty { try checkPowers() }
        return outcome
    }

    /// Goes on to the block that begins with the next epoch; what the seam before it led to.
    @discardableResult
    func nextEpoch(toleratingFailures: Bool = false) throws -> BlockOutcome {
        let settings = try harness.query(.with { $0.settings = .init() }).settings
        while true {
            let outcome = try next(toleratingFailures: toleratingFailures)
            if harness.block.height % settings.epochBlocks == settings.epochOffset { return outcome }
        }
    }

    @discardableResult
    func grant(_ cap: UInt64, to instance: InstanceIdentity? = nil) throws -> Outcome<VirtualStaking> {
        try harness.when(granting: .mintVirtualStake, cap: Amount(UInt128(cap)), to: instance).thenSucceeded()
    }

    @discardableResult
    func revoke(_ instance: InstanceIdentity? = nil) throws -> Outcome<VirtualStaking> {
        try harness.when(revoking: .mintVirtualStake, from: instance).thenSucceeded()
    }

    /// Pledges to validators: the converter has been told.
    func pledge(_ amounts: [UInt64]) throws {
        for (number, amount) in amounts.enumerated() where amount > 0 { try pledge(amount, to: number) }
    }

    func pledge(_ amount: UInt64, to validator: Int) throws {
        try record(.pledge(String(amount), to: validator)).thenSucceeded()
    }

    /// Lowers a pledge by an unstake, or by a burn.
    @discardableResult
    func reduce(_ amount: UInt64, of before: UInt64, at validator: Int, burns: Bool = false) throws
        -> Outcome<VirtualStaking>
    {
        let reduction = ConverterPledgeReduced.with {
            $0.validator = Account.validators[validator].operatorText
            $0.amount = String(amount)
            $0.pledgedBefore = String(before)
            $0.virtualStaking = 1
        }
        return try record(.with { if burns { $0.burned = reduction } else { $0.unstaked = reduction } })
    }

    @discardableResult
    func record(_ event: ConverterEvent) throws -> Outcome<VirtualStaking> {
        let outcome = try harness.when(recording: [event], of: StandInConverter<FirstPlace>.self)
        try check()
        return outcome
    }

    func price(_ price: String) throws { try record(.named("virtual-staking", price: price)).thenSucceeded() }

    @discardableResult
    func punish(_ events: MagistrateEvent...) throws -> Outcome<VirtualStaking> {
        let outcome = try harness.when(recording: events, of: Magistrate.self).thenSucceeded()
        if events.contains(where: { if case .slashed = $0.event { true } else { false } }) { noteSlash() }
        try check()
        return outcome
    }

    func slash(_ validator: Int, _ fraction: String) throws -> MagistrateEvent {
        let power = powers[Account.key(validator)] ?? 0
        let height = harness.block.height
        return .with {
            $0.slashed.consensusAddress = Account.consensusAddress(validator)
            $0.slashed.fraction = fraction
            $0.slashed.infractionHeight = height
            $0.slashed.power = power
        }
    }

    func jail(_ validator: Int) -> MagistrateEvent {
        .with { $0.jailed.consensusAddress = Account.consensusAddress(validator) }
    }

    func tombstone(_ validator: Int) -> MagistrateEvent {
        .with { $0.tombstoned.consensusAddress = Account.consensusAddress(validator) }
    }

    func unjail(_ validator: Int) -> MagistrateEvent {
        .with { $0.unjailed.consensusAddress = Account.consensusAddress(validator) }
    }

    /// The user delegates or undelegates.
    @discardableResult
    func user(_ message: StakingMessage) throws -> Outcome<VirtualStaking> {
        let outcome = try harness.when(message, to: NativeStaking.self, from: Account.user)
        try check()
        return outcome
    }

    /// The delegators take back what they have delegated.
    func everybodyUndelegates(from validator: Int) throws {
        for delegator in delegators { try send(.undelegating(10, from: validator), from: delegator) }
    }

    func send(_ message: StakingMessage, from sender: Address) throws {
        try harness.when(message, to: NativeStaking.self, from: sender).thenSucceeded()
    }
}

extension StakingMessage {
    static func delegating(_ amount: UInt64, to validator: Int) -> StakingMessage {
        .with {
            $0.delegate.validator = Account.validators[validator].operatorText
            $0.delegate.amount = .stake(amount)
        }
    }

    static func undelegating(_ amount: UInt64, from validator: Int) -> StakingMessage {
        .with {
            $0.undelegate.validator = Account.validators[validator].operatorText
            $0.undelegate.amount = .stake(amount)
        }
    }
}
