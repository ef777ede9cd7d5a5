public import BankEvents
public import ModuleKit

/// Who holds what: balances, supplies, module accounts, and what is kept of accounts (Cosmos SDK x/bank, x/auth).
///
/// Users send coins by messages. Modules move coins by recording events: the bank reacts to every vocabulary that
/// `MovesCoins`, checks that the coins may move, and records its own event, or vetoes. It should stand first in the module
/// set, because the movements of a genesis import rest on the balances that it imports.
///
/// On a chain with several instances of the bank, the first serves the other modules; the rest leave them alone.
public struct Bank: ProtocolModule {
    /// What the bank says of itself.
    public static let manifest = Manifest(
        name: "bank",
        version: "1.0.0",
        summary: "Balances and supplies; moves coins on messages of users and on events of modules."
    )

    /// What each account holds; entries of zero are removed.
    public let balances = StateMap<Pair<Address, Denom>, Amount>(1, "balances")
    /// How much exists of each denomination: the sum of its balances.
    public let supply = StateMap<Denom, Amount>(2, "supply")
    /// What is added to what exists when the supply is reported.
    public let supplyOffsets = StateMap<Denom, SignedAmount>(3, "supply_offsets")
    /// What is kept of accounts: imported ones, and module accounts.
    public let accounts = StateMap<Address, BankAccount>(4, "accounts")
    /// The addresses of module accounts, by full name: with the domain where they have one.
    public let moduleAccounts = StateMap<String, Address>(5, "module_accounts")
    /// Accounts that are barred from receiving sends, beside module accounts.
    public let blockedAddresses = StateMap<Address, Unit>(6, "blocked_addresses")
    /// Which denominations differ from the default in whether they can be sent.
    public let sendEnabled = StateMap<Denom, BankSendEnabled>(7, "send_enabled")
    /// What denominations are called.
    public let denomMetadata = StateMap<Denom, BankMetadata>(8, "denom_metadata")
    /// The parameters; absent until they are first set.
    public let params = StateItem<BankParams>(9, "params")

    /// The module.
    public init() {}

    /// Sends coins of the account that signed.
    public func handle(_ message: BankMessage, _ context: Context) throws(ModuleError) {
        switch message.message {
        case .send(let send): try handle(send, context)
        case .multiSend(let send): try handle(send, context)
        case nil: throw ModuleError(.unknownMessage, "the message asks for nothing: set send or multi_send")
        }
    }

    /// Claims of module accounts come first, so that an event may claim an account and move its coins.
    public var subscriptions: [Subscription<Bank>] {
        [
            .onTrait({ $0 is any DeclaresModuleAccounts.Type }) { (bank, event, origin, context) throws(ModuleError) in
                guard bank.serves(context), let event = event as? any DeclaresModuleAccounts else { return }
                for declaration in try event.moduleAccounts { try bank.claim(declaration, for: origin, context) }
            },
            .onTrait({ $0 is any OffsetsSupply.Type }) { (bank, event, origin, context) throws(ModuleError) in
                guard bank.serves(context), let event = event as? any OffsetsSupply else { return }
                for offset in try event.supplyOffsets { try bank.carryOut(offset, of: origin, context) }
            },
            .onTrait({ $0 is any MovesCoins.Type }) { (bank, event, origin, context) throws(ModuleError) in
                guard bank.serves(context), let event = event as? any MovesCoins else { return }
                for movement in try event.coinMovements { try bank.carryOut(movement, of: origin, context) }
            },
        ]
    }

    /// Whether this instance is the one whose coins the other modules move.
    private func serves(_ context: Context) -> Bool {
        context.firstInstance(ofModule: Self.manifest.name)?.number == context.identity.number
    }
}
