import ExternalStakingEvents
import LocalStakingEvents
import MeshHost
import ModuleKit
import RewardsEvents

/// Questions about rewards.
extension ChainView {
    private static let rewardsModule = "rewards"
    private static let localStakingModule = "local-staking"

    /// The label of the instance that keeps the rewards of native stake.
    ///
    /// - Throws: `badInput` when the chain has none.
    func rewardsLabel() throws(CommandError) -> String { try label(ofModule: Self.rewardsModule) }

    /// Whether native stake earns here.
    var hasRewards: Bool { instances.contains { $0.module == Self.rewardsModule } }

    /// The labels of the instances that stake collateral on this chain.
    var localStakingLabels: [String] {
        instances.filter { $0.module == Self.localStakingModule }.map(\.label)
    }

    /// Asks the rewards of native stake.
    func rewards(_ ask: (inout RewardsQuery) -> Void) throws(CommandError) -> RewardsAnswer {
        let label = try rewardsLabel()
        return try CommandError.wrapping { try host.query(RewardsQuery.with(ask), of: label) }
    }

    /// What each delegation of an account has earned, by operator; those that have ended and are still owed something as well.
    func delegationRewards(of delegator: String) throws(CommandError) -> [RewardsDelegationRewards] {
        try Pages.all { (start: String) throws(CommandError) in
            let page = try rewards {
                $0.delegator.delegator = delegator
                $0.delegator.start = start
                $0.delegator.limit = Self.pageSize
            }.delegator
            return (page.delegations, page.next)
        }
    }

    /// What the stakes of an account have earned by an External Staking, by validator.
    func pendingRewards(of owner: String, at externalStaking: String) throws(CommandError)
        -> [ExternalStakingPendingRewards]
    {
        try Pages.all { (start: String) throws(CommandError) in
            let page = try self.externalStaking(externalStaking) {
                $0.allPendingRewards.owner = owner
                $0.allPendingRewards.startValidator = start
                $0.allPendingRewards.limit = Self.pageSize
            }.allPendingRewards
            return (page.rewards, page.nextValidator)
        }
    }

    /// The community pool of native rewards, by denomination.
    func communityPool() throws(CommandError) -> [RewardsDecimalCoin] {
        try Pages.all { (start: String) throws(CommandError) in
            let page = try rewards {
                $0.communityPool.startDenom = start
                $0.communityPool.limit = Self.pageSize
            }.communityPool
            return (page.pool, page.nextDenom)
        }
    }

    /// A validator as rewards name it: an operator's address of this or another chain, or the name of a key.
    func rewardedValidator(_ reference: String, _ references: AccountReferences) -> String {
        (try? references.validator(reference)) ?? reference
    }
}
