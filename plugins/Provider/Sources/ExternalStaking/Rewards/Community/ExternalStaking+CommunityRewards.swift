import ControlChannel
import ExternalStakingEvents
import ModuleKit

/// Rewards of validators to which no stake is committed. They are nobody's, so that nobody gains by staking one unit after
/// they came: vouchers go to this chain's community pool, and what the consumer holds to an account of the consumer.
extension ExternalStaking {
    /// Passes on what waits. What can't be passed on is tried again a day later. Where nothing waits, this is one read.
    func passOnCommunityRewards(_ context: Context) throws(ModuleError) {
        guard let ledgers = try rewardLedgers.value(in: context) else { return }
        let time = context.block.time
        for element in ledgers.entries.elements
        where !element.value.communityWaiting.isZero && element.value.communityDue <= time {
            let coin = Coin(element.value.communityWaiting, element.denom)
            if element.denom == (try heldDenom(context)) {
                if element.value.communityInFlight.isZero { try sendCommunity(coin, context) }
            } else {
                try fundCommunity(coin, context)
            }
        }
    }

    /// Gives to the community what no batch has attributed and no claim needs any more, once the pairing is closed.
    ///
    /// - Throws: `unauthorized`, `noControlChannel`, `noSurplus`.
    func releaseSurplus(_ context: Context) throws(ModuleError) {
        let sender = try context.requireSender()
        let pairing = try requirePairing(context)
        guard sender == (try context.authority()) else {
            throw ModuleError(
                .unauthorized,
                "only the chain's authority gives vouchers to the community: propose it there"
            )
        }
        let held = try rewardLedger(try heldDenom(context), context)
        var claimed = try held.totals.claimable().whole(rounding: .ceiling).adding(held.totals.inFlight)
        var waiting = held.communityWaiting
        var isReleased = false
        for source in pairing.isClosed ? try requireSettings(context).rewards.sources : [] {
            let denom = try Denom(source.denom)
            let unattributed = try rewardLedger(denom, context).unattributed
            let surplus = unattributed.saturatingSubtracting(claimed)
            claimed = claimed.saturatingSubtracting(unattributed)
            guard !surplus.isZero else { continue }
            let converted = min(waiting, surplus)
            waiting = waiting.saturatingSubtracting(converted)
            isReleased = true
            try context.emit(
                .with {
                    $0.surplusReleased.coin = ProtoCoin(Coin(surplus, denom))
                    $0.surplusReleased.converted = converted.description
                }
            )
        }
        guard isReleased else {
            throw ModuleError(
                .noSurplus,
                "all vouchers are somebody's, or may still be: wait until the pairing is closed and its claims are paid"
            )
        }
    }

    private func fundCommunity(_ coin: Coin, _ context: Context) throws(ModuleError) {
        do throws(ModuleError) {
            guard let rewards = context.firstInstance(ofModule: Self.rewardsModuleName) else {
                throw ModuleError(.notFound, "this chain has no community pool: deploy a rewards instance")
            }
            try context.emit(
                .with {
                    $0.communityFunded.coin = ProtoCoin(coin)
                    $0.communityFunded.rewards = context.addresses.format(rewards.address, as: .account)
                }
            )
        } catch {
            // Without work, nothing goes on.
            guard error.code != .outOfWork else { throw error }
            let due = context.block.time.saturatingAdding(ResendingDelay.longest)
            try context.emit(
                .with {
                    $0.communityFundingFailed.denom = coin.denom.text
                    $0.communityFundingFailed.error = error.recordedMessage
                    $0.communityFundingFailed.due = due.nanoseconds
                }
            )
        }
    }

    private func sendCommunity(_ coin: Coin, _ context: Context) throws(ModuleError) {
        let settings = try requireSettings(context)
        let pairing = try requirePairing(context)
        guard !settings.rewards.consumerPool.isEmpty, !pairing.isClosed else { return }
        let community = ExternalStakingStakeOwner.of(
            context.addresses.format(context.identity.address, as: .account),
            ""
        )
        do throws(ModuleError) {
            try send(coin, to: settings.rewards.consumerPool, community, pairing, context)
        } catch {
            // The channel or the client may be fit again in a later block.
            guard error.code != .outOfWork else { throw error }
        }
    }

    /// The module that has the community pool, as its manifest has it.
    private static let rewardsModuleName = "rewards"
}
