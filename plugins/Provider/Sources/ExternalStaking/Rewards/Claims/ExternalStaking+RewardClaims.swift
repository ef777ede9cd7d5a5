import BankEvents
import ControlChannel
import ExternalStakingEvents
import ModuleKit

/// What a staker has earned is his when he asks for it.
extension ExternalStaking {
    /// Pays all that the sender's stake on a validator has earned. Vouchers are paid at once. What the consumer holds is
    /// ordered by a packet, and reserved until it is answered; once the channel is closed it is paid in vouchers, as far as
    /// the converter has sent them after.
    ///
    /// - Throws: `noControlChannel`, `noRewardsDue`, `blockedRewardsRecipient`, `tooMuchInFlight`; codespace `control` for a
    ///   recipient that is no text of a packet; what the bank or Interchain has against it.
    func handle(_ withdrawal: ExternalStakingWithdrawRewards, _ context: Context) throws(ModuleError) {
        let owner = try context.requireSender()
        let pairing = try requirePairing(context)
        let held = try heldDenom(context)
        let rewards = try rewards(of: owner, at: withdrawal.validator, in: context)
        let stake = ExternalStakingStakeOwner.of(context.addresses.format(owner, as: .account), withdrawal.validator)
        var vouchers = Coins.empty
        for element in rewards.entries.elements where element.denom != held {
            vouchers = try vouchers.adding(Coin(try rewards.claimable(element.denom), element.denom))
        }
        let due = try rewards.claimable(held)
        let converted = pairing.isClosed ? try converted(due, context) : nil
        if let converted { vouchers = try vouchers.adding(converted) }
        let isSending = !pairing.isClosed && !due.isZero && !withdrawal.remoteRecipient.isEmpty
        guard !vouchers.isEmpty || isSending else { throw Self.nothingDue(due, held, pairing) }
        if !vouchers.isEmpty {
            let recipient = withdrawal.recipient.isEmpty ? owner : try recipient(withdrawal.recipient, context)
            try pay(vouchers, converted, to: recipient, stake, context)
        }
        guard isSending else { return }
        guard rewards.entries[held].inFlightCount < StakeRewards.paymentsMax else {
            throw ModuleError(
                .tooMuchInFlight,
                "\(StakeRewards.paymentsMax) payments of this stake are in flight already: wait until the other chain has "
                    + "answered one"
            )
        }
        try send(Coin(due, held), to: withdrawal.remoteRecipient, stake, pairing, context)
    }

    /// Orders the consumer to pay.
    func send(
        _ coin: Coin,
        to recipient: String,
        _ stake: ExternalStakingStakeOwner,
        _ pairing: ExternalStakingPairing,
        _ context: Context
    ) throws(ModuleError) {
        let transaction = try nextOwnTransaction(context)
        let packet = ProviderPacket.transferRewards(
            try TransferRewardsPacket(rewards: coin, recipient: recipient, transaction: transaction)
        )
        let deadline = try context.block.time.adding(try lifetime(of: packet, context))
        let sequence = try send(packet, pairing, context)
        try context.emit(
            .with {
                $0.rewardsSent.transaction = transaction
                $0.rewardsSent.sequence = sequence
                $0.rewardsSent.stake = stake
                $0.rewardsSent.coin = ProtoCoin(coin)
                $0.rewardsSent.recipient = recipient
                $0.rewardsSent.time = context.block.time.nanoseconds
                $0.rewardsSent.deadline = deadline.nanoseconds
            }
        )
    }

    /// How long the other chain may take to receive a packet: an order to pay has a time of its own.
    func lifetime(of packet: ProviderPacket, _ state: some StateReading) throws(ModuleError) -> TimeSpan {
        let settings = try requireSettings(state)
        if case .transferRewards = packet { return TimeSpan(nanoseconds: settings.rewards.timeout) }
        return TimeSpan(nanoseconds: settings.packetTimeout)
    }

    /// Reads who is to be paid.
    private func recipient(_ text: String, _ context: Context) throws(ModuleError) -> Address {
        let recipient = try context.addresses.parse(text, as: .account)
        guard let bank = context.firstInstance(ofModule: "bank"),
            try !context.ask(BankQuery.with { $0.receiving.address = text }, of: bank.number).receiving.blocked
        else {
            throw ModuleError(.blockedRewardsRecipient, "\(text) takes no coins from others: name another account")
        }
        return recipient
    }

    private func pay(
        _ vouchers: Coins,
        _ converted: Coin?,
        to recipient: Address,
        _ stake: ExternalStakingStakeOwner,
        _ context: Context
    ) throws(ModuleError) {
        let payer = context.addresses.format(context.identity.address, as: .account)
        let recipient = context.addresses.format(recipient, as: .account)
        try context.emit(
            .with {
                $0.rewardsPaid.stake = stake
                $0.rewardsPaid.payer = payer
                $0.rewardsPaid.recipient = recipient
                $0.rewardsPaid.coins = vouchers.proto
                if let converted { $0.rewardsPaid.converted = ProtoCoin(converted) }
            }
        )
    }

    /// The vouchers that stand for a claim of what the consumer had held: as many as have come after the closing.
    private func converted(_ due: Amount, _ context: Context) throws(ModuleError) -> Coin? {
        guard !due.isZero else { return nil }
        for source in try requireSettings(context).rewards.sources.reversed() {
            let denom = try Denom(source.denom)
            let amount = min(due, try rewardLedger(denom, context).unattributed)
            if !amount.isZero { return Coin(amount, denom) }
        }
        return nil
    }

    private static func nothingDue(_ due: Amount, _ held: Denom, _ pairing: ExternalStakingPairing) -> ModuleError {
        guard !due.isZero else {
            return ModuleError(
                .noRewardsDue,
                "nothing is due: stake earns when rewards of its validator arrive; try later"
            )
        }
        return ModuleError(
            .noRewardsDue,
            pairing.isClosed
                ? "\(due)\(held) are due, and the converter has not sent them after the closing yet: try again when it has"
                : "\(due)\(held) are due, and the other chain holds them: name a recipient there"
        )
    }
}
