import ConverterEvents
import Foundation
import ModuleKit
import RewardsEvents

extension Converter {
    /// Gives what lies here to this chain's community pool, once the pairing is over and on the word of the chain's authority.
    ///
    /// What is under way is not part of it; where it comes back, it can be given later.
    ///
    /// - Throws: `nothingToGive`; `notConverterAuthority`; what the rewards instance throws.
    func giveRewards(_ context: Context) throws(ModuleError) {
        try requireAuthority(to: "give rewards away", .notConverterAuthority, context)
        guard let channel = try channel.value(in: context), !channel.isOpen else {
            throw ModuleError(
                .nothingToGive,
                "the pairing is not over, and its rewards belong to the provider: close it first"
            )
        }
        guard let rewards = context.firstInstance(ofModule: "rewards") else {
            throw ModuleError(.nothingToGive, "this chain has no community pool: deploy rewards first")
        }
        let coin = try idleRewards(context)
        guard let coin, !coin.amount.isZero else {
            throw ModuleError(.nothingToGive, "no rewards lie here: those under way may come back later")
        }
        let message = try RewardsMessage.with { $0.fundCommunityPool.amount = [ProtoCoin(coin)] }.encodedBytes()
        try context.emit(
            .with {
                $0.rewardsGiven.coin = ProtoCoin(coin)
                $0.rewardsGiven.rewards = context.addresses.format(rewards.address, as: .account)
                $0.rewardsGiven.message = Data(message)
            }
        )
    }

    /// What lies here and is not under way; nil while nothing was ever collected.
    private func idleRewards(_ state: some StateReading) throws(ModuleError) -> Coin? {
        guard let amounts = try rewardTotals.value(in: state)?.amounts() else { return nil }
        var sum = try amounts.waiting.adding(amounts.held)
        try batches.forEach(in: state) { (_, batch) throws(ModuleError) in
            if batch.stage == .waiting, batch.place != .there { sum = try sum.adding(try Amount(batch.amount)) }
            return true
        }
        return Coin(sum, try Denom(amounts.denom))
    }
}
