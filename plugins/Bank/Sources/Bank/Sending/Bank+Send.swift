import BankEvents
import ModuleKit

extension Bank {
    /// How many outputs a multi-send may have.
    public static let outputsMax = 500

    func handle(_ send: BankSend, _ context: Context) throws(ModuleError) {
        try self.send(send.amount, to: send.toAddress, context)
    }

    func handle(_ send: BankMultiSend, _ context: Context) throws(ModuleError) {
        guard (1...Self.outputsMax).contains(send.outputs.count) else {
            throw ModuleError(
                .invalidOutputs,
                "a multi-send has \(send.outputs.count) outputs: give 1 to \(Self.outputsMax), or send several messages"
            )
        }
        // Each output is checked against what is then left: a subscriber to one transfer may have moved coins too.
        for (index, output) in send.outputs.enumerated() {
            do {
                try self.send(output.coins, to: output.address, context)
            } catch {
                throw error.adding(context: "output \(index)")
            }
        }
    }

    private func send(_ amount: [ProtoCoin], to recipient: String, _ context: Context) throws(ModuleError) {
        let sender = try context.requireSender()
        let recipient = try context.addresses.parse(recipient, as: .account)
        let coins = try Coins(amount)
        try requireSendable(coins, context)
        try requireReceiving(recipient, context)
        try requireSpendable(coins, of: sender, context)
        try emitTransfer(of: coins, from: sender, to: recipient, context)
    }

    /// Records a transfer that has been checked.
    func emitTransfer(of coins: Coins, from: Address, to: Address, _ context: Context) throws(ModuleError) {
        try context.emit(
            .with {
                $0.transferred = .with {
                    $0.fromAddress = context.addresses.format(from, as: .account)
                    $0.toAddress = context.addresses.format(to, as: .account)
                    $0.amount = coins.proto
                }
            }
        )
    }

    private func requireSendable(_ coins: Coins, _ context: Context) throws(ModuleError) {
        guard !coins.isEmpty else {
            throw ModuleError(.emptyTransfer, "there is nothing to send: name at least one coin above zero")
        }
        for coin in coins {
            guard try isSendEnabled(coin.denom, context) else {
                throw ModuleError(
                    .sendDisabled,
                    "\(coin.denom) can't be sent on this chain: its admin has to enable it"
                )
            }
        }
    }

    /// Whether users can send a denomination: its own setting, or else the default.
    func isSendEnabled(_ denom: Denom, _ state: some StateReading) throws(ModuleError) -> Bool {
        if let setting = try sendEnabled.value(for: denom, in: state) { return setting.enabled }
        return try currentParams(state).defaultSendEnabled
    }

    /// The parameters; everything can be sent until they are first set.
    func currentParams(_ state: some StateReading) throws(ModuleError) -> BankParams {
        try params.value(in: state) ?? .with { $0.defaultSendEnabled = true }
    }

    /// Why an account takes no sends.
    enum Barrier {
        /// It is the account of a module that does not want them.
        case module(BankModuleAccount)
        /// It is on the list of barred accounts.
        case barred
    }

    /// What keeps sends from an account; nil where nothing does.
    func barrier(to recipient: Address, _ state: some StateReading) throws(ModuleError) -> Barrier? {
        let account = try accounts.value(for: recipient, in: state)
        if let account, account.hasModuleAccount, !account.moduleAccount.acceptsSends {
            return .module(account.moduleAccount)
        }
        return try blockedAddresses.contains(recipient, in: state) ? .barred : nil
    }

    private func requireReceiving(_ recipient: Address, _ context: Context) throws(ModuleError) {
        let text = { context.addresses.format(recipient, as: .account) }
        switch try barrier(to: recipient, context) {
        case .module(let account):
            throw ModuleError(
                .blockedRecipient,
                "\(text()) is the account of the module \(account.fullName), which takes no sends: use the module's own "
                    + "messages"
            )
        case .barred:
            throw ModuleError(.blockedRecipient, "\(text()) is barred from receiving: send elsewhere")
        case nil: return
        }
    }
}
