import BankEvents
import ControlChannel
import ConverterEvents
import ModuleKit

/// Held rewards are paid out on the provider's word, once for each of its numbers.
///
/// A packet is received once anyway. So a number that comes again stands in a new packet, and gets the outcome that it had at
/// first, whatever the new packet says. Outcomes are kept for ``paymentMemory``, and each payment forgets some that are older, so
/// they don't pile up.
///
/// Invariant: no number is paid twice, however late it comes again. Numbers up to the highest forgotten one are refused. That meets
/// no payment which is due: numbers rise, so one below it was sent before it; and the memory is longer than any packet has
/// to arrive, so that one has arrived by then, or has timed out.
extension Converter {
    /// For how long the outcome of a payment is kept: for as long as a packet that asks for one lives at most, and a day, by which
    /// the clocks of two chains never differ.
    static let paymentMemory = TimeSpan(
        nanoseconds: TransferRewardsPacket.lifetimeMax.nanoseconds + TimeSpan.days(1).nanoseconds
    )
    /// How many outcomes one payment forgets.
    static let forgottenPaymentsMax = 20

    /// Pays, or says why not, and remembers it.
    ///
    /// - Throws: `paymentForgotten`, `wrongRewardDenomination`, `rewardAmountNotAllowed`, `rewardRecipientNotAllowed`; what the bank throws.
    func receive(_ packet: TransferRewardsPacket, _ context: Context) throws(ModuleError) {
        try forgetPayments(context)
        if let known = try payments.value(for: packet.transaction, in: context) {
            guard known.error.isEmpty else { throw ModuleError(.rewardAmountNotAllowed, known.error) }
            return
        }
        if let floor = try paymentFloor.value(in: context), packet.transaction <= floor {
            throw ModuleError(
                .paymentForgotten,
                "what became of payment \(packet.transaction) is forgotten, as of all up to \(floor): take a new number"
            )
        }
        let expiry = context.block.time.saturatingAdding(Self.paymentMemory)
        do throws(ModuleError) {
            let recipient = try recipient(of: packet, context)
            try context.emit(
                .with {
                    $0.rewardsPaid = .with {
                        $0.transaction = packet.transaction
                        $0.coin = ProtoCoin(packet.rewards)
                        $0.fromAddress = context.addresses.format(context.identity.address, as: .account)
                        $0.recipient = context.addresses.format(recipient, as: .account)
                        $0.expiryNanoseconds = expiry.nanoseconds
                    }
                }
            )
        } catch {
            guard !error.isExhaustion else { throw error }
            try context.emit(
                .with {
                    $0.paymentRefused = .with {
                        $0.transaction = packet.transaction
                        $0.error = error.recordedMessage
                        $0.expiryNanoseconds = expiry.nanoseconds
                    }
                }
            )
            throw error
        }
    }

    /// Who is paid, once it is certain that the payment is right.
    private func recipient(of packet: TransferRewardsPacket, _ context: Context) throws(ModuleError) -> Address {
        let denom = try rewardDenomination(try requireSettings(context), context)
        guard packet.rewards.denom == denom else {
            throw ModuleError(
                .wrongRewardDenomination,
                "\(packet.rewards) is no reward: this pairing's rewards are \(denom)"
            )
        }
        let held = try rewardTotals.value(in: context)?.amounts().held ?? .zero
        guard !packet.rewards.amount.isZero, packet.rewards.amount <= held else {
            throw ModuleError(
                .rewardAmountNotAllowed,
                "\(held)\(denom) are held: ask for an amount up to that, above zero"
            )
        }
        let recipient: Address
        do throws(ModuleError) {
            recipient = try context.addresses.parse(packet.recipient, as: .account)
        } catch {
            throw ModuleError(.rewardRecipientNotAllowed, "the recipient is no account here: \(error.message)")
        }
        let takesNone = try isBlocked(recipient, context)
        guard recipient != context.identity.address, !takesNone else {
            throw ModuleError(
                .rewardRecipientNotAllowed,
                "\(packet.recipient) takes no coins from others: name another account"
            )
        }
        return recipient
    }

    private func isBlocked(_ account: Address, _ context: Context) throws(ModuleError) -> Bool {
        guard let bank = context.firstInstance(ofModule: "bank") else {
            throw ModuleError(.notFound, "this chain has no bank, which could pay: deploy one")
        }
        let query = BankQuery.with { $0.receiving.address = context.addresses.format(account, as: .account) }
        return try context.ask(query, of: bank.number).receiving.blocked
    }

    private func forgetPayments(_ context: Context) throws(ModuleError) {
        let old = try paymentExpiries.entries(in: context, limit: Self.forgottenPaymentsMax).map(\.key)
        let expired = old.prefix { $0.first <= context.block.time }.map(\.second)
        guard !expired.isEmpty else { return }
        try context.emit(.with { $0.paymentsForgotten.transactions = expired })
    }
}
