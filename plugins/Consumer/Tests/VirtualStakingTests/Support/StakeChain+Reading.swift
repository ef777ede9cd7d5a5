import Bank
import BankEvents
import ModuleKit
import NativeStaking
import StakingEvents
import Testing
import VirtualStaking
import VirtualStakingEvents

@testable import ModuleTesting

extension StakeChain {
    /// What is minted at each of the first validators.
    func minted(_ count: Int) throws -> [UInt64] {
        try (0..<count).map { number in
            let amount = try VirtualStaking().minted.value(for: Account.validators[number], in: harness.state)
            return UInt64((amount ?? .zero).units)
        }
    }

    /// What is owed at a validator.
    func owed(_ validator: Int) throws -> UInt64 {
        let amount = try VirtualStaking().owed.value(for: Account.validators[validator], in: harness.state)
        return UInt64((amount ?? .zero).units)
    }

    /// The admin configures an instance once more: the one under test unless told otherwise.
    func configure(_ configuration: JSONValue, at other: InstanceIdentity? = nil) throws -> Outcome<VirtualStaking> {
        let execution = harness.machine.execution
        let instance = try execution.instance(other?.number ?? 1)
        return try harness.unit(transaction: 1) { () throws(ModuleError) in
            try instance.run(.configure(configuration, sender: nil), execution)
        }
    }

    /// What the bank, native staking and virtual staking write for a genesis document.
    func exportAll() throws -> JSONValue {
        var sections = JSONObject()
        for number in 1...3 as ClosedRange<UInt32> {
            for (name, value) in try harness.machine.execution.instance(number).exportGenesis() {
                sections[name] = value
            }
        }
        return .object(sections)
    }

    func totals() throws -> VirtualStakingTotals { try harness.query(.with { $0.totals = .init() }).totals }

    func supply() throws -> (reported: Amount, existing: Amount, offset: SignedAmount) {
        let supply = try harness.query(.with { $0.supply.denom = "stake" }, of: Bank.self).supply
        return (try Amount(supply.reported.amount), try Amount(supply.existing), try SignedAmount(supply.offset))
    }

    func stake(_ validator: Int) throws -> StakingStake {
        let query = StakingQuery.with { $0.validator.operator = Account.validators[validator].operatorText }
        return try harness.query(query, of: NativeStaking.self).validator.stake
    }

    /// What an instance's delegation to a validator is worth.
    func worth(_ validator: Address, of delegator: Address) throws -> Amount {
        let query = StakingQuery.with {
            $0.delegation.delegator = delegator.text
            $0.delegation.validator = validator.operatorText
        }
        do {
            return try Amount(try harness.query(query, of: NativeStaking.self).delegation.balance.amount)
        } catch let error as ModuleError where error.code == .delegationNotFound || error.code == .validatorNotFound {
            return .zero
        }
    }

    /// The power of a validator after the last block, as the consensus engine knows it.
    func power(_ validator: Int) -> UInt64 { powers[Account.key(validator)] ?? 0 }

    /// What is between modules, after every step: the supply's offset is minus what is minted, and every delegation is worth
    /// what is minted for it; no coin is left on the way.
    func check(sourceLocation: SourceLocation = #_sourceLocation) throws {
        let module = try harness.module
        let instance = try harness.identity.address
        var sum = Amount.zero
        for (validator, amount) in try module.minted.entries(in: harness.state, limit: 1000) {
            sum = try sum.adding(amount)
            let worth = try worth(validator, of: instance)
            #expect(worth >= amount, "a delegation is worth less than is minted", sourceLocation: sourceLocation)
            if !hasSlashed { #expect(worth == amount, sourceLocation: sourceLocation) }
        }
        for account in [instance, StakingOrders.accountAddress, Address(moduleName: "virtual-staking:1")] {
            let query = BankQuery.with {
                $0.balance.address = account.text
                $0.balance.denom = "stake"
            }
            let balance = try harness.query(query, of: Bank.self).balance.amount
            #expect(balance == "0", "coins are left on the way", sourceLocation: sourceLocation)
        }
        let supply = try supply()
        let others = try worthOfSecond()
        #expect(supply.offset == SignedAmount(try sum.adding(others), isNegative: true), sourceLocation: sourceLocation)
        if !hasSlashed, !isMinting { #expect(supply.reported == realSupply, sourceLocation: sourceLocation) }
    }

    /// What holds once a block has ended: the powers that the engine knows are those of the stake, and virtual stake is with active
    /// validators only, but for what is owed.
    func checkPowers(sourceLocation: SourceLocation = #_sourceLocation) throws {
        for number in 0..<validatorCount {
            let stake = try stake(number)
            let isActive = stake.status == .bonded
            #expect(String(power(number)) == (isActive ? stake.tokens : "0"), sourceLocation: sourceLocation)
            let validator = Account.validators[number]
            let minted = try harness.module.minted.value(for: validator, in: harness.state)
            let owed = try harness.module.owed.value(for: validator, in: harness.state)
            if !isActive { #expect(minted == owed, "inactive, and not let go", sourceLocation: sourceLocation) }
        }
    }

    /// What the delegations of the second instance are worth.
    func worthOfSecond() throws -> Amount {
        let query = StakingQuery.with {
            $0.delegations.delegator = second.address.text
            $0.delegations.page.limit = 1000
        }
        var sum = Amount.zero
        for delegation in try harness.query(query, of: NativeStaking.self).delegations.delegations {
            sum = try sum.adding(try Amount(delegation.balance.amount))
        }
        return sum
    }
}

extension Sequence<RecordedEvent> {
    /// The names and amounts of what virtual staking bonded and let go, in order.
    var moves: [String] {
        of(VirtualStakingEvent.self).compactMap { event in
            switch event.event {
            case .bonded(let event): "+\(event.amount.amount)"
            case .released(let event): "-\(event.amount)"
            default: nil
            }
        }
    }

    /// The names of virtual staking's events, in order.
    var kinds: [String] { compactMap { $0.event is VirtualStakingEvent ? $0.kind.name : nil } }
}
