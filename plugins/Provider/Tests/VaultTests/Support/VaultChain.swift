import Bank
import BankEvents
import ModuleKit
import ModuleTesting
import Testing
import Vault
import VaultEvents

/// The pawnshops of a `VaultChain`.
enum Local: PawnshopName { static let text = "local-staking" }
enum Alpha: PawnshopName { static let text = "alpha" }
enum Beta: PawnshopName { static let text = "beta" }
enum Gamma: PawnshopName { static let text = "gamma" }

/// A chain with a bank, a vault, a pawnshop that stands for local staking, and three others.
///
/// Whenever a block ends, the bank has to have exactly the coins that the vault's records ask for.
final class VaultChain {
    static let keeper = Address.named("keeper")

    let harness: ModuleHarness<Vault>
    let alice = Address.named("alice")
    let bob = Address.named("bob")

    /// - Parameter slashable: what can be slashed, by pawnshop: `["alpha": "0.5"]`; 10% where nothing is said.
    init(
        slashable: [String: String] = [:],
        configuration: [(String, JSONValue)] = [],
        extras: [any ProtocolModule] = [],
        genesis: [(String, JSONValue)] = [],
        accounts: [JSONValue] = [],
        balances: [(Address, String)] = []
    ) throws {
        harness = try ModuleHarness(
            Vault(),
            neighbours: [Bank(), Pawnshop<Local>(), Pawnshop<Alpha>(), Pawnshop<Beta>(), Pawnshop<Gamma>()] + extras,
            options: HarnessOptions {
                var object = JSONObject()
                object["denom"] = "uatom"
                object["local_staking"] = "local-staking"
                for (name, value) in configuration { object[name] = value }
                $0.configuration = .object(object)
                for (name, fraction) in slashable {
                    $0.neighbourConfigurations[name] = ["slashable": .string(fraction)]
                }
            }
        )
        let people = [(alice, "1000000uatom,50ujuno"), (bob, "1000000uatom")] + balances
        let list = try people.map { (holder, coins) -> JSONValue in
            [
                "address": .string(try holder.text(prefix: "cosmos")),
                "coins": .array(
                    try Coins(coins).map {
                        ["denom": .string($0.denom.text), "amount": .string($0.amount.description)]
                    }
                ),
            ]
        }
        var state = JSONObject()
        state["bank"] = ["balances": .array(list)]
        if !accounts.isEmpty { state["auth"] = ["accounts": .array(accounts)] }
        for (name, section) in genesis { state[name] = section }
        try harness.given(.genesis(appState: .object(state)))
    }

    func text(_ address: Address) -> String { harness.addresses.format(address, as: .account) }

    var vaultAddress: Address { VaultEvent.moduleAccount(of: 1).address }

    func balance(_ address: Address) throws -> String {
        let text = text(address)
        let query = BankQuery.with {
            $0.balance.address = text
            $0.balance.denom = "uatom"
        }
        return try harness.query(query, of: Bank.self).balance.amount
    }

    func supply() throws -> String {
        try harness.query(.with { $0.supply.denom = "uatom" }, of: Bank.self).supply.existing
    }

    /// Ends a block: it is stored and replayed, and all invariants are checked, those between vault and bank too.
    func finish(coinsMissing: UInt128 = 0, sourceLocation: SourceLocation = #_sourceLocation) throws {
        try harness.nextBlock()
        let needed = try harness.module.coinsHeld(harness.state)
        let held = try Amount(balance(vaultAddress))
        #expect(try held.adding(Amount(coinsMissing)) == needed, sourceLocation: sourceLocation)
    }
}

/// What users ask for.
extension VaultChain {
    func bond(_ coin: String, from sender: Address) throws -> Outcome<Vault> {
        let coin = ProtoCoin(try Coin(coin))
        return try harness.when(.with { $0.bond.amount = coin }, from: sender)
    }

    func unbond(_ coin: String, from sender: Address) throws -> Outcome<Vault> {
        let coin = ProtoCoin(try Coin(coin))
        return try harness.when(.with { $0.unbond.amount = coin }, from: sender)
    }

    func stakeLocal(_ coin: String, from sender: Address) throws -> Outcome<Vault> {
        let coin = ProtoCoin(try Coin(coin))
        return try harness.when(
            .with {
                $0.stakeLocal.validator = "val1"
                $0.stakeLocal.amount = coin
            },
            from: sender
        )
    }

    func stake(_ coin: String, with holder: String, from sender: Address) throws -> Outcome<Vault> {
        let coin = ProtoCoin(try Coin(coin))
        return try harness.when(
            .with {
                $0.stakeRemote.holder = holder
                $0.stakeRemote.validator = "val1"
                $0.stakeRemote.amount = coin
            },
            from: sender
        )
    }
}

/// What pawnshops say and do.
extension VaultChain {
    /// Has a pawnshop say something about its lien on a user's collateral.
    @discardableResult
    func say<Name: PawnshopName>(
        _: Name.Type,
        of owner: Address,
        vault: UInt32 = 1,
        paying payment: PawnshopPayment? = nil,
        _ action: PawnshopStatement.OneOf_Action...
    ) throws -> Outcome<Vault> {
        let owner = text(owner)
        let message = PawnshopMessage.with {
            $0.record.stated.statements = action.map { action in
                .with {
                    $0.vault = vault
                    $0.owner = owner
                    $0.action = action
                }
            }
            if let payment { $0.record.stated.payment = payment }
        }
        return try harness.when(message, to: Pawnshop<Name>.self, from: Self.keeper)
    }

    /// Tells a pawnshop how to behave.
    func tell<Name: PawnshopName>(_: Name.Type, _ change: (inout PawnshopManners) -> Void) throws {
        var manners = PawnshopManners()
        manners.slashable = "0.1"
        change(&manners)
        let told = manners
        try harness.when(.with { $0.record.told = told }, to: Pawnshop<Name>.self, from: Self.keeper).thenSucceeded()
    }

    /// A payment out of the local pawnshop's pocket.
    func payment(_ amount: String, to receiver: Address? = nil) throws -> PawnshopPayment {
        let from = text(try harness.identity(of: Pawnshop<Local>.self).address)
        let to = text(receiver ?? vaultAddress)
        return .with {
            $0.fromAddress = from
            $0.toAddress = to
            $0.coin.denom = "uatom"
            $0.coin.amount = amount
        }
    }

    func slash<Name: PawnshopName>(_: Name.Type, of owner: Address, by amount: String) throws -> Outcome<Vault> {
        try say(
            Name.self,
            of: owner,
            .slash(
                .with {
                    $0.validator = "val1"; $0.amount = amount
                }
            )
        )
    }
}

/// What the vault says.
extension VaultChain {
    func details(_ owner: Address) throws -> VaultAccountDetails {
        let text = text(owner)
        return try harness.query(.with { $0.account.address = text }).account
    }

    /// An account in one line: `200 free 0 max 190 slashable 34 | local-staking 190, alpha 150`.
    func summary(_ owner: Address) throws -> String {
        let details = try details(owner)
        let liens = details.liens.map { "\($0.holder.label) \($0.amount.line)" }.joined(separator: ", ")
        return "\(details.bonded) free \(details.free.line) max \(details.maxLien.line) slashable "
            + "\(details.totalSlashable.line) | \(liens)"
    }
}

extension VaultRange {
    /// One number, or two with dots between.
    var line: String { low == high ? low : "\(low)..\(high)" }
}

extension Outcome {
    /// Why reactions to final events failed.
    var failedReactions: [ModuleError.Code] {
        events.of(HarnessEvent.self).compactMap { event in
            guard case .reactionFailed(let failure) = event.event else { return nil }
            return ModuleError.Code(failure.codespace, failure.code)
        }
    }

    /// The names of all events of the module under test.
    var kinds: [String] {
        events.compactMap { $0.event is Module.Event ? $0.kind.name : nil }
    }
}

extension VaultEvent {
    /// Whether this is a slash.
    var hasSlashed: Bool {
        if case .slashed = event { true } else { false }
    }
}
