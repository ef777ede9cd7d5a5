import Bank
import BankEvents
import ConverterEvents
import ModuleKit
import ModuleTesting
import Rewards
import RewardsEvents
import Testing
import VirtualStaking
import VirtualStakingEvents

extension StakeChain {
    /// The modules with which stake earns something.
    static var rewards: [any ProtocolModule] { [Rewards()] }

    /// A chain on which stake earns block provisions; pledges are bonded at the next epoch.
    static func earning(
        validators: [UInt64] = [1_000_000, 1_000_000, 1_000_000],
        pledges: [UInt64] = [100_000, 200_000, 300_000],
        followers: [any ProtocolModule] = [],
        replays: Bool = true
    ) throws -> StakeChain {
        let chain = try StakeChain(
            validators: validators,
            cap: 1_000_000_000,
            followers: rewards + followers,
            isMinting: true,
            replays: replays
        )
        try chain.pledge(pledges)
        try chain.nextEpoch()
        return chain
    }

    func balance(_ account: Address, _ denom: String = "stake") throws -> UInt64 {
        let query = BankQuery.with {
            $0.balance.address = account.text
            $0.balance.denom = denom
        }
        return try #require(UInt64(try harness.query(query, of: Bank.self).balance.amount))
    }

    /// What the converter was given.
    var passedOn: UInt64 {
        get throws { try balance(Address(moduleName: "converter")) }
    }

    /// What virtual stake at a validator has earned and was not withdrawn, in whole units.
    func earned(at validator: Int) throws -> UInt64 {
        let delegator = try harness.identity.address.text
        let query = RewardsQuery.with {
            $0.delegation.delegator = delegator
            $0.delegation.validator = Account.validators[validator].operatorText
        }
        let rewards = try harness.query(query, of: Rewards.self).delegation.rewards
        let amount = rewards.first { $0.denom == "stake" }?.amount ?? "0"
        return try #require(UInt64(amount.prefix { $0 != "." }))
    }

    var collection: VirtualStakingCollectionAnswer {
        get throws { try harness.query(.with { $0.collection = .init() }).collection }
    }
}

extension Sequence<RecordedEvent> {
    /// What was collected, by validators in order.
    var collected: [(validator: String, amount: UInt64)] {
        of(VirtualStakingEvent.self).compactMap { event in
            guard case .rewardsCollected(let event) = event.event else { return nil }
            return (event.validator, UInt64(event.coin.amount) ?? 0)
        }
    }

    /// The validators at which nothing could be collected.
    var failedCollections: [String] {
        of(VirtualStakingEvent.self).compactMap { event in
            if case .rewardFailed(let event) = event.event { event.validator } else { nil }
        }
    }
}
