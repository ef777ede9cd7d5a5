import Bank
import BankEvents
import Foundation
import LocalStaking
import LocalStakingEvents
import ModuleKit
import ModuleTesting
import NativeStaking
import StakingEvents
import StakingTesting
import Testing
import Vault
import VaultEvents

/// A chain with a bank, native staking with some validators, a vault, its local staking, and a desk that holds other liens.
///
/// Whenever a block ends, the vault's liens have to be those that local staking counts, and the bank has to have the coins
/// that have come back and are not released.
final class LocalChain {
    let harness: ModuleHarness<LocalStaking>
    let people: [Address]

    var alice: Address { people[0] }
    var bob: Address { people[1] }

    /// - Parameters:
    ///   - neighbours: more modules, behind native staking.
    ///   - settings: their configurations, by module.
    init(
        validators: Int = 3,
        params: [(String, JSONValue)] = [],
        configuration: JSONValue = ["vault": "vault", "slash_ratio": ["double_sign": "0.2", "offline": "0.1"]],
        accounts: [JSONValue] = [],
        neighbours: [any ProtocolModule] = [],
        settings: [String: JSONValue] = [:],
        people: [Address] = [Address.named("alice"), Address.named("bob"), Address.named("carol")]
    ) throws {
        self.people = people
        harness = try ModuleHarness(
            LocalStaking(),
            neighbours: [Bank(), NativeStaking()] + neighbours + [Vault(), Desk()],
            options: HarnessOptions {
                var object = JSONObject()
                object["unbonding_time"] = "100s"
                for (name, value) in params { object[name] = value }
                $0.configuration = configuration
                $0.neighbourConfigurations = [
                    "staking": ["slashing": "desk", "params": .object(object)],
                    "vault": ["denom": "stake", "local_staking": "local-staking"],
                ].merging(settings) { (_, setting) in setting }
            }
        )
        let holders = people + (0..<validators).map(Self.validator)
        let balances = try holders.map { holder -> JSONValue in
            [
                "address": .string(try holder.text(prefix: "cosmos")),
                "coins": [["denom": "other", "amount": "50"], ["denom": "stake", "amount": "10000000"]],
            ]
        }
        var state = JSONObject()
        state["bank"] = ["balances": .array(balances)]
        if !accounts.isEmpty { state["auth"] = ["accounts": .array(accounts)] }
        try harness.given(.genesis(appState: .object(state)))
        for number in 0..<validators { try addValidator(number) }
        try harness.nextBlock()
    }

    static func validator(_ number: Int) -> Address { Address(moduleName: "validator \(number)") }
    static func key(_ number: Int) -> [UInt8] { [UInt8](repeating: UInt8(truncatingIfNeeded: number), count: 32) }

    func text(_ address: Address) -> String { harness.addresses.format(address, as: .account) }
    func operatorText(_ number: Int) -> String {
        harness.addresses.format(Self.validator(number), as: .validatorOperator)
    }

    private func addValidator(_ number: Int) throws {
        let message = StakingMessage.with {
            $0.createValidator = .with {
                $0.commission.rate = "0.1"
                $0.commission.maxRate = "0.2"
                $0.commission.maxChangeRate = "0.01"
                $0.minSelfDelegation = "1"
                $0.consensusKey = Data(Self.key(number))
                $0.value = .stake(5_000_000)
            }
        }
        _ = try harness.when(message, to: NativeStaking.self, from: Self.validator(number)).thenSucceeded()
    }

    /// Ends a block: it is stored and replayed, and what modules hold against each other is compared.
    @discardableResult
    func finish(after seconds: UInt32 = 5, sourceLocation: SourceLocation = #_sourceLocation) throws -> BlockOutcome {
        let outcome = try harness.nextBlock(after: .seconds(seconds))
        var returned: UInt64 = 0
        for person in people {
            let account = try account(of: person)
            returned += UInt64(account.returned) ?? 0
            #expect(try lien(of: person) == account.lien, "\(person)", sourceLocation: sourceLocation)
        }
        let address = try harness.identity.address
        #expect(try balance(of: address) == String(returned), sourceLocation: sourceLocation)
        let held = try Amount(balance(of: VaultEvent.moduleAccount(of: vault).address))
        let needed = try Vault().coinsHeld(harness.state(of: Vault.self))
        #expect(held == needed, "the vault has \(held), and needs \(needed)", sourceLocation: sourceLocation)
        return outcome
    }
}

/// What is asked.
extension LocalChain {
    var vault: UInt32 { (try? harness.identity(of: Vault.self).number) ?? 0 }

    func account(of owner: Address) throws -> LocalStakingAccountDetails {
        try harness.query(.with { $0.account.address = text(owner) }).account
    }

    /// What there is at each validator by number: staked, unbonding, returned, forfeit.
    func stakes(of owner: Address) throws -> [Int: [String]] {
        var stakes: [Int: [String]] = [:]
        for stake in try account(of: owner).stakes {
            let number = (0..<100).first { operatorText($0) == stake.validator } ?? -1
            stakes[number] = [stake.staked, stake.unbonding, stake.returned, stake.forfeit]
        }
        return stakes
    }

    /// The high end of local staking's lien in the vault.
    func lien(of owner: Address) throws -> String {
        let account = try vaultAccount(of: owner)
        let number = try harness.identity.number
        return account.liens.first { $0.holder.number == number }?.amount.high ?? "0"
    }

    func vaultAccount(of owner: Address) throws -> VaultAccountDetails {
        try harness.query(.with { $0.account.address = text(owner) }, of: Vault.self).account
    }

    func balance(of address: Address) throws -> String {
        let text = text(address)
        let query = BankQuery.with {
            $0.balance.address = text
            $0.balance.denom = "stake"
        }
        return try harness.query(query, of: Bank.self).balance.amount
    }

    /// What native staking says that an owner's sub-account has with a validator.
    func worth(of owner: Address, at validator: Int) throws -> String {
        let delegator = try account(of: owner).subAccount
        let query = StakingQuery.with {
            $0.delegation.delegator = delegator
            $0.delegation.validator = operatorText(validator)
        }
        return try harness.query(query, of: NativeStaking.self).delegation.balance.amount
    }
}

/// What is done.
extension LocalChain {
    @discardableResult
    func bond(_ amount: UInt64, from owner: Address) throws -> Outcome<LocalStaking> {
        try harness.when(.with { $0.bond.amount = .stake(amount) }, to: Vault.self, from: owner)
    }

    @discardableResult
    func unbond(_ amount: UInt64, from owner: Address) throws -> Outcome<LocalStaking> {
        try harness.when(.with { $0.unbond.amount = .stake(amount) }, to: Vault.self, from: owner)
    }

    @discardableResult
    func stake(_ amount: UInt64, at validator: Int, from owner: Address) throws -> Outcome<LocalStaking> {
        let message = VaultMessage.with {
            $0.stakeLocal.validator = operatorText(validator)
            $0.stakeLocal.amount = .stake(amount)
        }
        return try harness.when(message, to: Vault.self, from: owner)
    }

    @discardableResult
    func stakeAfar(_ amount: UInt64, from owner: Address) throws -> Outcome<LocalStaking> {
        let message = VaultMessage.with {
            $0.stakeRemote.holder = "desk"
            $0.stakeRemote.validator = "afar"
            $0.stakeRemote.amount = .stake(amount)
        }
        return try harness.when(message, to: Vault.self, from: owner)
    }

    /// The desk loses some of a user's collateral.
    @discardableResult
    func lose(_ amount: UInt64, of owner: Address) throws -> Outcome<LocalStaking> {
        let message = DeskMessage.with {
            $0.record.lost.vault = vault
            $0.record.lost.owner = text(owner)
            $0.record.lost.amount = String(amount)
        }
        return try harness.when(message, to: Desk.self, from: Address.named("observer"))
    }

    /// A validator is slashed on this chain.
    @discardableResult
    func punish(_ validator: Int, _ fraction: String, since height: UInt64, power: UInt64 = 5) throws
        -> Outcome<LocalStaking>
    {
        let address = try Address(ed25519PublicKey: Self.key(validator))
        let message = DeskMessage.with {
            $0.record.punished.consensusAddress = Data(address.bytes)
            $0.record.punished.fraction = fraction
            $0.record.punished.infractionHeight = height
            $0.record.punished.power = power
        }
        return try harness.when(message, to: Desk.self, from: Address.named("observer"))
    }

    @discardableResult
    func restake(_ amount: UInt64, from source: Int, to destination: Int, by owner: Address) throws
        -> Outcome<LocalStaking>
    {
        let message = LocalStakingMessage.with {
            $0.restake.source = operatorText(source)
            $0.restake.destination = operatorText(destination)
            $0.restake.amount = .stake(amount)
        }
        return try harness.when(message, from: owner)
    }

    @discardableResult
    func unstake(_ amount: UInt64, from validator: Int, by owner: Address) throws -> Outcome<LocalStaking> {
        let message = LocalStakingMessage.with {
            $0.unstake.validator = operatorText(validator)
            $0.unstake.amount = .stake(amount)
        }
        return try harness.when(message, from: owner)
    }

    @discardableResult
    func release(by owner: Address) throws -> Outcome<LocalStaking> {
        try harness.when(.with { $0.release = .init() }, from: owner)
    }
}
