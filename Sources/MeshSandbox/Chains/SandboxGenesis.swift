public import CometBFT
import Foundation
public import MeshHost
public import ModuleKit

/// The genesis of a chain of a sandbox: a function of its specification, the seed, the module set and the time.
public struct SandboxGenesis: Sendable {
    /// The document, byte for byte.
    public let document: [UInt8]
    /// The consensus keys of the validators, in the order of their powers.
    public let validatorKeys: [PrivateValidator]

    /// A validator as the document names it.
    private struct Validator {
        let name: String
        let address: Address
        let key: PrivateValidator
        let stake: Amount
    }

    /// Writes the document.
    ///
    /// - Throws: `invalidSpecification`.
    public init(_ specification: ChainSpecification, seed: UInt64, time: Timestamp, registry: ModuleRegistry)
        throws(SandboxError)
    {
        try specification.check()
        do {
            let chainID = specification.chainID
            let validators = try zip(specification.validatorNames, specification.validatorPowers).map { name, power in
                Validator(
                    name: name,
                    address: try SandboxAccount(name, chainID: chainID, seed: seed).address,
                    key: try SandboxSeed.validator(name, chainID: chainID, seed: seed),
                    stake: Amount(UInt128(power) * 1_000_000)
                )
            }
            let bondDenom = try Denom(specification.bondDenom)
            var holders: [(address: Address, coins: Coins)] = []
            for validator in validators {
                // Powers are of 32 bits, so a thousand times a million times one fits.
                holders.append((validator.address, Coins(Coin(Amount(validator.stake.units * 1_001), bondDenom))))
            }
            for account in specification.accounts {
                let address = try SandboxAccount(account.name, chainID: chainID, seed: seed).address
                holders.append((address, account.coins))
            }
            validatorKeys = validators.map(\.key)
            let authority = try Self.party(ChainSpecification.authority, of: specification, seed: seed)
            let instances = try Self.instances(specification, registry, seed: seed)
            document = try Self.json(specification, time: time, validators: validators, holders, authority, instances)
                .bytes(.pretty)
        } catch {
            throw SandboxError(
                .invalidSpecification,
                "the genesis of '\(specification.chainID)' can't be written: \(error)",
                cause: error
            )
        }
    }

    private static func json(
        _ specification: ChainSpecification,
        time: Timestamp,
        validators: [Validator],
        _ holders: [(address: Address, coins: Coins)],
        _ authority: String,
        _ instances: [JSONValue]
    ) throws -> JSONValue {
        let prefixes = try AddressPrefixes(account: specification.addressPrefix)
        let supply = try holders.reduce(Coins.empty) { try $0.adding($1.coins) }
        var state = JSONObject()
        state["host"] = ["authority": .string(authority), "instances": .array(instances)]
        state["auth"] = [
            "accounts": .array(holders.map { account(prefixes.format($0.address, as: .account)) })
        ]
        state["bank"] = [
            "balances": .array(
                holders.filter { !$0.coins.isEmpty }
                    .map {
                        ["address": .string(prefixes.format($0.address, as: .account)), "coins": json($0.coins)]
                    }
            ),
            "supply": json(supply),
        ]
        state["staking"] = [
            "params": [
                "bond_denom": .string(specification.bondDenom),
                "unbonding_time": .string("\(specification.unbondingTime.components.seconds)s"),
                "max_validators": .number(JSONNumber(max(100, validators.count))),
            ]
        ]
        if let governance = specification.governance {
            state["gov"] = ["params": governance.parameters(depositing: specification.bondDenom)]
        }
        for (name, section) in specification.inflation?.sections(minting: specification.bondDenom) ?? [] {
            state[name] = section
        }
        if let downtime = specification.downtime { state["slashing"] = downtime.section }
        state["genutil"] = ["gen_txs": .array(validators.map { creation($0, specification.bondDenom, prefixes) })]
        return [
            "genesis_time": .string(time.description),
            "chain_id": .string(specification.chainID),
            "initial_height": "1",
            "app_state": .object(state),
        ]
    }

    /// One instance of each standard module with its own privileges, as a chain has them whose genesis names none; then the
    /// others. Governance administers the standard ones, itself included.
    private static func instances(
        _ specification: ChainSpecification,
        _ registry: ModuleRegistry,
        seed: UInt64
    ) throws -> [JSONValue] {
        let usual = registry.standardModules.map { module in
            let name = module.manifest.name
            var instance = ChainSpecification.Instance(name, module: name, grants: module.privileges.map(\.name))
            if specification.governance != nil { instance.admin = ChainSpecification.authority }
            return instance
        }
        return try (usual + specification.instances).map { instance in
            var entry = JSONObject()
            entry["module"] = .string(instance.module)
            entry["label"] = .string(instance.label)
            entry["configuration"] = instance.configuration
            entry["grants"] = .array(instance.grants.map { .string($0) })
            if let admin = instance.admin {
                entry["admin"] = .string(try party(admin, of: specification, seed: seed))
            }
            return .object(entry)
        }
    }

    /// Who has a say, as the document names them: an account by its address, governance by its label.
    private static func party(_ name: String, of specification: ChainSpecification, seed: UInt64) throws -> String {
        guard !specification.goesByProposal(name) else { return ChainSpecification.governanceLabel }
        let address = try SandboxAccount(name, chainID: specification.chainID, seed: seed).address
        return try AddressPrefixes(account: specification.addressPrefix).format(address, as: .account)
    }

    private static func account(_ address: String) -> JSONValue {
        [
            "@type": "/cosmos.auth.v1beta1.BaseAccount", "address": .string(address), "pub_key": .null,
            "account_number": "0", "sequence": "0",
        ]
    }

    private static func creation(_ validator: Validator, _ bondDenom: String, _ prefixes: AddressPrefixes) -> JSONValue
    {
        let message: JSONValue = [
            "@type": "/cosmos.staking.v1beta1.MsgCreateValidator",
            "description": ["moniker": .string(validator.name)],
            "commission": ["rate": "0.1", "max_rate": "0.2", "max_change_rate": "0.01"],
            "min_self_delegation": "1",
            "delegator_address": .string(prefixes.format(validator.address, as: .account)),
            "validator_address": .string(prefixes.format(validator.address, as: .validatorOperator)),
            "pubkey": [
                "@type": "/cosmos.crypto.ed25519.PubKey",
                "key": .string(Data(validator.key.key.bytes).base64EncodedString()),
            ],
            "value": ["denom": .string(bondDenom), "amount": .string(validator.stake.description)],
        ]
        return ["body": ["messages": [message], "memo": ""], "signatures": []]
    }

    private static func json(_ coins: Coins) -> JSONValue {
        .array(coins.map { ["denom": .string($0.denom.text), "amount": .string($0.amount.description)] })
    }
}
