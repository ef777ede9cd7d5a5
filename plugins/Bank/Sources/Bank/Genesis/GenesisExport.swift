import BankEvents
import Foundation
import ModuleKit

/// Writes what is kept of accounts and denominations as the JSON of a genesis document (protobuf's JSON, SDK 0.40 on).
struct GenesisExport {
    /// The prefix of the chain's account addresses.
    let prefix: String

    func text(of address: Address) throws(ModuleError) -> JSONValue { .string(try address.text(prefix: prefix)) }

    func coin(_ coin: Coin) -> JSONValue {
        ["denom": .string(coin.denom.text), "amount": .string(coin.amount.description)]
    }

    func account(_ account: BankAccount, at address: Address) throws(ModuleError) -> JSONValue {
        let base: JSONValue = [
            "address": try text(of: address),
            "pub_key": account.hasPublicKey ? publicKey(account.publicKey) : .null,
            "account_number": number(account.accountNumber),
            "sequence": number(account.sequence),
        ]
        if account.hasVesting { return try vestingAccount(account.vesting, base) }
        guard account.hasModuleAccount else { return typed("/cosmos.auth.v1beta1.BaseAccount", base) }
        return typed("/cosmos.auth.v1beta1.ModuleAccount", moduleAccount(account.moduleAccount, base))
    }

    /// The member `domain` is our own; only accounts that have one are given it.
    private func moduleAccount(_ account: BankModuleAccount, _ base: JSONValue) -> JSONValue {
        var object = JSONObject()
        object["base_account"] = base
        object["name"] = .string(account.name)
        if !account.domain.isEmpty { object["domain"] = .string(account.domain) }
        object["permissions"] = .array(account.permissions.map { .string($0.name) })
        return .object(object)
    }

    private func vestingAccount(_ vesting: BankVesting, _ base: JSONValue) throws(ModuleError) -> JSONValue {
        let common: JSONValue = [
            "base_account": base,
            "original_vesting": coins(vesting.originalVesting),
            "delegated_free": coins(vesting.delegatedFree),
            "delegated_vesting": coins(vesting.delegatedVesting),
            "end_time": number(vesting.endSeconds),
        ]
        var object = JSONObject()
        object["@type"] = .string("/cosmos.vesting.v1beta1." + (try vesting.kind.typeName()))
        object["base_vesting_account"] = common
        if vesting.kind == .continuous || vesting.kind == .periodic {
            object["start_time"] = number(vesting.startSeconds)
        }
        if vesting.kind == .periodic {
            object["vesting_periods"] = .array(
                vesting.periods.map { ["length": number($0.lengthSeconds), "amount": coins($0.amount)] }
            )
        }
        return .object(object)
    }

    private func publicKey(_ key: BankPublicKey) -> JSONValue {
        guard key.publicKeys.isEmpty else {
            return [
                "@type": .string(key.typeURL),
                "threshold": .number(JSONNumber(key.threshold)),
                "public_keys": .array(key.publicKeys.map(publicKey)),
            ]
        }
        return ["@type": .string(key.typeURL), "key": .string(key.key.base64EncodedString())]
    }

    func authParams(_ params: BankAuthParams) -> JSONValue {
        [
            "max_memo_characters": number(params.maxMemoCharacters),
            "tx_sig_limit": number(params.txSigLimit),
            "tx_size_cost_per_byte": number(params.txSizeCostPerByte),
            "sig_verify_cost_ed25519": number(params.sigVerifyCostEd25519),
            "sig_verify_cost_secp256k1": number(params.sigVerifyCostSecp256K1),
        ]
    }

    func metadata(_ metadata: BankMetadata) -> JSONValue {
        [
            "description": .string(metadata.description_p),
            "denom_units": .array(metadata.denomUnits.map(denomUnit)),
            "base": .string(metadata.base),
            "display": .string(metadata.display),
            "name": .string(metadata.name),
            "symbol": .string(metadata.symbol),
            "uri": .string(metadata.uri),
            "uri_hash": .string(metadata.uriHash),
        ]
    }

    private func denomUnit(_ unit: BankDenomUnit) -> JSONValue {
        [
            "denom": .string(unit.denom),
            "exponent": .number(JSONNumber(unit.exponent)),
            "aliases": .array(unit.aliases.map { .string($0) }),
        ]
    }

    private func coins(_ coins: [ProtoCoin]) -> JSONValue {
        .array(coins.map { ["denom": .string($0.denom), "amount": .string($0.amount)] })
    }

    /// Protobuf's JSON writes integers of 64 bits as strings.
    private func number(_ value: UInt64) -> JSONValue { .string(String(value)) }

    private func typed(_ type: String, _ value: JSONValue) -> JSONValue {
        guard case .object(let members) = value else { return value }
        var object = JSONObject()
        object["@type"] = .string(type)
        for member in members.members { object[member.name] = member.value }
        return .object(object)
    }
}

extension BankVestingKind {
    /// The name of the account type in the Cosmos SDK.
    fileprivate func typeName() throws(ModuleError) -> String {
        switch self {
        case .continuous: "ContinuousVestingAccount"
        case .delayed: "DelayedVestingAccount"
        case .periodic: "PeriodicVestingAccount"
        case .permanentLocked: "PermanentLockedAccount"
        case .unspecified, .UNRECOGNIZED:
            throw ModuleError(.inconsistentEvent, "a vesting account has no known kind: the log is damaged")
        }
    }
}
