import IBC
import ModuleKit
import TransferEvents

/// How tokens leave and reach accounts. The bank reacts to these events, and moves the coins or vetoes.
extension Transfer {
    /// Puts tokens of an account that signed into the escrow of a channel.
    func escrow(_ coin: Coin, of sender: Address, _ end: ChannelEndID, _ context: Context) throws(ModuleError) {
        try context.emit(
            .with {
                $0.tokensEscrowed = .with {
                    $0.portID = end.port.text
                    $0.channelID = end.channel.text
                    $0.fromAddress = context.addresses.format(sender, as: .account)
                    $0.token = ProtoCoin(coin)
                }
            }
        )
    }

    /// Takes tokens out of the escrow of a channel.
    ///
    /// The records of this module decide, not the account's balance: what somebody sent there otherwise is not the other
    /// chain's to claim.
    ///
    /// - Throws: `insufficientEscrow`.
    func release(_ coin: Coin, to receiver: Address, _ end: ChannelEndID, _ context: Context) throws(ModuleError) {
        let held = try escrowed.value(for: Pair(end.channel.text, coin.denom), in: context) ?? .zero
        guard held >= coin.amount else {
            throw ModuleError(
                .insufficientEscrow,
                "\(end) holds \(held)\(coin.denom) in escrow, and \(coin) are claimed: the other chain says more than is true"
            )
        }
        try context.emit(
            .with {
                $0.tokensReleased = .with {
                    $0.portID = end.port.text
                    $0.channelID = end.channel.text
                    $0.toAddress = context.addresses.format(receiver, as: .account)
                    $0.token = ProtoCoin(coin)
                }
            }
        )
    }

    /// Creates vouchers.
    func mint(_ coin: Coin, to receiver: Address, _ context: Context) throws(ModuleError) {
        let moduleAccount = try requireSettings(context).moduleAccount
        try context.emit(
            .with {
                $0.voucherMinted = .with {
                    $0.toAddress = context.addresses.format(receiver, as: .account)
                    $0.token = ProtoCoin(coin)
                    $0.moduleAccount = moduleAccount
                }
            }
        )
    }

    /// Destroys vouchers of an account that signed.
    func burn(_ coin: Coin, of sender: Address, _ context: Context) throws(ModuleError) {
        let moduleAccount = try requireSettings(context).moduleAccount
        try context.emit(
            .with {
                $0.voucherBurned = .with {
                    $0.fromAddress = context.addresses.format(sender, as: .account)
                    $0.token = ProtoCoin(coin)
                    $0.moduleAccount = moduleAccount
                }
            }
        )
    }
}
