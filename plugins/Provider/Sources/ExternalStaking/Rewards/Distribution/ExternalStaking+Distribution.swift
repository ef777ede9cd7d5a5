import ExternalStakingEvents
import ModuleKit

/// Rewards are shared out among those who have stake committed when they arrive: by what one unit of it earns, once for a
/// validator, however many stakers there are.
extension ExternalStaking {
    /// Takes a batch of the control channel: of vouchers, where the converter has sent as many; else of what it holds, where
    /// the settings say that it does.
    ///
    /// - Throws: `rewardsNotTaken`, `wrongRewardsDenomination`, `rewardsNotCovered`, and what `distribute` throws. Nothing of
    ///   the batch counts then.
    func take(
        _ batch: RewardBatch,
        _ sequence: UInt64,
        _ pairing: ExternalStakingPairing,
        _ context: Context
    ) throws(ModuleError) {
        let settings = try requireSettings(context)
        guard settings.hasRewards else {
            throw ModuleError(
                .rewardsNotTaken,
                "the settings do not say how rewards come: keep them until the admin has set rewards"
            )
        }
        guard batch.denom.text == settings.rewardsDenom else {
            throw ModuleError(
                .wrongRewardsDenomination,
                "rewards of this pairing are in \(settings.rewardsDenom), and these are in \(batch.denom): send them by "
                    + "that name"
            )
        }
        let kinds = try kinds(covering: try sum(of: batch, context), settings, context)
        // A refused packet is answered, and nothing is rolled back for it: so all is checked before anything is recorded.
        for coin in kinds { try requireRoom(for: coin, context) }
        var rest = batch
        for coin in kinds {
            try distribute(try rest.take(coin.amount), as: coin, over: pairing.channelID, sequence, context)
        }
    }

    /// Records a batch that was checked, and for which there is room.
    func distribute(
        _ batch: RewardBatch,
        as coin: Coin,
        over channel: String,
        _ sequence: UInt64,
        _ context: Context
    ) throws(ModuleError) {
        var parts: [ExternalStakingRewardPart] = []
        for part in batch.parts {
            let isCommunity = try committed(to: part.validator, context).isZero
            parts.append(
                .with {
                    $0.validator = part.validator
                    $0.amount = part.amount.description
                    $0.community = isCommunity
                }
            )
        }
        let recorded = parts
        try context.emit(
            .with {
                $0.rewardsDistributed.channelID = channel
                $0.rewardsDistributed.sequence = sequence
                $0.rewardsDistributed.coin = ProtoCoin(coin)
                $0.rewardsDistributed.parts = recorded
            }
        )
    }

    /// Checks that the sum of all that was ever received stays countable.
    ///
    /// - Throws: `tooManyRewards`.
    func requireRoom(for coin: Coin, _ state: some StateReading) throws(ModuleError) {
        guard (try? rewardLedger(coin.denom, state).totals.received.adding(coin.amount)) != nil else {
            throw Self.tooManyRewards
        }
    }

    /// All that a batch holds.
    ///
    /// - Throws: `zeroRewards`, `unknownRewardedValidator`, `tooManyRewards`.
    func sum(of batch: RewardBatch, _ state: some StateReading) throws(ModuleError) -> Amount {
        guard !batch.parts.isEmpty, batch.parts.allSatisfy({ !$0.amount.isZero }) else {
            throw ModuleError(
                .zeroRewards,
                "a batch of rewards names an amount above zero for one validator or more: leave the others out"
            )
        }
        var sum = Amount.zero
        for part in batch.parts {
            guard try validators.contains(part.validator, in: state) else {
                throw ModuleError(
                    .unknownRewardedValidator,
                    "\(part.validator) was never named as a validator: name it first, or send the others apart"
                )
            }
            guard let added = try? sum.adding(part.amount) else { throw Self.tooManyRewards }
            sum = added
        }
        return sum
    }

    /// The stake among which rewards of a validator are shared; none after the closing, when all of it unbonds.
    func committed(to validator: String, _ state: some StateReading) throws(ModuleError) -> Amount {
        guard try closedAt(state) == nil, try !offenders.contains(validator, in: state) else { return .zero }
        return try validatorTotals.value(for: validator, in: state)?.committed ?? .zero
    }

    /// What an announced amount is of.
    ///
    /// Vouchers come first: then a change of the route loses nothing of what was on its way. After a change of the channel they
    /// may be of several kinds, as the converter does not tell apart over which one tokens have come.
    private func kinds(covering sum: Amount, _ settings: ExternalStakingSettings, _ state: some StateReading)
        throws(ModuleError) -> [Coin]
    {
        var coins: [Coin] = []
        var rest = sum
        for source in settings.rewards.sources.reversed() {
            let denom = try Denom(source.denom)
            let unattributed = try rewardLedger(denom, state).unattributed
            if unattributed >= sum { return [Coin(sum, denom)] }
            let amount = min(rest, unattributed)
            if !amount.isZero { coins.append(Coin(amount, denom)) }
            rest = try rest.subtracting(amount)
        }
        if rest.isZero { return coins }
        guard settings.rewards.route == .held else {
            throw ModuleError(
                .rewardsNotCovered,
                "\(sum)\(settings.rewardsDenom) are announced, and fewer have come: transfer them first, and send this again"
            )
        }
        return [Coin(sum, try Denom(settings.rewardsDenom))]
    }

    private static var tooManyRewards: ModuleError {
        ModuleError(
            .tooManyRewards,
            "all rewards of one denomination together are at most \(Amount.max): send less, or by another route"
        )
    }
}
