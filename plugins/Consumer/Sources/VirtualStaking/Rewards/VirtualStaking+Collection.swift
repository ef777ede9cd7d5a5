import ConverterEvents
import Foundation
import ModuleKit
import RewardsEvents
import VirtualStakingEvents

/// What the delegations earn is withdrawn validator by validator, each alone: one that fails holds back no other, wherever it
/// stands.
///
/// What counts is what each withdrawal says that it has returned, and never a balance. What can't be withdrawn stays owed to the
/// instance, also after its stake is gone.
extension VirtualStaking {
    /// At how many validators rewards are collected in one go; the ends of the next blocks go on.
    static let collectionsMax = 200
    /// How many denominations are given to the community pool in one go.
    private static let givenDenominationsMax = 50

    /// Collects from the first validator on.
    func collectRewards(_ context: Context) throws(ModuleError) {
        try collect(from: nil, context)
    }

    /// Goes on with a collection, where one goes on.
    func continueCollection(_ context: Context) throws(ModuleError) {
        guard let progress = try collection.value(in: context) else { return }
        try collect(from: progress.nextValidator.isEmpty ? nil : try Address(bech32: progress.nextValidator), context)
    }

    private func collect(from start: Address?, _ context: Context) throws(ModuleError) {
        // Without rewards on this chain, nothing is earned.
        guard let rewards = rewards(context) else { return }
        var validators = try earners(from: start, context)[...]
        var room = Self.collectionsMax
        while room > 0, context.eventsLeft > Self.eventsKeptBack, let validator = validators.popFirst() {
            room -= 1
            try collect(context.operatorText(validator), context)
        }
        if let next = validators.first {
            try context.emit(.with { $0.collectionPaused.nextValidator = context.operatorText(next) })
            return
        }
        try giveOtherRewards(to: rewards, context)
        guard try collection.value(in: context) != nil else { return }
        try context.emit(.with { $0.collectionCompleted = .init() })
    }

    private func collect(_ validator: String, _ context: Context) throws(ModuleError) {
        do throws(ModuleError) {
            try context.emit(.with { $0.rewardsOrdered.validator = validator })
        } catch {
            try recordFailure(of: validator, error, context)
        }
    }

    private func recordFailure(of validator: String, _ error: ModuleError, _ context: Context) throws(ModuleError) {
        try context.emit(
            .with {
                $0.rewardFailed.validator = validator
                $0.rewardFailed.reason = error.recordedMessage
            }
        )
    }

    /// The validators at which there is stake, or was since the last collection, in order: some more than one go collects from.
    private func earners(from start: Address?, _ context: Context) throws(ModuleError) -> [Address] {
        var validators: [Address] = []
        try minted.forEach(in: context, from: start) { (validator, _) throws(ModuleError) in
            validators.append(validator)
            return validators.count <= Self.collectionsMax
        }
        var formerCount = 0
        try formerValidators.forEach(in: context, from: start) { (validator, _) throws(ModuleError) in
            validators.append(validator)
            formerCount += 1
            return formerCount <= Self.collectionsMax
        }
        return validators.sorted()
    }

    /// The rewards instance of this chain; nil where there is none.
    private func rewards(_ context: Context) -> InstanceIdentity? { context.firstInstance(ofModule: "rewards") }
}

/// What becomes of what was withdrawn.
extension VirtualStaking {
    /// Hands what a withdrawal has returned to the converter; what is of another denomination waits for the community pool.
    ///
    /// What is thrown here, such as for a converter that names another virtual staking, vetoes the withdrawal.
    func follow(_ withdrawal: RewardsWithdrawn, of origin: EventOrigin, _ context: Context) throws(ModuleError) {
        guard withdrawal.instanceNumber == context.identity.number,
            origin.instance.number == rewards(context)?.number
        else { return }
        let coins = try Coins(withdrawal.coins)
        guard !coins.isEmpty else { return }
        let settings = try requireSettings(context)
        let (converter, theirs) = try pairing(settings, context)
        let denom =
            theirs.rewards.denom.isEmpty
            ? try NativeStake(settings, context).bondDenom() : try Denom(theirs.rewards.denom)
        let coin = Coin(coins.amount(of: denom), denom)
        let others = coin.amount.isZero ? coins : try coins.subtracting(coin)
        try context.emit(
            .with {
                $0.rewardsCollected = .with {
                    $0.validator = withdrawal.validator
                    $0.coin = ProtoCoin(coin)
                    $0.fromAddress = context.addresses.format(context.identity.address, as: .account)
                    $0.toAddress = context.addresses.format(converter.address, as: .account)
                    $0.converter = converter.number
                    $0.others = others.proto
                }
            }
        )
    }

    /// Gives the community pool what came in other denominations; what it refuses waits for the next epoch.
    private func giveOtherRewards(to rewards: InstanceIdentity, _ context: Context) throws(ModuleError) {
        let entries = try otherRewards.entries(in: context, limit: Self.givenDenominationsMax)
        guard !entries.isEmpty else { return }
        let coins = try Coins(canonical: entries.map { Coin($0.value, $0.key) }.sorted { $0.denom < $1.denom })
        let message = try RewardsMessage.with { $0.fundCommunityPool.amount = coins.proto }.encodedBytes()
        do throws(ModuleError) {
            try context.emit(
                .with {
                    $0.otherRewardsGiven.coins = coins.proto
                    $0.otherRewardsGiven.rewards = context.addresses.format(rewards.address, as: .account)
                    $0.otherRewardsGiven.message = Data(message)
                }
            )
        } catch {
            try recordFailure(of: "", error, context)
        }
    }
}
