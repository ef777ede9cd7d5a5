import Bank
import BankEvents
import Crypto
import Foundation
import MeshHost
import ModuleKit
import NativeStaking
import Storage

/// A small chain for the fault campaign: a bank, some accounts, and blocks of transfers. The same bytes every time.
struct SampleChain {
    /// An account with a key made from its name.
    struct Account {
        let key: Curve25519.Signing.PrivateKey
        let address: Address
        let text: String

        init(_ name: String) throws {
            key = try Curve25519.Signing.PrivateKey(rawRepresentation: Data(SHA256.hash(data: Data(name.utf8))))
            address = try Address(ed25519PublicKey: Array(key.publicKey.rawRepresentation))
            text = try AddressPrefixes(account: SampleChain.prefix).format(address, as: .account)
        }
    }

    static let prefix = "mesh"
    static let denom = "umesh"

    /// The modules of the chain.
    static func registry() throws -> ModuleRegistry {
        try ModuleRegistry(Bank(), NativeStaking())
    }

    let host: ChainHost
    let accounts: [Account]
    private var sequences: [UInt64]

    /// Makes the chain in a new home.
    init(at home: String, accountCount: Int = 8, options: HostOptions = HostOptions()) throws {
        accounts = try (0..<accountCount).map { try Account("account \($0)") }
        sequences = accounts.map { _ in 0 }
        let genesis = Array(Self.genesis(accounts).utf8)
        host = try ChainHost.create(at: home, genesis: genesis, registry: Self.registry(), options: options).host
    }

    /// Executes and commits a block of transfers, one second after the last; every fifth of them fails.
    mutating func block(transferCount: Int) throws {
        let height = host.lastHeader.height + 1
        var transactions: [[UInt8]] = []
        for index in 0..<transferCount {
            let sender = (Int(height) + index) % accounts.count
            let amount = index % 5 == 4 ? "1000000000000" : "\(index + 1)"
            transactions.append(try transfer(amount, from: sender, to: (sender + 1) % accounts.count))
            sequences[sender] += 1
        }
        let time = Timestamp(nanoseconds: host.lastHeader.timeNanoseconds + 1_000_000_000)
        _ = try host.finalizeBlock(ProposedBlock(height: height, time: time, transactions: transactions))
        try host.commit()
    }

    /// Closes the chain's store.
    func close() throws {
        try host.store.close()
    }

    private func transfer(_ amount: String, from sender: Int, to recipient: Int) throws -> [UInt8] {
        let message = BankMessage.with {
            $0.send.toAddress = accounts[recipient].text
            $0.send.amount = [
                .with {
                    $0.denom = Self.denom
                    $0.amount = amount
                }
            ]
        }
        var builder = TransactionBuilder(chainID: host.chainID, addresses: host.addresses)
        try builder.add(message, to: "bank", from: accounts[sender].address)
        return try builder.signed(by: [.single(accounts[sender].key, sequence: sequences[sender])])
    }

    private static func genesis(_ accounts: [Account]) -> String {
        let listed = accounts.enumerated().map { index, account in
            """
            {"@type":"/cosmos.auth.v1beta1.BaseAccount","address":"\(account.text)","pub_key":null,\
            "account_number":"\(index)","sequence":"0"}
            """
        }
        let balances = accounts.map { account in
            #"{"address":"\#(account.text)","coins":[{"denom":"\#(denom)","amount":"1000000"}]}"#
        }
        return """
            {"chain_id":"mesh-sample-1","genesis_time":"2026-01-01T00:00:00Z","app_state":{
            "auth":{"params":{},"accounts":[\(listed.joined(separator: ","))]},
            "bank":{"params":{"send_enabled":[],"default_send_enabled":true},
            "balances":[\(balances.joined(separator: ","))],"supply":[],"denom_metadata":[]}}}
            """
    }
}
