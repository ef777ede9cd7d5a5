import ConverterEvents
import Foundation
import InterchainEvents
import ModuleKit
import RewardsEvents

extension Converter {
    /// Gives what lies here to this chain's community pool, once the pairing is over and on the word of the chain's authority. What
    /// a validator has whose part the provider has refused alone can be given before.
    ///
    /// What is under way is not part of it; where it comes back, it can be given later. An announcement never comes back once the
    /// pairing is over and its client can't prove anything: then its tokens, which lie here, are part of it.
    ///
    /// - Throws: `nothingToGive`; `notConverterAuthority`; what the rewards instance throws.
    func giveRewards(_ request: ConverterGiveRewards, _ context: Context) throws(ModuleError) {
        try requireAuthority(to: "give rewards away", .notConverterAuthority, context)
        let validator = request.validator.isEmpty ? nil : try self.validator(named: request.validator, context)
        if let validator {
            guard try suspensions.contains(validator, in: context) else {
                throw ModuleError(
                    .nothingToGive,
                    "the provider has not refused the rewards of \(request.validator), and they belong to it: leave them"
                )
            }
        } else {
            guard let channel = try channel.value(in: context), !channel.isOpen else {
                throw ModuleError(
                    .nothingToGive,
                    "the pairing is not over, and its rewards belong to the provider: close it first"
                )
            }
        }
        guard let rewards = context.firstInstance(ofModule: "rewards") else {
            throw ModuleError(.nothingToGive, "this chain has no community pool: deploy rewards first")
        }
        let announced = validator == nil ? try lostAnnouncements(context) : []
        let coin = try idleRewards(of: validator, and: announced, context)
        guard let coin, !coin.amount.isZero else {
            throw ModuleError(.nothingToGive, "no rewards lie here: those under way may come back later")
        }
        let message = try RewardsMessage.with { $0.fundCommunityPool.amount = [ProtoCoin(coin)] }.encodedBytes()
        try context.emit(
            .with {
                $0.rewardsGiven.coin = ProtoCoin(coin)
                $0.rewardsGiven.rewards = context.addresses.format(rewards.address, as: .account)
                $0.rewardsGiven.message = Data(message)
                $0.rewardsGiven.validator = request.validator
                $0.rewardsGiven.announced = announced
            }
        )
    }

    /// The batches with tokens here whose announcements nobody can settle any more.
    private func lostAnnouncements(_ context: Context) throws(ModuleError) -> [UInt64] {
        guard let channel = try channel.value(in: context), !channel.isOpen else { return [] }
        let end = try channel.end(try requireSettings(context))
        guard try context.client(of: try context.channel(end)).status != "active" else { return [] }
        var lost: [UInt64] = []
        try batches.forEach(in: context) { (id, batch) throws(ModuleError) in
            if batch.stage == .announcement, batch.place == .here { lost.append(id) }
            return true
        }
        return lost
    }

    /// What lies here and is not under way but in lost announcements, or what a validator has in no batch; nil while nothing was ever
    /// collected.
    private func idleRewards(
        of validator: Address?,
        and announced: [UInt64],
        _ state: some StateReading
    ) throws(ModuleError) -> Coin? {
        guard let amounts = try rewardTotals.value(in: state)?.amounts() else { return nil }
        if let validator {
            return Coin(try waitingRewards.value(for: validator, in: state) ?? .zero, try Denom(amounts.denom))
        }
        var sum = try amounts.waiting.adding(amounts.held)
        try batches.forEach(in: state) { (id, batch) throws(ModuleError) in
            if announced.contains(id) || (batch.stage == .waiting && batch.place != .there) {
                sum = try sum.adding(try Amount(batch.amount))
            }
            return true
        }
        return Coin(sum, try Denom(amounts.denom))
    }
}
