import Bank
import BankEvents
import Crypto
import Foundation
import MeshHost
import ModuleKit
import NativeStaking
import StakingEvents
import Storage

/// A chain with many funded accounts, and signed transfers between them.
struct TransferChain {
    let prefixes: AddressPrefixes
    let accounts: [(key: Curve25519.Signing.PrivateKey, address: Address)]
    let registry: ModuleRegistry

    init(accountCount: Int) throws {
        prefixes = try AddressPrefixes(account: "mesh")
        accounts = try (0..<accountCount).map { index in
            let seed = SHA256.hash(data: Data("bench account \(index)".utf8))
            let key = try Curve25519.Signing.PrivateKey(rawRepresentation: Data(seed))
            return (key, try Address(ed25519PublicKey: Array(key.publicKey.rawRepresentation)))
        }
        registry = try ModuleRegistry(Bank(), NativeStaking())
    }

    func text(_ index: Int) -> String { prefixes.format(accounts[index].address, as: .account) }

    /// A genesis in which every account owns the same.
    var genesis: [UInt8] {
        let listed = accounts.indices.map { index in
            """
            {"@type":"/cosmos.auth.v1beta1.BaseAccount","address":"\(text(index))","pub_key":null,\
            "account_number":"\(index)","sequence":"0"}
            """
        }
        let balances = accounts.indices.map { index in
            #"{"address":"\#(text(index))","coins":[{"denom":"umesh","amount":"1000000000"}]}"#
        }
        let document = """
            {"chain_id":"bench-1","genesis_time":"2026-01-01T00:00:00Z","app_state":{\(stakingSections)
            "auth":{"params":{},"accounts":[\(listed.joined(separator: ","))]},
            "bank":{"params":{"send_enabled":[],"default_send_enabled":true},
            "balances":[\(balances.joined(separator: ","))],"supply":[],"denom_metadata":[]}}}
            """
        return Array(document.utf8)
    }

    /// The operator of the one validator, which is the first account.
    var validator: String { prefixes.format(accounts[0].address, as: .validatorOperator) }

    /// One validator by a genesis transaction.
    private var stakingSections: String {
        let key = Data(SHA256.hash(data: Data("bench consensus".utf8)))
        let consensus = (try? Curve25519.Signing.PrivateKey(rawRepresentation: key))?.publicKey.rawRepresentation ?? key
        return """
            "staking":{"params":{"unbonding_time":"1814400s","max_validators":100,"max_entries":7,
            "historical_entries":0,"bond_denom":"umesh","min_commission_rate":"0.000000000000000000"},
            "last_total_power":"0","last_validator_powers":[],"validators":[],"delegations":[],
            "unbonding_delegations":[],"redelegations":[],"exported":false},
            "genutil":{"gen_txs":[{"body":{"messages":[{"@type":"/cosmos.staking.v1beta1.MsgCreateValidator",
            "description":{"moniker":"bench","identity":"","website":"","security_contact":"","details":""},
            "commission":{"rate":"0.100000000000000000","max_rate":"0.200000000000000000",
            "max_change_rate":"0.010000000000000000"},"min_self_delegation":"1","delegator_address":"\(text(0))",
            "validator_address":"\(validator)","pubkey":{"@type":"/cosmos.crypto.ed25519.PubKey",
            "key":"\(consensus.base64EncodedString())"},"value":{"denom":"umesh","amount":"1000000"}}],"memo":"",
            "timeout_height":"0","extension_options":[],"non_critical_extension_options":[]},
            "auth_info":{"signer_infos":[],"fee":{"amount":[],"gas_limit":"0","payer":"","granter":""}},"signatures":[]}]},
            """
    }

    /// A signed transfer from one account to the next but some.
    func transfer(from sender: Int, to recipient: Int, sequence: UInt64) throws -> [UInt8] {
        var builder = TransactionBuilder(chainID: "bench-1", addresses: prefixes)
        let message = BankMessage.with {
            $0.send.toAddress = text(recipient)
            $0.send.amount = [
                .with {
                    $0.denom = "umesh"
                    $0.amount = "7"
                }
            ]
        }
        try builder.add(message, to: "bank", from: accounts[sender].address)
        return try builder.signed(by: [.single(accounts[sender].key, sequence: sequence)])
    }

    /// Blocks of transfers: each account sends in turn, to accounts all over.
    func blocks(_ count: Int, of size: Int) throws -> [[[UInt8]]] {
        try (0..<count).map { block in
            try (0..<size).map { index in
                let place = block * size + index
                let sender = place % accounts.count
                let recipient = (sender &* 7_919 + 104_729 + place) % accounts.count
                return try transfer(from: sender, to: recipient, sequence: UInt64(place / accounts.count))
            }
        }
    }
}
